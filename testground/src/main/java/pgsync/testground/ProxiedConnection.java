package pgsync.testground;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import pgsync.testground.FaultProxy.Cut;
import pgsync.testground.FaultProxy.Direction;

/**
 * One connection through a {@link FaultProxy}. Each direction has a thread that reads and stamps what it read, and one that writes it
 * when it is due: what is delayed is on its way meanwhile, so a delay costs no throughput.
 */
final class ProxiedConnection {
    private static final int CHUNK = 64 * 1024;
    /** What may be on its way in one direction; more than a fast connection carries in the longest delay of a test. */
    private static final int ON_THE_WAY = 32 * 1024 * 1024;

    private final Socket client;
    private final Socket server;
    private final Faults faults;
    private final WireReader wire = new WireReader();
    private final AtomicBoolean ended = new AtomicBoolean();

    ProxiedConnection(Socket client, Socket server, Faults faults) {
        this.client = client;
        this.server = server;
        this.faults = faults;
    }

    /** Returns when neither direction passes anything any more; both sockets are closed then. */
    void relayUntilClosed() {
        var back = Thread.ofVirtual().start(() -> relay(Direction.TO_CLIENT, server, client));
        relay(Direction.TO_SERVER, client, server);
        try {
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var unused = cut(Cut.CLOSE);
    }

    boolean isCopying() {
        return wire.isCopying();
    }

    /** False when it had ended before. */
    boolean cut(Cut how) {
        if (ended.getAndSet(true)) {
            return false;
        }
        close(server, how);
        close(client, how);
        return true;
    }

    static void close(Socket socket, Cut how) {
        try (socket) {
            if (how == Cut.RESET && !socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // Closed already.
            return;
        }
    }

    private static final class Chunk {
        final byte[] bytes;
        /** When it may be passed on. */
        final long dueNanos;

        /** Without bytes: the end. */
        Chunk(byte[] bytes, long dueNanos) {
            this.bytes = bytes;
            this.dueNanos = dueNanos;
        }
    }

    private void relay(Direction direction, Socket from, Socket to) {
        var onTheWay = new LinkedBlockingQueue<Chunk>();
        var room = new Semaphore(ON_THE_WAY);
        var writer = Thread.ofVirtual().start(() -> write(direction, onTheWay, room, to));
        try {
            read(direction, from, onTheWay, room);
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Direction direction, Socket from, LinkedBlockingQueue<Chunk> onTheWay, Semaphore room)
            throws InterruptedException {
        var buffer = new byte[CHUNK];
        try {
            var input = from.getInputStream();
            for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
                var bytes = new byte[n];
                System.arraycopy(buffer, 0, bytes, 0, n);
                room.acquire(n);
                onTheWay.add(new Chunk(bytes, System.nanoTime() + faults.delayNanos(direction)));
            }
        } catch (IOException gone) {
            // A reset is passed on as an end: both mean that nothing more comes.
            if (!ended.get()) {
                onTheWay.add(new Chunk(new byte[0], System.nanoTime()));
                return;
            }
        }
        onTheWay.add(new Chunk(new byte[0], System.nanoTime() + faults.delayNanos(direction)));
    }

    private void write(Direction direction, LinkedBlockingQueue<Chunk> onTheWay, Semaphore room, Socket to) {
        try {
            var output = to.getOutputStream();
            for (var chunk = onTheWay.take(); chunk.bytes.length > 0; chunk = onTheWay.take()) {
                faults.awaitPassage(chunk.dueNanos);
                var cut = howToCut(direction, chunk.bytes);
                if (cut.isPresent()) {
                    var unused = cut(cut.get());
                    return;
                }
                output.write(chunk.bytes);
                room.release(chunk.bytes.length);
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            var unused = cut(Cut.CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Decided before the bytes are passed on: the end of a COPY in them is then never seen by the other side. */
    private Optional<Cut> howToCut(Direction direction, byte[] bytes) {
        var rowsBytes = wire.read(direction, bytes);
        var cut = rowsBytes > 0 ? faults.copying(rowsBytes) : Optional.<Cut>empty();
        if (cut.isPresent()) {
            return cut;
        }
        return faults.passing(direction, bytes.length);
    }
}
