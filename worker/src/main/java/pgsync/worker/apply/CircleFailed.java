package pgsync.worker.apply;

import java.io.Serial;

/** Another table of the circle failed, and with it this one: nothing was written. */
final class CircleFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String remedy;

    CircleFailed(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
