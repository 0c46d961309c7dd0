package pgsync.cli.output;

import java.io.PrintStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import pgsync.config.Settings;
import pgsync.event.RunEvents;
import pgsync.task.RunReport;

/** Tells one run while it happens, and how it ended. Safe from many threads. */
public interface RunOutput extends RunEvents, AutoCloseable {
    /** The run ended and has its report: results go to standard output, as the last thing there. */
    void finish(RunReport report, int exitCode);

    /** The run ended without a report. The message may have several lines. */
    void fail(String message, @Nullable String remedy, int exitCode);

    /** Leaves the screen in order; what was not finished stays untold. */
    @Override
    void close();

    /** How an error that ended a command stands on standard error, with or without a run. */
    static void tell(PrintStream err, String message, @Nullable String remedy) {
        message.lines().forEach(line -> err.println("pgsync: " + line));
        if (remedy != null) {
            err.println("        " + remedy);
        }
    }

    /** JSON lines when asked for; a bar where standard error is a screen that can draw one; plain lines otherwise. */
    static RunOutput choose(Streams streams, InstantSource clock, Settings settings) {
        var look = TerminalLook.of(streams.errIsTerminal(), streams.environment());
        var bar = look == null ? null : new ProgressBar(streams.err(), look, clock);
        return settings.output().json()
                ? new JsonOutput(streams, bar, clock, settings.output().verbose())
                : new PlainOutput(streams, bar, clock, settings);
    }
}
