package pgsync.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pgsync.event.RunEvent;
import pgsync.task.TableName;

/** Draws the state of a run over itself at the lower end of a terminal. One thread at a time: its owner sees to that. */
final class ProgressBar {
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
    private static final int MOST_TABLES = 8;
    private static final int WIDEST_BAR = 30;

    private final PrintStream err;
    private final TerminalLook look;
    private final InstantSource clock;
    private final Map<TableName, RunEvent.Progress> inWork = new LinkedHashMap<>();
    private @Nullable Instant started;
    private Instant lastDrawn = Instant.EPOCH;
    private int tables;
    private int tablesEnded;
    private long rowsEstimated;
    private long rowsEnded;
    private int linesDrawn;

    ProgressBar(PrintStream err, TerminalLook look, InstantSource clock) {
        this.err = err;
        this.look = look;
        this.clock = clock;
    }

    void on(RunEvent event) {
        var now = clock.instant();
        switch (event) {
            case RunEvent.Planned e -> {
                started = now;
                tables = e.tables();
                rowsEstimated = e.rowsEstimated();
            }
            case RunEvent.TableStarted e -> inWork.putIfAbsent(e.table(), new RunEvent.Progress(e.table(), 0, 0));
            case RunEvent.Progress e -> inWork.merge(e.table(), e, RunEvent.Progress::plus);
            case RunEvent.TableEnded e -> {
                var seen = inWork.remove(e.report().table());
                rowsEnded += Math.max(
                        seen == null ? 0 : seen.rows(),
                        e.report().rowsUpserted() + e.report().rowsUnchanged());
                tablesEnded++;
            }
            case RunEvent.Warning e -> {}
            case RunEvent.LeftOutOfRun e -> {}
            case RunEvent.Detail e -> {}
            case RunEvent.Requeued e -> {}
            case RunEvent.Listening e -> {}
            case RunEvent.Ended e -> {
                erase();
                started = null;
            }
        }
        // After another line was written the bar is gone and comes back at once; otherwise ten times a second is enough
        // for eyes.
        if (started != null && (linesDrawn == 0 || !now.isBefore(lastDrawn.plus(BETWEEN_DRAWINGS)))) {
            draw(now, started);
        }
    }

    /** Takes the bar off the screen, so that a line can be written where it was. */
    void erase() {
        if (linesDrawn > 0) {
            err.print(up() + "\u001b[J");
            err.flush();
            linesDrawn = 0;
        }
    }

    private String up() {
        return linesDrawn == 0 ? "" : "\r\u001b[" + linesDrawn + "A";
    }

    private void draw(Instant now, Instant since) {
        var lines = new ArrayList<String>();
        lines.add(overall(Duration.between(since, now)));
        tableLines(lines);
        var text = new StringBuilder(up()).append("\u001b[J");
        lines.forEach(line -> text.append(line).append('\n'));
        err.print(text);
        err.flush();
        linesDrawn = lines.size();
        lastDrawn = now;
    }

    private String overall(Duration elapsed) {
        var rows = rowsEnded
                + inWork.values().stream().mapToLong(RunEvent.Progress::rows).sum();
        var perSecond = elapsed.toMillis() < 500 ? 0 : rows * 1000 / elapsed.toMillis();
        var percent = percent(rows);
        var left = percent < 100 && perSecond > 0 && rowsEstimated > rows
                ? ", ETA " + Words.took(Duration.ofSeconds(Math.ceilDiv(rowsEstimated - rows, perSecond)))
                : "";
        var facts = "%3d%% %s".formatted(percent, Words.count(rows, "row"));
        var rate = perSecond == 0 ? "" : ", " + Words.number(perSecond) + " rows/s" + left;
        // What does not fit goes in the order of its worth: the bar, then rate and ETA.
        var room = look.columns() - 1 - TerminalText.width(facts) - TerminalText.width(rate) - 3;
        if (room >= 10) {
            return bar(Math.min(room, WIDEST_BAR), percent) + " " + facts + rate;
        }
        return TerminalText.cut(facts + rate, look.columns() - 1);
    }

    // Estimates are estimates: only a run whose tables have all ended stands at 100.
    private int percent(long rows) {
        if (tablesEnded >= tables) {
            return 100;
        }
        var share = rowsEstimated > 0 ? rows * 100.0 / rowsEstimated : tablesEnded * 100.0 / tables;
        return (int) Math.min(99, share);
    }

    private String bar(int width, int percent) {
        var full = width * percent / 100;
        var filled = "#".repeat(full);
        return "[" + (look.colors() ? "\u001b[32m" + filled + "\u001b[0m" : filled) + "-".repeat(width - full) + "]";
    }

    private void tableLines(List<String> lines) {
        int shown = 0;
        for (var entry : inWork.entrySet()) {
            if (shown == MOST_TABLES) {
                lines.add(TerminalText.cut(
                        "  and " + Words.count(inWork.size() - shown, "more table"), look.columns() - 1));
                return;
            }
            lines.add(TerminalText.cut(
                    "  " + entry.getKey().display() + "  "
                            + Words.count(entry.getValue().rows(), "row"),
                    look.columns() - 1));
            shown++;
        }
    }
}
