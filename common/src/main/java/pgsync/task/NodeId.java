package pgsync.task;

import java.util.UUID;

/** Names one process for as long as it lives; a restarted process takes a new one. Our own, since Hazelcast's changes after a merge. */
public record NodeId(UUID value) {
    /**
     * With which {@code application_name} of every connection of the node begins, and by which a stale owner's backends are found. Behind
     * it stands what the connection string gives, and what poolers add: compare {@code left(application_name, 43)}.
     */
    public String applicationName() {
        return "pgsync " + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
