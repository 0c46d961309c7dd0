package pgsync.cli;

import pgsync.config.Settings;
import pgsync.event.RunEvents;
import pgsync.task.RunReport;

/** Runs one synchronization. */
@FunctionalInterface
public interface Engine {
    /**
     * Waits until the run has ended; one failing table does not end it. An interrupt of the calling (virtual) thread asks the run to
     * stop: then tables that were not done are reported as cancelled, or {@link pgsync.error.Stopped} is thrown. Throws
     * {@link pgsync.error.StepFailed} when a server cannot be reached, {@link pgsync.error.Refused} and
     * {@link pgsync.error.RunHeld} before anything is written.
     */
    RunReport sync(Settings settings, RunEvents events);
}
