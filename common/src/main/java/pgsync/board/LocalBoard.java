package pgsync.board;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import pgsync.error.Stopped;
import pgsync.task.TaskId;

/** The board of a cluster of one: one machine runs the cluster's code without Hazelcast. Safe from any thread. */
public final class LocalBoard implements TaskBoard {
    private final LinkedBlockingQueue<TaskId> queue = new LinkedBlockingQueue<>();
    private final Set<TaskId> held = ConcurrentHashMap.newKeySet();
    private final Semaphore changes = new Semaphore(0);

    @Override
    public void offer(TaskId task) {
        if (!held.contains(task) && !queue.contains(task)) {
            queue.add(task);
        }
    }

    @Override
    public Optional<TaskId> poll(Duration atMost) {
        try {
            return Optional.ofNullable(queue.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("wait for a task", e);
        }
    }

    @Override
    public boolean tryLock(TaskId task) {
        return held.add(task);
    }

    @Override
    public void unlock(TaskId task) {
        held.remove(task);
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public void changed() {
        changes.release();
    }

    @Override
    public void awaitChange(Duration atMost) {
        try {
            if (changes.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("wait for tasks to end", e);
        }
    }
}
