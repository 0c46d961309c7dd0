package pgsync.status;

import org.jspecify.annotations.Nullable;
import pgsync.task.NodeId;

/**
 * A process of the cluster by its row in the target.
 *
 * @param address {@code host:port} for the other members, null when it told none
 * @param http address of its status pages, null when it has none
 * @param heartbeatAgeMs by the target's clock
 * @param tasks how many it works on now
 * @param note why it does no work, null while it does
 * @param alive its heartbeat is fresh
 */
public record NodeStatus(
        NodeId id,
        String name,
        String role,
        @Nullable String address,
        @Nullable String http,
        String version,
        long heartbeatAgeMs,
        int tasks,
        int slots,
        @Nullable String note,
        boolean alive) {}
