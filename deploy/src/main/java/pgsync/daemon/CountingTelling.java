package pgsync.daemon;

import pgsync.coordinator.lead.RunTelling;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.http.Meters;
import pgsync.task.RunId;
import pgsync.task.RunReport;

/** Tells what it is told, and counts what only a coordinator sees. */
record CountingTelling(RunTelling telling, Meters meters) implements RunTelling {
    @Override
    public RunEvents of(RunId run) {
        var listener = telling.of(run);
        return event -> {
            if (event instanceof RunEvent.Requeued) {
                meters.requeued(1);
            }
            listener.on(event);
        };
    }

    @Override
    public void ended(RunId run, RunReport report) {
        telling.ended(run, report);
    }

    @Override
    public Cause brokeOff(RunId run, RuntimeException cause) {
        return telling.brokeOff(run, cause);
    }
}
