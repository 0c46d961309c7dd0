package pgsync.daemon;

import java.time.Duration;
import java.util.Optional;
import pgsync.board.TaskBoard;
import pgsync.error.Stopped;
import pgsync.task.TaskId;
import pgsync.time.Pause;

/** The cluster's board for a node that may be in the wrong cluster: while that is so it takes nothing off, since others need it. */
final class GuardedBoard implements TaskBoard {
    private final TaskBoard board;
    private final Doubts doubts;
    private final Pause pause;

    GuardedBoard(TaskBoard board, Doubts doubts, Pause pause) {
        this.board = board;
        this.doubts = doubts;
        this.pause = pause;
    }

    @Override
    public void offer(TaskId task) {
        board.offer(task);
    }

    @Override
    public Optional<TaskId> poll(Duration atMost) {
        if (!doubts.refusing()) {
            return board.poll(atMost);
        }
        try {
            pause.sleep(atMost);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("wait for a task", e);
        }
    }

    @Override
    public boolean tryLock(TaskId task) {
        return board.tryLock(task);
    }

    @Override
    public void unlock(TaskId task) {
        board.unlock(task);
    }

    @Override
    public int waiting() {
        return board.waiting();
    }

    @Override
    public void changed() {
        board.changed();
    }

    @Override
    public void awaitChange(Duration atMost) {
        board.awaitChange(atMost);
    }
}
