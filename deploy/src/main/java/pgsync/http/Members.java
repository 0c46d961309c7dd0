package pgsync.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pgsync.cluster.ClusterNode;
import pgsync.status.NodeStatus;
import pgsync.task.NodeId;

/**
 * Puts together what this node sees of the cluster and what nodes wrote in the target. A member is there as long as one of both
 * shows it: a new one is seen by the cluster before its first heartbeat, one that is cut off from us still writes to the target,
 * and a dead one leaves both within ten seconds.
 */
final class Members {
    private Members() {}

    /** {@code GET /api/v1/cluster}. */
    record Cluster(String name, NodeId node, @Nullable NodeId coordinator, List<Member> members) {}

    /**
     * One node. What only its row in the target says is null until there is one.
     *
     * @param alive false when its heartbeat is older than the lease
     * @param seen the node that answers sees it in the cluster, and not only its row in the target
     */
    record Member(
            NodeId id,
            String name,
            String role,
            @Nullable String address,
            @Nullable String http,
            String version,
            @Nullable Long heartbeatAgeMs,
            @Nullable Integer tasks,
            @Nullable Integer slots,
            @Nullable String note,
            boolean alive,
            boolean seen) {
        /** The same without what changes from second to second while nothing happens. */
        Member withoutAge() {
            return new Member(id, name, role, address, http, version, null, tasks, slots, note, alive, seen);
        }
    }

    static Cluster of(NodeView view, List<NodeStatus> rows) {
        Map<NodeId, NodeStatus> byId = new LinkedHashMap<>();
        rows.forEach(row -> byId.put(row.id(), row));
        var members = new ArrayList<Member>();
        for (var seen : view.members()) {
            members.add(member(seen, byId.remove(seen.node().id())));
        }
        byId.values().stream().filter(NodeStatus::alive).map(Members::member).forEach(members::add);
        return new Cluster(view.cluster(), view.me(), view.coordinator().orElse(null), members);
    }

    private static Member member(ClusterNode seen, @Nullable NodeStatus row) {
        var node = seen.node();
        var role = node.role().name().toLowerCase(Locale.ROOT);
        var http = node.http().isEmpty() ? null : node.http();
        if (row == null) {
            return new Member(
                    node.id(),
                    node.name(),
                    role,
                    seen.address(),
                    http,
                    node.version(),
                    null,
                    null,
                    null,
                    null,
                    true,
                    true);
        }
        return new Member(
                node.id(),
                node.name(),
                role,
                seen.address(),
                http,
                node.version(),
                row.heartbeatAgeMs(),
                row.tasks(),
                row.slots(),
                row.note(),
                row.alive(),
                true);
    }

    private static Member member(NodeStatus row) {
        return new Member(
                row.id(),
                row.name(),
                row.role(),
                row.address(),
                row.http(),
                row.version(),
                row.heartbeatAgeMs(),
                row.tasks(),
                row.slots(),
                row.note(),
                row.alive(),
                false);
    }
}
