package pgsync.coordinator.discover;

import io.vertx.sqlclient.SqlConnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.PinnedSettings;
import pgsync.sql.Step;

/** What a server says to a statement, tried in a transaction that is rolled back. Waits for the server. */
final class Trial {
    private Trial() {}

    /** Runs {@code work} on the side inside such a transaction, with the settings that a run has. */
    static <T extends @Nullable Object> T on(SqlConnection side, int major, String step, Supplier<T> work) {
        Step.await(step, () -> side.query("begin;" + PinnedSettings.sql(major)).execute());
        try {
            return work.get();
        } finally {
            Step.await(step, () -> side.query("rollback").execute());
        }
    }

    /** What the server has against it; null for nothing. Throws {@link StepFailed} when that says nothing about the statement. */
    static @Nullable String mistake(Runnable statement) {
        try {
            statement.run();
            return null;
        } catch (StepFailed e) {
            if (e.trouble().then() == Trouble.Then.STOP_TABLE) {
                return e.reason();
            }
            throw e;
        }
    }
}
