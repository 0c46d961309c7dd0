package pgsync.testground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A bad network in front of one PostgreSQL: what connects here arrives there, later, in part, or not at all. It reads along in
 * unencrypted connections, so that one can be cut in the middle of a COPY. Safe from any thread; {@link #close} cuts what is open.
 */
public final class FaultProxy implements AutoCloseable {
    /** Which way bytes go. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    /** How a connection ends: as by a process that says good-bye, or as by one that is gone. */
    public enum Cut {
        CLOSE,
        RESET
    }

    private final InetAddress bind;
    private final int port;
    private final InetSocketAddress server;
    private final List<ProxiedConnection> open = new CopyOnWriteArrayList<>();
    private final Faults faults = new Faults();
    private final AtomicLong accepted = new AtomicLong();
    private @Nullable Listener listener;

    private record Listener(ServerSocket socket, Thread thread) {}

    private FaultProxy(InetAddress bind, int port, InetSocketAddress server) {
        this.bind = bind;
        this.port = port;
        this.server = server;
    }

    /** On a free port of 127.0.0.1. */
    public static FaultProxy to(TestServer server) {
        return start("127.0.0.1", server.host(), server.port());
    }

    /** On a free port of an address of this machine, for example that of a bridge which namespaces reach. */
    public static FaultProxy start(String bind, String host, int port) {
        try {
            var proxy = new FaultProxy(InetAddress.getByName(bind), FreePort.find(), new InetSocketAddress(host, port));
            proxy.accept();
            return proxy;
        } catch (IOException e) {
            throw new GroundFailed("cannot start a proxy on " + bind, e);
        }
    }

    public String host() {
        return bind.getHostAddress();
    }

    public int port() {
        return port;
    }

    /** {@code postgres://postgres:secret@host:port/database?sslmode=disable}. */
    public String url(String database) {
        return "postgres://%s:%s@%s:%d/%s?sslmode=disable"
                .formatted(TestServer.USER, TestServer.PASSWORD, host(), port, database);
    }

    /** Bytes arrive so much later each way, and as many a second as before: a round trip takes twice this. */
    public FaultProxy delay(Duration eachWay) {
        return delay(Direction.TO_SERVER, eachWay).delay(Direction.TO_CLIENT, eachWay);
    }

    public FaultProxy delay(Direction direction, Duration later) {
        faults.delay(direction, later);
        return this;
    }

    /** Holds all bytes back, as a network that loses every packet; connections stay open and nothing is lost for good. */
    public void stall() {
        faults.stall();
    }

    /** Lets go what was held back. */
    public void resume() {
        faults.resume();
    }

    /** New connections are refused as by a machine on which nothing listens; those that are open stay. */
    public synchronized void refuse() {
        var listening = listener;
        listener = null;
        if (listening == null) {
            return;
        }
        closeQuietly(listening.socket());
        try {
            // Until that thread has noticed, the system goes on taking connections.
            listening.thread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** New connections are taken again, on the same port. */
    public synchronized void accept() {
        if (listener != null) {
            return;
        }
        try {
            // A channel, because the accepting thread is a virtual one and must not hold its carrier.
            var channel = ServerSocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true);
            var socket = channel.socket();
            socket.bind(new InetSocketAddress(bind, port), 200);
            listener = new Listener(
                    socket, Thread.ofVirtual().name("proxy-" + port).start(() -> acceptUntilClosed(socket)));
        } catch (IOException e) {
            throw new GroundFailed("cannot listen on " + host() + ":" + port, e);
        }
    }

    /** Cuts every open connection; returns how many. */
    public int cutAll(Cut how) {
        var cut = 0;
        for (var connection : open) {
            cut += connection.cut(how) ? 1 : 0;
        }
        return cut;
    }

    /** Cuts one that chance chooses; false when none is open. */
    public boolean cutOne(Cut how, RandomGenerator chance) {
        var candidates = List.copyOf(open);
        return !candidates.isEmpty()
                && candidates.get(chance.nextInt(candidates.size())).cut(how);
    }

    /**
     * The connection that carries the n-th byte from now in that direction, counted over all connections, is cut before that byte.
     */
    public void cutAfter(Direction direction, long bytes, Cut how) {
        faults.cutAfter(direction, bytes, how);
    }

    /**
     * The next so many connections that carry a COPY are cut while it is in flight: after {@code rowsBytes} bytes of its rows at the
     * earliest, before its end was passed on. Each COPY counts its own bytes. Replaces what was asked before.
     */
    public void cutCopies(int connections, long rowsBytes, Cut how) {
        faults.cutCopies(connections, rowsBytes, how);
    }

    /** How many connections were cut in the middle of a COPY so far. */
    public long copiesCut() {
        return faults.copiesCut();
    }

    /** How many connections have a COPY in flight now, in either direction. */
    public long copying() {
        return open.stream().filter(ProxiedConnection::isCopying).count();
    }

    /** How many connections are open now. */
    public int connections() {
        return open.size();
    }

    /** How many connections were taken in all. */
    public long accepted() {
        return accepted.get();
    }

    /** How many bytes were passed on in all. */
    public long bytes(Direction direction) {
        return faults.bytes(direction);
    }

    private void acceptUntilClosed(ServerSocket socket) {
        try {
            while (true) {
                var client = socket.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException closed) {
            // By refuse or close; anything else shows when the next connection is not taken.
            return;
        }
    }

    private void connect(Socket client) {
        var upstream = new Socket();
        try {
            upstream.connect(server, 10_000);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
        } catch (IOException noServer) {
            ProxiedConnection.close(upstream, Cut.RESET);
            ProxiedConnection.close(client, Cut.RESET);
            return;
        }
        var connection = new ProxiedConnection(client, upstream, faults);
        open.add(connection);
        try {
            connection.relayUntilClosed();
        } finally {
            open.remove(connection);
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It takes no connections any more, and that is all that was asked.
            return;
        }
    }

    @Override
    public void close() {
        refuse();
        faults.resume();
        var unused = cutAll(Cut.CLOSE);
    }

    @Override
    public String toString() {
        return "proxy %s:%d to %s".formatted(host(), port, server);
    }
}
