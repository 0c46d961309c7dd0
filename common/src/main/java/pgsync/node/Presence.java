package pgsync.node;

import org.jspecify.annotations.Nullable;
import pgsync.task.NodeId;

/**
 * What a process tells of itself in {@code pgsync.node}.
 *
 * @param role {@code coordinator}, {@code worker}, or {@code local} for a process that works alone
 * @param address where the cluster reaches it, null when alone
 * @param cluster {@code cluster.name}, null when alone
 * @param slots tasks at a time; 0 for one that takes none
 * @param http where its status pages are, null for none
 * @param sourceIdentity {@link pgsync.table.ServerFacts#identity} of its source, null when it was not asked
 */
public record Presence(
        NodeId node,
        String name,
        String role,
        String version,
        @Nullable String address,
        @Nullable String cluster,
        int slots,
        @Nullable String http,
        @Nullable String sourceIdentity) {
    public static Presence local(NodeId node, String version) {
        return new Presence(node, "local", "local", version, null, null, 0, null, null);
    }
}
