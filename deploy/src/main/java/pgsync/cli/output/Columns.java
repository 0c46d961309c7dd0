package pgsync.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Lays rows of cells out under each other, each column as wide as its widest cell. */
final class Columns {
    private final List<String> heads;
    private final int numbersFrom;

    /** @param numbersFrom the columns from this one on hold numbers, which stand at the right */
    Columns(List<String> heads, int numbersFrom) {
        this.heads = List.copyOf(heads);
        this.numbersFrom = numbersFrom;
    }

    /** The head, then one line for each row. */
    List<String> lines(List<List<String>> rows) {
        var all = new ArrayList<List<String>>();
        all.add(heads);
        all.addAll(rows);
        var widths = new int[heads.size()];
        for (var row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> cells, int[] widths) {
        var text = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            var room = " ".repeat(widths[i] - TerminalText.width(cells.get(i)));
            text.append(i >= numbersFrom ? room + cells.get(i) : cells.get(i) + room)
                    .append("  ");
        }
        return text.toString().stripTrailing();
    }
}
