package pgsync.worker.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import pgsync.claim.Claim;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.JdbcStep;
import pgsync.sql.LogPlace;
import pgsync.sql.PinnedSettings;

/** One connection to the source, inside one read-only REPEATABLE READ transaction after {@link #enter}. Owned by one thread. */
public final class SourceSession implements AutoCloseable {
    /** Somebody who holds a table for longer is not waited for with the task in hand: the attempt ends, and another one follows. */
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '15s';";

    private static final String BEGIN_OWN = "begin a snapshot on the source";
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

    /** Reads from now on see the claim's exported snapshot, or one of our own if it has none. Staying in the same one costs nothing. */
    public void enter(Claim claim) {
        var snapshot = claim.snapshot();
        if (snapshot == null) {
            enterNow(claim.reached());
        } else if (!snapshot.equals(entered.get())) {
            leave();
            inside = true;
            importSnapshot(snapshot);
            entered.set(snapshot);
        }
    }

    /**
     * Reads from now on see a new snapshot of our own. Throws {@link StepFailed} when the server's log has not come to {@code reached},
     * bytes; null asks nothing.
     */
    public void enterNow(@Nullable Long reached) {
        leave();
        inside = true;
        var place = reached == null ? null : placeAndBegin();
        if (place != null && reached != null) {
            LogPlace.refuseBehind(BEGIN_OWN, place, reached);
        } else {
            // Also where this server does not tell what the first one told.
            execute(BEGIN_OWN, (reached == null ? "" : "rollback;") + BEGIN + settings);
        }
    }

    /** Null when the server refuses to tell, or has nothing to tell. */
    private @Nullable Long placeAndBegin() {
        try {
            return ask(BEGIN_OWN, LogPlace.ASK_BEFORE + BEGIN + settings);
        } catch (StepFailed refused) {
            if (refused.trouble().then() == Trouble.Then.RETRY) {
                throw refused;
            }
            return null;
        }
    }

    /** The one value that one of the statements gives. */
    private @Nullable Long ask(String step, String sql) {
        return JdbcStep.<@Nullable Long>call(step, () -> {
            try (var statement = connection.createStatement()) {
                var rows = statement.execute(sql);
                while (!rows) {
                    rows = statement.getMoreResults();
                }
                try (var row = statement.getResultSet()) {
                    row.next();
                    return row.getObject(1, Long.class);
                }
            }
        });
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
