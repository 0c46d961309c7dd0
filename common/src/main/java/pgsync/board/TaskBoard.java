package pgsync.board;

import java.time.Duration;
import java.util.Optional;
import pgsync.task.TaskId;

/** A window of task ids for workers to take, and a lock on each that keeps two workers from asking for the same one. */
public interface TaskBoard {
    /** Adds an id; it may come out more than once or never. */
    void offer(TaskId task);

    /** The next id, or empty when none came in time. */
    Optional<TaskId> poll(Duration atMost);

    /** False when another worker is known to hold it. True proves nothing. */
    boolean tryLock(TaskId task);

    void unlock(TaskId task);

    /** How many ids wait, for topping up the window. */
    int waiting();

    /** Says that a task ended, so that whoever waits in {@link #awaitChange} looks at the target again. */
    void changed();

    /** Returns when something changed or the time is over. */
    void awaitChange(Duration atMost);
}
