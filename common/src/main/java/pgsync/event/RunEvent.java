package pgsync.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.table.LeftOut;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableName;
import pgsync.task.TableReport;

/** What a run tells. Every reader handles all of them: there is no default branch. */
public sealed interface RunEvent {
    /** The work is known: nothing has been written yet. Rows are the planner's estimate. */
    record Planned(RunId run, int tables, int tasks, long rowsEstimated) implements RunEvent {}

    /** A worker began with the table. {@code mode} as in {@code sync_log.mode}. */
    record TableStarted(TableName table, String mode) implements RunEvent {}

    /** Rows and bytes of the table that were committed since the last of these: a table is in many hands at a time. */
    record Progress(TableName table, long rows, long bytes) implements RunEvent {
        /** Both together, of one table. */
        public Progress plus(Progress later) {
            return new Progress(table, rows + later.rows, bytes + later.bytes);
        }
    }

    record TableEnded(TableReport report) implements RunEvent {}

    /** Something a person should know that does not stop the run. */
    record Warning(@Nullable TableName table, String message, String remedy) implements RunEvent {}

    /** What the settings mean and a run never synchronizes: views and the like. Told once, and only when there are some. */
    record LeftOutOfRun(List<LeftOut> leftOut) implements RunEvent {
        public LeftOutOfRun {
            leftOut = List.copyOf(leftOut);
        }
    }

    /** A phase, a statement or a timing; shown with {@code -verbose} only. Never row values. */
    record Detail(String text) implements RunEvent {}

    /** A task was taken from a node that said nothing for the lease, and goes to another one. */
    record Requeued(RunId run, NodeId from) implements RunEvent {}

    /** A node of a cluster is ready. {@code http} is where its status pages are. */
    record Listening(String node, String role, String cluster, String http) implements RunEvent {}

    record Ended(RunReport report) implements RunEvent {}
}
