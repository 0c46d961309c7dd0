package pgsync.sql;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;

/** Waits for one database step. A failed Vert.x future carries no frame of ours, so we add the step's name. */
public final class Step {
    private Step() {}

    /** Call on a virtual thread. Throws {@link StepFailed} with what PostgreSQL said, {@link Stopped} when interrupted. */
    public static <T> T await(String name, Supplier<Future<T>> step) {
        try {
            return step.get().await();
        } catch (PgException e) {
            var reason = ServerWords.reason(e.getSqlState(), e.getErrorMessage(), where(e));
            throw new StepFailed(
                    Trouble.ofServer(e.getSqlState(), e.getErrorMessage()), name, reason, withoutRowValues(e));
        } catch (StepFailed | Stopped e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StepFailed(Troubles.ofVertx(e), name, Troubles.reason(e), e);
        } catch (Exception e) { // await() throws InterruptedException and the future's checked causes without declaring
            // them
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new Stopped(name, e);
            }
            throw new StepFailed(Troubles.ofVertx(e), name, Troubles.reason(e), e);
        }
    }

    /**
     * A connection out of the pool, as {@link #await} waits for anything. One that comes when nobody waits for it any more goes back:
     * a run can be interrupted in a process that lives on.
     */
    public static SqlConnection connect(String name, Pool pool) {
        var opening = pool.getConnection();
        try {
            return await(name, () -> opening);
        } catch (Stopped e) {
            opening.onSuccess(late -> {
                var closing = late.close();
                closing.onFailure(gone -> {});
            });
            throw e;
        }
    }

    private static List<String> where(PgException e) {
        var where = new ArrayList<String>();
        if (e.getTable() != null) {
            where.add("table " + (e.getSchema() == null ? "" : e.getSchema() + ".") + e.getTable());
        }
        if (e.getColumn() != null) {
            where.add("column " + e.getColumn());
        }
        if (e.getConstraint() != null) {
            where.add("constraint " + e.getConstraint());
        }
        return where;
    }

    /** The same failure less detail, context and statement, in which PostgreSQL quotes rows. */
    private static PgException withoutRowValues(PgException e) {
        var safe = new PgException(
                ServerWords.withoutValues(e.getSqlState(), e.getErrorMessage()),
                e.getSeverity(),
                e.getSqlState(),
                null,
                e.getHint(),
                e.getPosition(),
                null,
                null,
                null,
                e.getFile(),
                e.getLine(),
                e.getRoutine(),
                e.getSchema(),
                e.getTable(),
                e.getColumn(),
                e.getDataType(),
                e.getConstraint());
        safe.setStackTrace(e.getStackTrace());
        return safe;
    }
}
