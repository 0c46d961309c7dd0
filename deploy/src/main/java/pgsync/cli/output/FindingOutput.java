package pgsync.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pgsync.coordinator.examine.Finding;
import pgsync.coordinator.examine.Finding.Level;

/** Findings as lines for people, the level first, or as one JSON object each with a summary at the end. One thread. */
public final class FindingOutput {
    private static final String BELOW = " ".repeat(13);

    private final PrintStream out;
    private final boolean json;

    public FindingOutput(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    public void tell(Finding finding) {
        var table = finding.table();
        if (json) {
            var line = new JsonLine()
                    .text("event", "finding")
                    .text("level", word(finding.level()))
                    .text("about", word(finding.about()));
            if (table != null) {
                line.text("schema", table.schema()).text("table", table.table());
            }
            out.println(line.text("message", finding.message())
                    .text("remedy", finding.remedy())
                    .end());
            return;
        }
        var about = table == null ? word(finding.about()) : table.display();
        out.printf(Locale.ROOT, "%-12s %s: %s%n", word(finding.level()), about, Words.line(finding.message()));
        if (finding.remedy() != null) {
            out.println(BELOW + Words.line(finding.remedy()));
        }
    }

    /** The last line: how many findings of each level there were, and what they come to. */
    public void finish(Map<Level, Integer> counts, int exitCode) {
        if (json) {
            out.println(new JsonLine()
                    .text("event", "summary")
                    .number("exitCode", exitCode)
                    .object("findings", object -> {
                        for (var level : Level.values()) {
                            object.number(word(level), counts.getOrDefault(level, 0));
                        }
                    })
                    .end());
            return;
        }
        out.println();
        out.println(verdict(counts));
    }

    private static String verdict(Map<Level, Integer> counts) {
        var others = new ArrayList<String>();
        counted(others, counts, Level.WARNING, "warning");
        counted(others, counts, Level.NOTE, "note");
        var beside = others.isEmpty() ? "." : " (" + String.join(", ", others) + ").";
        if (counts.containsKey(Level.UNREACHABLE)) {
            return "A run could not connect.";
        }
        if (counts.containsKey(Level.STOP)) {
            return "A run would get nowhere" + beside;
        }
        return counts.containsKey(Level.SKIP)
                ? "Ready, but %s would be skipped%s".formatted(Words.count(counts.get(Level.SKIP), "table"), beside)
                : "Ready" + beside;
    }

    private static void counted(List<String> words, Map<Level, Integer> counts, Level level, String one) {
        var count = counts.getOrDefault(level, 0);
        if (count > 0) {
            words.add(Words.count(count, one));
        }
    }

    /** The last line of JSON when the rest could not be looked at; people read it on standard error. */
    public void fail(String message, @Nullable String remedy, int exitCode) {
        if (json) {
            out.println(new JsonLine()
                    .text("event", "summary")
                    .number("exitCode", exitCode)
                    .object("error", e -> e.text("message", message).text("remedy", remedy))
                    .end());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
