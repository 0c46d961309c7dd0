package pgsync.cluster;

import com.hazelcast.collection.IQueue;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.topic.ITopic;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.board.TaskBoard;
import pgsync.error.Stopped;
import pgsync.task.TaskId;
import pgsync.time.Pause;

/**
 * The board that all nodes of a cluster share. Safe from any thread, with one rule: who locked a task unlocks it on the same
 * thread, since Hazelcast's locks belong to threads (virtual ones have ids like others). A cluster that is splitting, joining or
 * gone looks like an empty board: no call fails, it waits a little and gives nothing.
 */
final class ClusterBoard implements TaskBoard {
    static final String QUEUE = "pgsync.tasks";
    static final String LOCKS = "pgsync.taken";
    static final String CHANGES = "pgsync.changes";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterBoard.class);

    // Loops are stopped by a flag that they look at this often.
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    // The lock covers the moment between taking an id and claiming its row. A dead member's locks go with it; this
    // frees those
    // whose unlock got lost on the way or came from another thread. Running out early costs a question to the target
    // that gets no row.
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration QUIET = Duration.ofSeconds(10);

    private final IQueue<Long> queue;
    private final IMap<Long, String> locks;
    private final ITopic<Long> changes;
    private final Pause pause;
    private final Semaphore changed = new Semaphore(0);
    private final AtomicBoolean listening = new AtomicBoolean();
    private final AtomicLong lastSaid = new AtomicLong(System.nanoTime() - QUIET.toNanos());

    ClusterBoard(HazelcastInstance hazelcast, Pause pause) {
        this.queue = hazelcast.getQueue(QUEUE);
        this.locks = hazelcast.getMap(LOCKS);
        this.changes = hazelcast.getTopic(CHANGES);
        this.pause = pause;
    }

    @Override
    public void offer(TaskId task) {
        // Not when it is full: the coordinator offers again as long as the task is pending.
        ask("offer a task", false, () -> !queue.contains(task.value()) && queue.offer(task.value()));
    }

    @Override
    public Optional<TaskId> poll(Duration atMost) {
        var wait = atMost.compareTo(LONGEST_POLL) < 0 ? atMost : LONGEST_POLL;
        // On a thread that nobody interrupts: Hazelcast's poll loses an interrupt now and then, and the item with it.
        var poll = new FutureTask<>(() -> take(wait));
        Thread.startVirtualThread(poll);
        try {
            return poll.get();
        } catch (InterruptedException e) {
            Thread.startVirtualThread(() -> giveBack(poll));
            throw stopped("wait for a task", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("take() does not fail", e);
        }
    }

    private Optional<TaskId> take(Duration wait) {
        try {
            return Optional.ofNullable(queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS))
                    .map(TaskId::new);
        } catch (InterruptedException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            say("wait for a task", e);
            return rest(wait);
        }
    }

    private void giveBack(FutureTask<Optional<TaskId>> poll) {
        try {
            poll.get().ifPresent(this::offer);
        } catch (InterruptedException | ExecutionException e) {
            LOG.debug("what a stopped wait took is lost until it is offered again", e);
        }
    }

    @Override
    public boolean tryLock(TaskId task) {
        try {
            return locks.tryLock(task.value(), 0, TimeUnit.SECONDS, LEASE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw stopped("lock " + task, e);
        } catch (RuntimeException e) {
            say("lock a task", e);
            return false;
        }
    }

    @Override
    public void unlock(TaskId task) {
        try {
            locks.unlock(task.value());
        } catch (IllegalMonitorStateException e) {
            // The lease ran out, or the cluster was split meanwhile. Whoever has the lock now keeps it.
            LOG.debug("lock of {} was no longer ours", task);
        } catch (RuntimeException e) {
            say("unlock a task", e);
        }
    }

    @Override
    public int waiting() {
        return ask("count tasks", 0, queue::size);
    }

    @Override
    public void changed() {
        ask("tell of a change", false, () -> {
            changes.publish(1L);
            return true;
        });
    }

    @Override
    public void awaitChange(Duration atMost) {
        listen();
        try {
            if (changed.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                changed.drainPermits();
            }
        } catch (InterruptedException e) {
            throw stopped("wait for tasks to end", e);
        }
    }

    // Only who waits listens, so that the end of a task is told to coordinators alone.
    private void listen() {
        if (listening.compareAndSet(false, true)) {
            listening.set(ask("listen for changes", false, () -> {
                changes.addMessageListener(message -> changed.release());
                return true;
            }));
        }
    }

    // What comes is known only in part: an instance that is not active, a target that is no member, an operation that
    // timed out,
    // no data member, members of two versions. Whatever it is, the truth is in the target and the next look finds it.
    private <T> T ask(String what, T otherwise, Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            say(what, e);
            return otherwise;
        }
    }

    // A cluster in trouble answers at once: without this a loop would ask it a thousand times a second.
    private Optional<TaskId> rest(Duration duration) {
        try {
            pause.sleep(duration);
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts this thread", e);
        }
        return Optional.empty();
    }

    private static Stopped stopped(String step, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Stopped(step, e);
    }

    private void say(String what, RuntimeException e) {
        var last = lastSaid.get();
        var now = System.nanoTime();
        if (now - last >= QUIET.toNanos() && lastSaid.compareAndSet(last, now)) {
            LOG.warn(
                    "cannot {} for now, the cluster says {}: {}",
                    what,
                    e.getClass().getSimpleName(),
                    e.getMessage());
        } else {
            LOG.debug("cannot {} for now", what, e);
        }
    }
}
