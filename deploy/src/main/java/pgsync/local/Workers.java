package pgsync.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import pgsync.worker.WorkerLoop;

/** The slots of this process, each a loop on a virtual thread. Closing interrupts what still runs and waits for it. */
final class Workers implements AutoCloseable {
    private final List<WorkerLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Workers() {}

    static Workers start(int slots, Supplier<WorkerLoop> loop) {
        var workers = new Workers();
        for (var i = 0; i < slots; i++) {
            var one = loop.get();
            workers.loops.add(one);
            workers.threads.add(Thread.ofVirtual().name("slot-" + i).start(one));
        }
        return workers;
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
