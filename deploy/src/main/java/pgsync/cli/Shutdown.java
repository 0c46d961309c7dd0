package pgsync.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Lets SIGINT and SIGTERM end a run in good order. The JVM runs its shutdown hooks on both and then ends with 130 or 143 by itself;
 * our hook interrupts the work and holds the JVM until the work has let go, or the grace is over.
 */
final class Shutdown {
    private Shutdown() {}

    /** Runs the work on a virtual thread and waits for it. On a signal this never returns: the JVM ends first. */
    static ExitCode guard(Supplier<ExitCode> work, Duration grace) {
        var done = new CountDownLatch(1);
        var code = new AtomicReference<>(ExitCode.INTERNAL);
        var worker = Thread.ofVirtual().name("pgsync").unstarted(() -> {
            try {
                code.set(work.get());
            } finally {
                done.countDown();
            }
        });
        // System.exit below runs the hook as well; then the work is done and the hook has nothing to wait for.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, done, grace), "pgsync-shutdown"));
        worker.start();
        try {
            done.await();
        } catch (InterruptedException e) {
            stop(worker, done, grace);
        }
        return code.get();
    }

    /** Whether the work has let go within the grace. */
    static boolean stop(Thread worker, CountDownLatch done, Duration grace) {
        if (done.getCount() == 0) {
            return true;
        }
        worker.interrupt();
        try {
            return done.await(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
