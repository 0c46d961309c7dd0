package pgsync.worker.session;

import java.sql.Connection;
import java.sql.SQLException;
import pgsync.claim.Claim;
import pgsync.claim.ClaimSql;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.error.StepFailed;
import pgsync.sql.JdbcStep;
import pgsync.sql.PinnedSettings;
import pgsync.sql.ReplicationRole;

/** One connection to the target. Gives transactions that begin with the fence, and no other way to write. Owned by one thread. */
public final class TargetSession implements AutoCloseable {
    private static final String BEGIN = "begin isolation level read committed read write;";
    /** A lock that is not given within this time is a trouble to retry, not a reason to wait for ever with a snapshot open. */
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '60s';";

    private static final String REPLICA = ReplicationRole.REPLICA + ";";

    private final Connection connection;
    private final String settings;
    private final FenceCheck fence;

    private TargetSession(Connection connection, String settings, FenceCheck fence) {
        this.connection = connection;
        this.settings = settings;
        this.fence = fence;
    }

    public static TargetSession open(Connector connector, Endpoint target, FenceCheck fence) {
        var connection = connector.session(Side.TARGET, target);
        var major = JdbcStep.call(
                "ask the target for its version", () -> connection.getMetaData().getDatabaseMajorVersion());
        return new TargetSession(connection, PinnedSettings.sql(major) + LOCK_TIMEOUT, fence);
    }

    /** What happens inside a transaction. */
    @FunctionalInterface
    public interface Body<T> {
        T run(Connection connection);
    }

    /** Runs the body in one transaction that begins with the fence check. Throws {@link FenceLost} before the body when it fails. */
    public <T> T write(Claim claim, Body<T> body) {
        begin(claim.spec().table().replicaRole());
        try {
            if (!fence.holds(connection, claim)) {
                throw new FenceLost(claim.task());
            }
            var result = body.run(connection);
            execute("commit " + claim.task() + " on the target", "commit");
            return result;
        } catch (RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    /** Runs the body in a transaction that is always rolled back: temporary tables and reading, for looking and for dry runs. */
    public <T> T look(Claim claim, Body<T> body) {
        begin(claim.spec().table().replicaRole());
        try {
            var result = body.run(connection);
            execute("end looking at the target", "rollback");
            return result;
        } catch (RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    private void begin(boolean replicaRole) {
        execute("begin on the target", BEGIN + settings + (replicaRole ? REPLICA : ""));
    }

    private void rollback(RuntimeException cause) {
        try {
            execute("roll back on the target", "rollback");
        } catch (StepFailed e) {
            cause.addSuppressed(e);
        }
    }

    private void execute(String step, String sql) {
        JdbcStep.call(step, () -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // A connection that cannot be closed is gone already, and PostgreSQL rolls back what it had open.
            return;
        }
    }

    /** Whether a claim still holds, asked inside the transaction that wants to write. Replaced only by the test that shows what happens without. */
    @FunctionalInterface
    public interface FenceCheck {
        boolean holds(Connection connection, Claim claim);

        static FenceCheck inTarget() {
            return (connection, claim) -> JdbcStep.call("check the fence of " + claim.task(), () -> {
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery(ClaimSql.FENCE.formatted(
                                claim.task().value(), claim.fence().value()))) {
                    return row.next();
                }
            });
        }
    }
}
