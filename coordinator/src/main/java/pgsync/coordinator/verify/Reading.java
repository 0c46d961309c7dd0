package pgsync.coordinator.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.sql.JdbcStep;
import pgsync.sql.PinnedSettings;

/** A session with one side that reads one table after another, each in a read-only REPEATABLE READ transaction. Owned by one thread at a time. */
final class Reading implements AutoCloseable {
    private static final String ISOLATION = "set transaction isolation level repeatable read, read only;";
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '60s';";
    /** Every cursor is read to its end, so a plan that is quick with its first rows gains nothing. */
    private static final String WHOLE_CURSORS = "set local cursor_tuple_fraction = 1;";

    private static final int CHARACTERS_A_FETCH = 250_000;
    private static final int MOST_ROWS_A_FETCH = 1_000;

    private final Connection connection;
    private final int major;
    private volatile @Nullable Statement current;

    private Reading(Connection connection, int major) {
        this.connection = connection;
        this.major = major;
    }

    static Reading open(Connector connector, Side side, Endpoint endpoint) {
        var connection = connector.session(side, endpoint);
        var major = JdbcStep.call("prepare to verify", () -> {
            // A transaction a table: that is what a cursor lives in.
            connection.setAutoCommit(false);
            return connection.getMetaData().getDatabaseMajorVersion();
        });
        return new Reading(connection, major);
    }

    int major() {
        return major;
    }

    /**
     * Begins with the next table.
     *
     * @param snapshot exported one to read in, null for one of its own
     * @param shortFloats floats with 15 digits (6 for real), which every version prints the same; with all of them they look different
     *     before 12 (release notes of 12, E.24.2)
     */
    void begin(@Nullable String snapshot, boolean shortFloats) {
        var enter = snapshot == null ? "" : "set transaction snapshot '" + snapshot.replace("'", "''") + "';";
        execute(ISOLATION
                + enter
                + PinnedSettings.sql(major)
                + LOCK_TIMEOUT
                + WHOLE_CURSORS
                + (shortFloats ? "set local extra_float_digits = 0;" : ""));
    }

    /** From another thread: what the server does for us now it does not need to do. Without it a hash of a large table goes on unheard. */
    void cancel() {
        var statement = current;
        if (statement == null) {
            return;
        }
        try {
            statement.cancel();
        } catch (SQLException e) {
            // A server that cannot be reached sees the connection close sooner or later.
            return;
        }
    }

    void end() {
        JdbcStep.run("end reading", connection::rollback);
    }

    private void execute(String sql) {
        JdbcStep.run("prepare to verify", () -> {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    /** All rows of a query in one answer: for few and short ones. Unlike a cursor's, its plan may use several processes of the server. */
    Rows answer(String step, String sql) {
        return new Rows(step, sql, false);
    }

    /**
     * The rows of a query, some at a time: memory stays flat however many there are. By a cursor in SQL, since a fetch size means nothing
     * to the driver where it sends whole queries. One in each transaction.
     *
     * @param charactersARow about how long a row is
     */
    Rows stream(String step, String sql, int charactersARow) {
        var rowsAFetch = Math.clamp(CHARACTERS_A_FETCH / charactersARow, 1, MOST_ROWS_A_FETCH);
        execute("declare pgsync_rows no scroll cursor for " + sql);
        return new Rows(step, "fetch forward " + rowsAFetch + " from pgsync_rows", true);
    }

    /** The rows of one query. {@link #next} first. */
    final class Rows implements AutoCloseable {
        private final String step;
        private final String portion;
        private final boolean more;
        private final Statement statement;
        private ResultSet rows;

        /** @param more whether the next {@code portion} follows the last, until one is empty */
        private Rows(String step, String portion, boolean more) {
            this.step = step;
            this.portion = portion;
            this.more = more;
            this.statement = JdbcStep.call(step, connection::createStatement);
            current = statement;
            this.rows = JdbcStep.call(step, () -> statement.executeQuery(portion));
        }

        boolean next() {
            return JdbcStep.call(step, () -> rows.next() || (more && nextPortion()));
        }

        private boolean nextPortion() throws SQLException {
            rows = statement.executeQuery(portion);
            return rows.next();
        }

        long number(int column) {
            return JdbcStep.call(step, () -> rows.getLong(column));
        }

        boolean flag(int column) {
            return JdbcStep.call(step, () -> rows.getBoolean(column));
        }

        String text(int column) {
            return JdbcStep.call(step, () -> java.util.Objects.requireNonNull(rows.getString(column), step));
        }

        @Override
        public void close() {
            JdbcStep.run(step, statement::close);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // A connection that cannot be closed is gone already, and it had nothing to lose.
            return;
        }
    }
}
