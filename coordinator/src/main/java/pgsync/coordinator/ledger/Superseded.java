package pgsync.coordinator.ledger;

import java.io.Serial;
import pgsync.task.RunId;

/** Another coordinator has taken the run over, since it heard nothing from us for too long. The run goes on without us. */
public final class Superseded extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    Superseded(RunId run) {
        super("another coordinator has taken over run " + run);
    }
}
