package pgsync.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import pgsync.error.Stopped;

/** The Enter key. */
final class Enter {
    private Enter() {}

    /**
     * Waits for a line on the input, or for an interrupt. Where there is no input (a service, {@code </dev/null}) only the interrupt
     * ends it.
     */
    static void await(InputStream in) {
        var pressed = new CountDownLatch(1);
        // A read from a terminal cannot be interrupted, so somebody else reads, and the JVM does not wait for that
        // thread.
        Thread.ofPlatform().daemon().name("enter").start(() -> {
            try {
                for (var next = in.read(); next >= 0; next = in.read()) {
                    if (next == '\n') {
                        pressed.countDown();
                        return;
                    }
                }
            } catch (IOException nobodyTypesAnyMore) {
                return;
            }
        });
        try {
            pressed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("waiting for Enter", e);
        }
    }
}
