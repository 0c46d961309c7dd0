package pgsync.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How nodes find each other.
 *
 * @param members {@code host:port} or {@code host} of nodes to join; empty for none
 * @param serviceDns headless service whose addresses are the members, instead of {@code members}
 * @param secret what every node of the cluster must have, null when nodes are not asked for it
 * @param coordinatorWorks a coordinator takes tasks too, beside leading
 */
public record ClusterConfig(
        String name,
        String bind,
        int port,
        List<String> members,
        @Nullable String serviceDns,
        @Nullable Secret secret,
        boolean coordinatorWorks) {
    public static final ClusterConfig DEFAULT =
            new ClusterConfig("pgsync", "127.0.0.1", 5701, List.of(), null, null, true);

    public ClusterConfig {
        members = List.copyOf(members);
        if (name.isEmpty()) {
            throw new InvalidConfig("cluster.name", "empty", "letters, digits, dot, dash and underscore, up to 64");
        }
        if (port < 1 || port > 65_535) {
            throw new InvalidConfig("cluster.port", port, "1 to 65,535");
        }
        if (!members.isEmpty() && serviceDns != null) {
            throw new InvalidConfig(
                    "cluster.members and cluster.kubernetes.serviceDns are both set; allowed: one of them");
        }
    }

    /** These settings with {@code member} among those to join; a service that says who they are has it already. */
    public ClusterConfig withMember(String member) {
        if (serviceDns != null || members.contains(member)) {
            return this;
        }
        var more = new ArrayList<>(members);
        more.add(member);
        return new ClusterConfig(name, bind, port, more, null, secret, coordinatorWorks);
    }
}
