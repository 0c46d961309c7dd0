package pgsync.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** This node cannot take part in its cluster. The message names the addresses that were tried, the remedy what to look at. */
public final class ClusterUnreachable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public ClusterUnreachable(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
