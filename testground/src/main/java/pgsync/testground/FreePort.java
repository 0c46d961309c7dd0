package pgsync.testground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port of this machine that nothing uses at the moment. */
public final class FreePort {
    private static final int TRIES = 20;
    /** Below the range from which Linux and macOS take ports for outgoing connections: nobody takes ours while we are down. */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;

    private FreePort() {}

    /** Nobody is kept from taking it meanwhile. */
    public static int find() {
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var candidate = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new GroundFailed("no free port between %d and %d".formatted(FIRST, LAST));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
