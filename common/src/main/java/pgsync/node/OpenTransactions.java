package pgsync.node;

import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import pgsync.sql.Step;
import pgsync.task.NodeId;

/**
 * Transactions that a node has open on the target. A statement that was sent runs on in the server whatever becomes of the process
 * that sent it, and keeps its locks.
 */
public final class OpenTransactions {
    /**
     * {@code $1} application name. Backends of one's own role may always be ended (manual, 9.28.2 "Server Signaling Functions").
     * Spares a statement that gives a task back: it waits for the transaction that is ended here.
     */
    private static final String END = """
            select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
             where left(application_name, 43) = $1 and xact_start is not null and pid <> pg_catalog.pg_backend_pid()
               and not (state = 'active' and query like 'update pgsync.task%')
            """;

    private OpenTransactions() {}

    /** Throws away what the node has begun to write and not committed. */
    public static void end(SqlClient target, NodeId node) {
        Step.await(
                "end open transactions of node " + node,
                () -> target.preparedQuery(END).execute(Tuple.of(node.applicationName())));
    }
}
