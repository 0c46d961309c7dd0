package pgsync.error;

import java.io.Serial;

/**
 * A step that failed, with the place it failed at; the cause is what PostgreSQL or the network said. The message is fit for
 * people: it names the step, the reason in PostgreSQL's own words without row values, and never a secret.
 */
public final class StepFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;
    private final String reason;

    public StepFailed(Trouble trouble, String step, String reason, Throwable cause) {
        super("%s: %s".formatted(step, reason), cause);
        this.trouble = trouble;
        this.reason = reason;
    }

    public Trouble trouble() {
        return trouble;
    }

    /** Why, without the step's name. */
    public String reason() {
        return reason;
    }
}
