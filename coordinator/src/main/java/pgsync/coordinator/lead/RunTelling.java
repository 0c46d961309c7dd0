package pgsync.coordinator.lead;

import org.jspecify.annotations.Nullable;
import pgsync.event.RunEvents;
import pgsync.task.RunId;
import pgsync.task.RunReport;

/** Who tells people and scripts what the runs of this coordinator do. Called from many threads at once. */
public interface RunTelling {
    /** Listens to one run that this coordinator begins or takes over. */
    RunEvents of(RunId run);

    void ended(RunId run, RunReport report);

    /** Says why a run broke off, and how that is called in {@code pgsync.run}. */
    Cause brokeOff(RunId run, RuntimeException cause);

    /** Why a run ended before its tables were published. */
    record Cause(int exitCode, String message, @Nullable String remedy) {}
}
