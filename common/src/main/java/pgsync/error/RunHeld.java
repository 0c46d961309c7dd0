package pgsync.error;

import java.io.Serial;

/** Another live run holds tables that this one wants. Nothing was written. */
public final class RunHeld extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public RunHeld(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
