package pgsync.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pgsync.config.ClusterConfig;
import pgsync.config.Secret;
import pgsync.task.NodeId;
import pgsync.time.Pause;

/** Real members on loopback, all of them gone at the end. Used by one thread. */
final class Cluster implements AutoCloseable {
    static final Duration A_MOMENT = Duration.ofMillis(1);

    private final List<ClusterMember> members = new ArrayList<>();
    private final String name = "test-" + UUID.randomUUID();
    final List<Integer> ports;

    Cluster(int ports) {
        this.ports = freePorts(ports);
    }

    /** The {@code n}-th node, which knows the ports of all. */
    ClusterConfig config(int n, @Nullable String secret) {
        return new ClusterConfig(
                name,
                "127.0.0.1",
                ports.get(n),
                ports.stream().map(port -> "127.0.0.1:" + port).toList(),
                null,
                secret == null ? null : new Secret(secret),
                true);
    }

    ClusterMember coordinator(int n) {
        return join(config(n, null), introduction("c" + n, Role.COORDINATOR));
    }

    ClusterMember worker(int n) {
        return join(config(n, null), introduction("w" + n, Role.WORKER));
    }

    ClusterMember join(ClusterConfig config, Introduction me) {
        var member = ClusterMember.join(config, me, A_MOMENT, Pause.real());
        members.add(member);
        return member;
    }

    static Introduction introduction(String name, Role role) {
        return new Introduction(new NodeId(UUID.randomUUID()), name, role, "0.1.0", "http://127.0.0.1:1/" + name);
    }

    static List<Integer> freePorts(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (var socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        members.reversed().forEach(ClusterMember::terminate);
    }
}
