package pgsync.cli.output;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.config.Settings;
import pgsync.event.RunEvent;
import pgsync.table.LeftOut;
import pgsync.task.RunReport;

/** Lines for people: what happens on standard error, what came out of it on standard output. Guarded by itself. */
final class PlainOutput implements RunOutput {
    private final PrintStream out;
    private final PrintStream err;
    private final @Nullable ProgressBar bar;
    private final InstantSource clock;
    private final boolean verbose;
    private final boolean dryRun;
    private List<LeftOut> leftOut = List.of();

    PlainOutput(Streams streams, @Nullable ProgressBar bar, InstantSource clock, Settings settings) {
        this.out = streams.out();
        this.err = streams.err();
        this.bar = bar;
        this.clock = clock;
        this.verbose = settings.output().verbose();
        this.dryRun = settings.sync().dryRun();
    }

    @Override
    public synchronized void on(RunEvent event) {
        switch (event) {
            case RunEvent.Planned e -> {
                if (verbose) {
                    line("run %s: %s, %s, about %s"
                            .formatted(
                                    e.run(),
                                    Words.count(e.tables(), "table"),
                                    Words.count(e.tasks(), "task"),
                                    Words.count(e.rowsEstimated(), "row")));
                }
            }
            case RunEvent.TableStarted e -> {
                if (verbose) {
                    line(e.table().display() + " - started, " + Words.line(e.mode()));
                }
            }
            case RunEvent.Progress e -> {}
            case RunEvent.TableEnded e -> {
                var took = verbose
                        ? ", " + e.report().mode() + ", "
                                + Words.bytes(e.report().bytes()) + ", "
                                + Words.took(e.report().took())
                        : "";
                line(Telling.table(e.report(), dryRun) + took);
            }
            case RunEvent.Warning e -> {
                var table = e.table() == null ? "" : e.table().display() + " - ";
                line(table + "warning: " + Words.line(e.message()) + "; remedy: " + Words.line(e.remedy()));
            }
            case RunEvent.LeftOutOfRun e -> leftOut = e.leftOut();
            case RunEvent.Detail e -> {
                if (verbose) {
                    line(Words.line(e.text()));
                }
            }
            case RunEvent.Requeued e ->
                line("node %s says nothing any more: a task of it goes to another one".formatted(e.from()));
            case RunEvent.Listening e ->
                line("%s %s of cluster %s is ready, status at %s".formatted(e.role(), e.node(), e.cluster(), e.http()));
            case RunEvent.Ended e -> {}
        }
        if (bar != null) {
            bar.on(event);
        }
    }

    private void line(String text) {
        if (bar != null) {
            bar.erase();
        }
        err.println("[" + Words.stamp(clock.instant()) + "] " + text);
    }

    @Override
    public synchronized void finish(RunReport report, int exitCode) {
        close();
        Telling.summary(report).forEach(out::println);
        Telling.leftOut(leftOut, verbose).ifPresent(out::println);
        out.flush();
    }

    @Override
    public synchronized void fail(String message, @Nullable String remedy, int exitCode) {
        close();
        RunOutput.tell(err, message, remedy);
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.erase();
        }
        err.flush();
    }
}
