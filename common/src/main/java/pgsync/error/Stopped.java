package pgsync.error;

import java.io.Serial;

/** We were asked to stop while waiting. Not a failure: nothing is recorded, the claim is given back or runs out by itself. */
public final class Stopped extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public Stopped(String step, Throwable cause) {
        super("stopped during " + step, cause);
    }
}
