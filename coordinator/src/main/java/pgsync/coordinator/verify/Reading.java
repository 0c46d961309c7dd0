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
    private static final int ROWS_A_FETCH = 1_000;

    private final Connection connection;
    private final int major;

    private Reading(Connection connection, int major) {
        this.connection = connection;
        this.major = major;
    }

    static Reading open(Connector connector, Side side, Endpoint endpoint) {
        var connection = connector.session(side, endpoint);
        var major = JdbcStep.call("prepare to verify", () -> {
            // pgjdbc gives rows in portions only without autocommit.
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
                + (shortFloats ? "set local extra_float_digits = 0;" : ""));
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

    /** The rows of a query, a few at a time: memory stays flat however many there are. */
    Rows rows(String step, String sql) {
        return JdbcStep.call(step, () -> {
            var statement = connection.createStatement();
            statement.setFetchSize(ROWS_A_FETCH);
            return new Rows(step, statement, statement.executeQuery(sql));
        });
    }

    /** The rows of one query. {@link #next} first. */
    static final class Rows implements AutoCloseable {
        private final String step;
        private final Statement statement;
        private final ResultSet rows;

        private Rows(String step, Statement statement, ResultSet rows) {
            this.step = step;
            this.statement = statement;
            this.rows = rows;
        }

        boolean next() {
            return JdbcStep.call(step, rows::next);
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
