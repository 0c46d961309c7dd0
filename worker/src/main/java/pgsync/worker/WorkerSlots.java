package pgsync.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The slots of this process, each a loop on a virtual thread. Closing interrupts what still runs and waits for it. */
public final class WorkerSlots implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final Duration GIVING_BACK = Duration.ofSeconds(2);

    private final List<WorkerLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private WorkerSlots() {}

    /** {@code loop} is asked once for each slot. */
    public static WorkerSlots start(int slots, Supplier<WorkerLoop> loop) {
        var workers = new WorkerSlots();
        for (var i = 0; i < slots; i++) {
            var one = loop.get();
            workers.loops.add(one);
            workers.threads.add(Thread.ofVirtual().name("slot-" + i).start(one));
        }
        return workers;
    }

    /**
     * Begins nothing more, and waits for what runs. What has not ended by then is interrupted and given back; what even then waits
     * for a server that does not answer is left, and goes to others when they miss us.
     *
     * @param endTransactions called again and again from then on: a statement that was sent runs on in the server, and its task can
     *     only be given back behind its locks
     */
    public void drain(Duration grace, Runnable endTransactions) throws InterruptedException {
        loops.forEach(WorkerLoop::stop);
        var begin = System.nanoTime();
        for (var thread : threads) {
            var left = grace.toNanos() - (System.nanoTime() - begin);
            thread.join(Duration.ofNanos(Math.max(1, left)));
        }
        threads.forEach(Thread::interrupt);
        var interrupted = System.nanoTime();
        for (var thread : threads) {
            while (!thread.join(LOOK_AGAIN)) {
                if (System.nanoTime() - interrupted > GIVING_BACK.toNanos()) {
                    return;
                }
                // On a thread of its own: a target that does not answer must not keep us.
                var unused = Thread.ofVirtual().name("end-transactions").start(endTransactions);
            }
        }
    }

    @Override
    public void close() {
        loops.forEach(WorkerLoop::stop);
        threads.forEach(Thread::interrupt);
        var interrupted = Thread.interrupted();
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
