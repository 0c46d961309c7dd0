package pgsync.claim;

import java.util.List;
import java.util.UUID;
import pgsync.task.Fence;
import pgsync.task.RunId;
import pgsync.task.TableName;
import pgsync.task.TableSpec;
import pgsync.task.TaskId;
import pgsync.task.TaskSpec;
import pgsync.task.Work;

/** Claims and what they are about, where it does not matter what that is. */
final class Samples {
    private Samples() {}

    static Claim claim(long task, long fence) {
        return new Claim(
                new TaskId(task), new RunId(new UUID(0, 1)), new Fence(fence), 1, 0, null, null, "incremental", spec());
    }

    static TaskSpec spec() {
        var table = new TableSpec(
                new TableName("s", "t"),
                true,
                true,
                List.of(),
                List.of(),
                true,
                true,
                List.of(),
                null,
                null,
                true,
                false,
                List.of(),
                true,
                false,
                TableSpec.Hash.EXTENDED,
                false,
                List.of(),
                0);
        return new TaskSpec(table, List.of(new Work.Reconcile()), null, true, 25, false, false);
    }
}
