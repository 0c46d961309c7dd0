package pgsync.sql;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
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
            throw new StepFailed(Trouble.ofSqlState(e.getSqlState()), name, e.getErrorMessage() + " (SQLSTATE " + e.getSqlState() + ")", e);
        } catch (StepFailed | Stopped e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StepFailed(Troubles.ofVertx(e), name, Troubles.reason(e), e);
        } catch (Exception e) { // await() throws InterruptedException and the future's checked causes without declaring them
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new Stopped(name, e);
            }
            throw new StepFailed(Troubles.ofVertx(e), name, Troubles.reason(e), e);
        }
    }
}
