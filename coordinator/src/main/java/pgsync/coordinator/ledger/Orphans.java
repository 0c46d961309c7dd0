package pgsync.coordinator.ledger;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.node.OpenTransactions;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.task.RunId;

/**
 * Puts claimed tasks back whose owner died, froze or was cut off from the target. Who wakes up later finds its fence gone. Several
 * coordinators may do it at once: every change is a compare-and-set.
 */
public final class Orphans {
    /** A task that was running each time a node died is likely the reason. */
    private static final int MOST_REQUEUES = 20;

    private final Pool target;
    private final NodeId me;
    private final RunEvents events;

    public Orphans(Pool target, NodeId me, RunEvents events) {
        this.target = target;
        this.me = me;
        this.events = events;
    }

    /** One look. A task whose owner sits in an open transaction takes two: the first ends the transaction. */
    public void requeue(RunId run) {
        for (var row :
                Ledger.ask("look for dead owners", target, LedgerSql.ORPHANS, Tuple.of(run.value(), me.value()))) {
            var owner = new NodeId(row.getUUID("owner"));
            try {
                if (changed(row)) {
                    events.on(new RunEvent.Requeued(run, owner));
                }
            } catch (StepFailed e) {
                if (e.trouble() != Trouble.LOCKED) {
                    throw e;
                }
                endTransactions(owner);
            }
        }
    }

    private boolean changed(Row row) {
        var connection = Step.connect("connect to the target", target);
        try {
            Step.await(
                    "begin",
                    () -> connection
                            .query("begin; set local lock_timeout = '500ms'")
                            .execute());
            var changed =
                    row.getInteger("requeues") < MOST_REQUEUES ? requeue(connection, row) : condemn(connection, row);
            Step.await("commit", () -> connection.query("commit").execute());
            return changed;
        } catch (RuntimeException e) {
            Ledger.rollback(connection, "requeue a task", e);
            throw e;
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    private static boolean requeue(SqlConnection connection, Row row) {
        return Ledger.ask(
                                "requeue a task",
                                connection,
                                LedgerSql.REQUEUE,
                                Tuple.of(row.getLong("id"), row.getUUID("owner"), row.getLong("fence")))
                        .size()
                > 0;
    }

    private static boolean condemn(SqlConnection connection, Row row) {
        var condemned = Ledger.ask(
                "give up a task",
                connection,
                LedgerSql.CONDEMN,
                Tuple.of(row.getLong("id"), row.getUUID("owner"), row.getLong("fence"))
                        .addValue("%d nodes died or froze while they worked on it".formatted(MOST_REQUEUES))
                        .addValue("look at their logs: not enough memory is a usual reason"));
        for (var task : condemned) {
            UUID run = task.getUUID(0);
            Ledger.settleFailed(connection, run, task.getString(1), task.getString(2));
        }
        return condemned.size() > 0;
    }

    /** A frozen process keeps its connections, and its transaction keeps the row of its task. */
    private void endTransactions(NodeId owner) {
        try {
            OpenTransactions.end(target, owner);
        } catch (StepFailed e) {
            events.on(new RunEvent.Warning(
                    null,
                    "cannot end the transactions of node %s, which says nothing any more: %s"
                            .formatted(owner, e.getMessage()),
                    "let all nodes use one role on the target, or grant pg_signal_backend"));
        }
    }
}
