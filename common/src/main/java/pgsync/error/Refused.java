package pgsync.error;

import java.io.Serial;

/** Something we will not begin, found before any write. The message says what and why, the remedy what to do. */
public final class Refused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public Refused(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
