package pgsync.coordinator.ledger;

import io.vertx.sqlclient.Pool;
import java.time.Duration;
import pgsync.error.StepFailed;

/** Forgets runs that ended long ago, so that the books do not grow for ever. Any number of processes may do so at once. */
public final class OldRuns {
    /** In one transaction; more than begin between two times that somebody asks. */
    private static final int AT_MOST = 100;

    private final Pool target;
    private final Duration keep;

    public OldRuns(Pool target, Duration keep) {
        this.target = target;
        this.keep = keep;
    }

    /** Throws {@link StepFailed} when the target does not let us; then nothing is forgotten. */
    public void forget() {
        Ledger.ask(
                "forget old runs",
                target,
                LedgerSql.FORGET_RUNS,
                Ledger.parameters((double) keep.toSeconds(), AT_MOST));
    }
}
