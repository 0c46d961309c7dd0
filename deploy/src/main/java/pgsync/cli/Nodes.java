package pgsync.cli;

import pgsync.config.Settings;
import pgsync.coordinator.lead.RunTelling;
import pgsync.event.RunEvents;
import pgsync.task.RunReport;

/** Processes that stay: coordinators and workers of a cluster. */
public interface Nodes {
    /**
     * Leads or stands by until the calling (virtual) thread is interrupted, then leaves in good order.
     *
     * @throws pgsync.error.ClusterUnreachable when the cluster cannot be joined; one that is lost later is joined again
     */
    void coordinate(Settings settings, RunTelling telling, RunEvents events);

    /** Joins as a coordinator, runs one synchronization with whoever is there, and leaves. Throws what {@link Engine#sync} does. */
    RunReport coordinateOnce(Settings settings, RunEvents events);

    /** Takes tasks until the calling (virtual) thread is interrupted, then drains. Throws as {@link #coordinate} does. */
    void work(Settings settings, RunEvents events);
}
