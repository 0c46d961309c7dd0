package pgsync.cli.output;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pgsync.event.RunEvent;
import pgsync.task.RunReport;
import pgsync.task.TableDifferences;
import pgsync.task.TableName;
import pgsync.task.TableReport;

/** One JSON object a line on standard output, the summary last whatever happens. Guarded by itself. */
final class JsonOutput implements RunOutput {
    private final PrintStream out;
    private final PrintStream err;
    private final @Nullable ProgressBar bar;
    private final InstantSource clock;
    private final boolean verbose;
    private final Map<TableName, RunEvent.Progress> inWork = new HashMap<>();

    JsonOutput(Streams streams, @Nullable ProgressBar bar, InstantSource clock, boolean verbose) {
        this.out = streams.out();
        this.err = streams.err();
        this.bar = bar;
        this.clock = clock;
        this.verbose = verbose;
    }

    @Override
    public synchronized void on(RunEvent event) {
        switch (event) {
            case RunEvent.Planned e ->
                print(event("planned")
                        .text("run", e.run().toString())
                        .number("tables", e.tables())
                        .number("tasks", e.tasks())
                        .number("rowsEstimated", e.rowsEstimated()));
            case RunEvent.TableStarted e ->
                print(named(event("tableStarted"), e.table()).text("mode", e.mode()));
            case RunEvent.Progress e -> {
                var soFar = inWork.merge(e.table(), e, RunEvent.Progress::plus);
                print(named(event("progress"), e.table())
                        .number("rows", soFar.rows())
                        .number("bytes", soFar.bytes()));
            }
            case RunEvent.TableEnded e -> {
                inWork.remove(e.report().table());
                print(table(e.report()));
            }
            case RunEvent.Warning e -> {
                var line = event("warning");
                print((e.table() == null ? line : named(line, e.table()))
                        .text("message", e.message())
                        .text("remedy", e.remedy()));
            }
            case RunEvent.LeftOutOfRun e ->
                e.leftOut()
                        .forEach(left -> print(named(event("leftOut"), left.name())
                                .text("kind", Telling.word(left.kind()))
                                .text("reason", left.reason())));
            case RunEvent.Detail e -> {
                if (verbose) {
                    print(event("detail").text("text", e.text()));
                }
            }
            case RunEvent.Requeued e ->
                print(event("requeued")
                        .text("run", e.run().toString())
                        .text("from", e.from().toString()));
            case RunEvent.Listening e ->
                print(event("listening")
                        .text("node", e.node())
                        .text("role", e.role())
                        .text("cluster", e.cluster())
                        .text("http", e.http()));
            case RunEvent.Ended e -> {}
        }
        if (bar != null) {
            bar.on(event);
        }
    }

    private JsonLine event(String name) {
        return new JsonLine().text("event", name).text("time", clock.instant().toString());
    }

    private static JsonLine named(JsonLine line, TableName table) {
        return line.text("schema", table.schema()).text("table", table.table());
    }

    private JsonLine table(TableReport t) {
        var line = named(event("table"), t.table())
                .text("mode", t.mode())
                .text("status", Telling.word(t.status()))
                .number("rowsUpserted", t.rowsUpserted())
                .number("rowsDeleted", t.rowsDeleted())
                .number("rowsUnchanged", t.rowsUnchanged())
                .number("bytes", t.bytes())
                .text("watermarkFrom", t.watermarkFrom())
                .text("watermarkTo", t.watermarkTo())
                .text("error", t.error())
                .text("remedy", t.remedy())
                .number("millis", t.took().toMillis());
        var found = t.differences();
        if (found != null) {
            line.object("differences", d -> differences(d, found));
        }
        return line;
    }

    private static void differences(JsonLine line, TableDifferences d) {
        line.number("sourceRows", d.sourceRows())
                .number("targetRows", d.targetRows())
                .number("different", d.different())
                .number("missing", d.missing())
                .number("extra", d.extra())
                .number("newer", d.newer())
                .objects(
                        "examples",
                        d.examples(),
                        (one, example) -> one.text("kind", example.kind().name().toLowerCase(Locale.ROOT))
                                .text("key", example.key())
                                .text(
                                        "columns",
                                        example.columns().isEmpty() ? null : String.join(",", example.columns())));
    }

    @Override
    public synchronized void finish(RunReport report, int exitCode) {
        close();
        var t = Totals.of(report);
        var summary = event("summary")
                .text("run", report.run().toString())
                .number("exitCode", exitCode)
                .flag("dryRun", report.dryRun())
                .object(
                        "tables",
                        tables -> tables.number("done", t.done())
                                .number("failed", t.failed())
                                .number("guard", t.guarded())
                                .number("cancelled", t.cancelled())
                                .number("skipped", t.skipped()))
                .number("rowsUpserted", t.upserted())
                .number("rowsDeleted", t.deleted())
                .number("rowsUnchanged", t.unchanged())
                .number("bytes", t.bytes())
                .number("millis", report.took().toMillis());
        if (t.verified() > 0) {
            summary.number("rowsCompared", t.compared()).number("differences", t.differences());
        }
        print(summary);
    }

    @Override
    public synchronized void fail(String message, @Nullable String remedy, int exitCode) {
        close();
        // Who watches standard error sees it too: the JSON may go into a file.
        RunOutput.tell(err, message, remedy);
        print(event("summary")
                .number("exitCode", exitCode)
                .object("error", e -> e.text("message", message).text("remedy", remedy)));
    }

    private void print(JsonLine line) {
        // One call, so that no other writer comes between a line and its end.
        out.print(line.end() + "\n");
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.erase();
        }
        err.flush();
    }
}
