package pgsync.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Another process of ours told us that it failed or refused, with the exit code it has for that. The message is fit for people. */
public final class FailedElsewhere extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final @Nullable String remedy;

    public FailedElsewhere(int exitCode, String message, @Nullable String remedy) {
        super(message);
        this.exitCode = exitCode;
        this.remedy = remedy;
    }

    public int exitCode() {
        return exitCode;
    }

    public @Nullable String remedy() {
        return remedy;
    }
}
