package pgsync.claim;

import org.jspecify.annotations.Nullable;
import pgsync.task.Fence;
import pgsync.task.RunId;
import pgsync.task.TaskId;
import pgsync.task.TaskSpec;

/**
 * Proof that we may work on a task as long as its row still carries {@code fence}.
 *
 * @param attempt 1 for the first
 * @param stepsDone steps of the task that an earlier attempt finished
 * @param snapshot exported snapshot to read the source in, null when the task takes its own
 * @param reached bytes of log that a server of the source must have to be read in a snapshot of our own, null when that is not known
 * @param mode what the run does with the table, as in {@code sync_log.mode}
 */
public record Claim(
        TaskId task,
        RunId run,
        Fence fence,
        int attempt,
        int stepsDone,
        @Nullable String snapshot,
        @Nullable Long reached,
        String mode,
        TaskSpec spec) {}
