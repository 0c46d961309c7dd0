package pgsync.task;

import java.util.UUID;

/** Names one process for as long as it lives; a restarted process takes a new one. Our own, since Hazelcast's changes after a merge. */
public record NodeId(UUID value) {
    /** As it stands in {@code application_name} of every connection of the node, by which a stale owner's backends are found. */
    public String applicationName() {
        return "pgsync " + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
