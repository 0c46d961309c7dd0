package pgsync.worker.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.JdbcStep;
import pgsync.sql.PinnedSettings;

/** One connection to the source, inside one read-only REPEATABLE READ transaction after {@link #enter}. Owned by one thread. */
public final class SourceSession implements AutoCloseable {
    /** Somebody who holds a table for longer is not waited for with the task in hand: the attempt ends, and another one follows. */
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '15s';";

    private static final String BEGIN = "begin isolation level repeatable read read only;";

    private final Connection connection;
    private final String settings;
    private final AtomicReference<@Nullable String> entered = new AtomicReference<>();
    private boolean inside;

    private SourceSession(Connection connection, String settings) {
        this.connection = connection;
        this.settings = settings;
    }

    public static SourceSession open(Connector connector, Endpoint source) {
        var connection = connector.session(Side.SOURCE, source);
        var major = JdbcStep.call(
                "ask the source for its version", () -> connection.getMetaData().getDatabaseMajorVersion());
        return new SourceSession(connection, PinnedSettings.sql(major) + LOCK_TIMEOUT);
    }

    /** Reads from now on see this exported snapshot; null takes a snapshot of our own. Staying in the same one costs nothing. */
    public void enter(@Nullable String snapshot) {
        if (snapshot != null && snapshot.equals(entered.get())) {
            return;
        }
        leave();
        inside = true;
        if (snapshot == null) {
            execute("begin a snapshot on the source", BEGIN + settings);
        } else {
            importSnapshot(snapshot);
        }
        entered.set(snapshot);
    }

    private void importSnapshot(String snapshot) {
        try {
            execute(
                    "enter the run's snapshot on the source",
                    BEGIN + "set transaction snapshot '" + snapshot.replace("'", "''") + "';" + settings);
        } catch (StepFailed e) {
            // 22023: the file is gone; 55000: the exporting transaction is. Either way its holder died and a new one
            // comes.
            if (e.getCause() instanceof SQLException sql
                    && List.of("22023", "55000", "42704").contains(sql.getSQLState())) {
                throw new StepFailed(Trouble.SNAPSHOT_GONE, "enter the run's snapshot on the source", e.reason(), e);
            }
            throw e;
        }
    }

    /** Ends the transaction, if there is one, so that it does not hold back VACUUM. */
    public void leave() {
        if (inside) {
            execute("end the snapshot on the source", "rollback");
            inside = false;
            entered.set(null);
        }
    }

    private void execute(String step, String sql) {
        JdbcStep.call(step, () -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // A connection that cannot be closed is gone already.
            entered.set(null);
        }
    }
}
