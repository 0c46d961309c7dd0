package pgsync.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One coordinator and two workers on this machine, each a process of its own. */
final class ThreeNodes implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<Integer> ports;

    private ThreeNodes(Map<String, String> databases) {
        this.ports = freePorts(3);
        try {
            nodes.add(NodeProcess.start("coordinator", "coordinator", settings(databases, 0)));
            nodes.add(NodeProcess.start("worker 1", "worker", settings(databases, 1)));
            nodes.add(NodeProcess.start("worker 2", "worker", settings(databases, 2)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Returns at once; they come up while others use the databases. */
    static ThreeNodes start(TwoServers servers) {
        return new ThreeNodes(Map.of(
                "PGSYNC_SOURCE", servers.source().url(TwoServers.DATABASE),
                "PGSYNC_TARGET", servers.target().url(TwoServers.DATABASE)));
    }

    private Map<String, String> settings(Map<String, String> databases, int n) {
        var settings = new HashMap<>(databases);
        settings.put("PGSYNC_CLUSTER_NAME", "demo-" + ProcessHandle.current().pid());
        settings.put("PGSYNC_CLUSTER_BIND", LOOPBACK);
        settings.put("PGSYNC_CLUSTER_PORT", "" + ports.get(n));
        settings.put("PGSYNC_CLUSTER_MEMBERS", LOOPBACK + ":" + ports.getFirst());
        settings.put("PGSYNC_HTTP_PORT", "0");
        settings.put("PGSYNC_PARALLEL", "2");
        return settings;
    }

    /** The coordinator's HTTP server, as soon as all three have found each other. */
    URI status() {
        return nodes.stream().map(NodeProcess::awaitListening).toList().getFirst();
    }

    NodeProcess victim() {
        return nodes.getLast();
    }

    /** As {@code pgsync.node.address} has it. */
    String addressOfVictim() {
        return LOOPBACK + ":" + ports.getLast();
    }

    private static List<Integer> freePorts(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (var socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + LOOPBACK, e);
        }
    }

    /** Asks all to leave at once, then waits for each. */
    @Override
    public void close() {
        nodes.forEach(NodeProcess::terminate);
        nodes.reversed().forEach(NodeProcess::close);
    }
}
