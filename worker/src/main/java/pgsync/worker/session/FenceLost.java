package pgsync.worker.session;

import java.io.Serial;
import pgsync.task.TaskId;

/** Another owner has the task by now: nothing was written and nothing may be recorded. */
public final class FenceLost extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    FenceLost(TaskId task) {
        super(task + " was taken over by another owner");
    }
}
