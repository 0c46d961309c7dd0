package pgsync.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;

/**
 * Runs one step on a pgjdbc session and names it when it fails. Of what the server said only the primary message and the names of
 * table, column and constraint pass: DETAIL, WHERE and the statement hold row values, which must not reach a log.
 */
public final class JdbcStep {
    private JdbcStep() {}

    /** Work with a result. */
    @FunctionalInterface
    public interface SqlCall<T extends @Nullable Object> {
        T call() throws SQLException, java.io.IOException;
    }

    /** Work without one. */
    @FunctionalInterface
    public interface SqlWork {
        void run() throws SQLException, java.io.IOException;
    }

    /** Throws {@link StepFailed} with the trouble of the SQLSTATE, {@link Stopped} when this thread was interrupted. */
    public static <T extends @Nullable Object> T call(String name, SqlCall<T> call) {
        try {
            return call.call();
        } catch (SQLException e) {
            var failed = failed(name, e);
            throw isInterrupted() ? new Stopped(name, failed) : failed;
        } catch (java.io.IOException e) {
            throw isInterrupted()
                    ? new Stopped(name, e)
                    : new StepFailed(Trouble.CONNECTION_LOST, name, Troubles.reason(e), e);
        }
    }

    /** As {@link #call} for work without a result. */
    public static void run(String name, SqlWork work) {
        JdbcStep.<@Nullable Void>call(name, () -> {
            work.run();
            return null;
        });
    }

    /** The failure that {@code e} means, for code that has to catch it itself. */
    public static StepFailed failed(String name, SQLException e) {
        var said = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        var state = e.getSQLState();
        var trouble = said == null && state != null && state.startsWith("08")
                ? Trouble.CONNECTION_LOST
                : Trouble.ofServer(state, said == null ? null : said.getMessage());
        var reason = said == null ? ServerWords.reason(state, String.valueOf(e.getMessage())) : reason(said);
        // The driver's exception may print DETAIL with its stack trace, so a copy without it takes its place.
        var safe = new SQLException(reason, state);
        safe.setStackTrace(e.getStackTrace());
        return new StepFailed(trouble, name, reason, safe);
    }

    /** A blocked read ends with a broken socket when its thread is interrupted; the flag tells the two apart. */
    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    private static String reason(ServerErrorMessage said) {
        var where = new ArrayList<String>();
        if (said.getTable() != null) {
            where.add("table " + (said.getSchema() == null ? "" : said.getSchema() + ".") + said.getTable());
        }
        if (said.getColumn() != null) {
            where.add("column " + said.getColumn());
        }
        if (said.getConstraint() != null) {
            where.add("constraint " + said.getConstraint());
        }
        return ServerWords.reason(said.getSQLState(), String.valueOf(said.getMessage()), where);
    }
}
