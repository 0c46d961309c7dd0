package pgsync.sql;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import pgsync.error.Stopped;

/**
 * Work on one connection while its starter works on another: a server answers a COPY or a query only when it has its first rows, so
 * whoever waits for one side has not yet asked the other. Owned by the thread that started it, which closes it.
 */
public final class Meanwhile<T> implements AutoCloseable {
    private final String step;
    private final FutureTask<T> work;
    private final Thread thread;

    private Meanwhile(String step, FutureTask<T> work, Thread thread) {
        this.step = step;
        this.work = work;
        this.thread = thread;
    }

    public static <T> Meanwhile<T> start(String step, Supplier<T> work) {
        var task = new FutureTask<>(work::get);
        return new Meanwhile<>(step, task, Thread.ofVirtual().name(step).start(task));
    }

    /** What the work gave; throws what it threw. */
    public T await() {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            // A heap that is too small has a remedy, and is no mistake of ours wherever it shows.
            if (e.getCause() instanceof Error worse) {
                throw worse;
            }
            throw new IllegalStateException(step, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(step, e);
        }
    }

    /** Interrupts work that nobody waited for, so that no thread is left on a connection that is given up. */
    @Override
    public void close() {
        thread.interrupt();
        var interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
