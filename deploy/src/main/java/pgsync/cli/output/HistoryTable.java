package pgsync.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.sql.Quoted;

/** Writes lines of the log as a table for people, or as JSON. */
public final class HistoryTable {
    private static final List<String> HEADS =
            List.of("START", "TABLE", "MODE", "STATUS", "UPSERTED", "DELETED", "TOOK");

    private final PrintStream out;

    public HistoryTable(PrintStream out) {
        this.out = out;
    }

    public record Counts(long upserted, long deleted, long unchanged, long bytes) {}

    public record Row(
            String runId,
            String schema,
            String table,
            String mode,
            String startTime,
            @Nullable String endTime,
            @Nullable Duration took,
            String status,
            Counts counts,
            @Nullable String watermarkFrom,
            @Nullable String watermarkTo,
            @Nullable String error) {}

    /** A table in columns; an error stands on a line of its own below its row. */
    public void text(List<Row> rows) {
        if (rows.isEmpty()) {
            out.println("No line of the log fits.");
            return;
        }
        var lines = new Columns(HEADS, 4)
                .lines(rows.stream().map(HistoryTable::cells).toList());
        out.println(lines.getFirst());
        for (int i = 0; i < rows.size(); i++) {
            out.println(lines.get(i + 1));
            var error = rows.get(i).error();
            if (error != null) {
                out.println("    " + Words.line(error));
            }
        }
    }

    private static List<String> cells(Row r) {
        return List.of(
                Words.watermark(r.startTime()),
                Quoted.printable(r.schema()) + "." + Quoted.printable(r.table()),
                Words.line(r.mode()),
                Words.line(r.status()),
                Words.number(r.counts().upserted()),
                Words.number(r.counts().deleted()),
                r.took() == null ? "-" : Words.took(r.took()));
    }

    /** The columns of {@code pgsync.sync_log} under their own names. */
    public void json(Row r) {
        out.println(new JsonLine()
                .text("run_id", r.runId())
                .text("schema_name", r.schema())
                .text("table_name", r.table())
                .text("mode", r.mode())
                .text("start_time", r.startTime())
                .text("end_time", r.endTime())
                .text("status", r.status())
                .number("rows_upserted", r.counts().upserted())
                .number("rows_deleted", r.counts().deleted())
                .number("rows_unchanged", r.counts().unchanged())
                .number("bytes", r.counts().bytes())
                .text("watermark_from", r.watermarkFrom())
                .text("watermark_to", r.watermarkTo())
                .text("error", r.error())
                .end());
    }
}
