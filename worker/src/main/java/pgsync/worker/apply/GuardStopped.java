package pgsync.worker.apply;

import java.io.Serial;

/** The delete guard refused. The transaction rolls back: nothing was deleted. */
final class GuardStopped extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String remedy;

    GuardStopped(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
