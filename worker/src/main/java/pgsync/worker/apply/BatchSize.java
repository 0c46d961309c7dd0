package pgsync.worker.apply;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pgsync.task.TaskSpec;

/**
 * How many rows go into the next transaction. What a person fixed stays; otherwise it grows until a batch takes about a second,
 * because 1,000 commits of 1,000 rows cost more than the rows. Bytes bound it too. Owned by one thread.
 */
final class BatchSize {
    /** A batch waits in the target's temporary files, not in our heap; this keeps its transaction and its lock time short. */
    static final long MAX_BYTES = 64L * 1024 * 1024;

    private static final int START = 1_000;
    private static final int MAX_ROWS = 1_000_000;
    private static final Duration TOO_SHORT = Duration.ofMillis(500);
    private static final Duration TOO_LONG = Duration.ofSeconds(2);

    private final boolean fixed;
    private final boolean uncut;
    private int rows;

    BatchSize(TaskSpec spec) {
        this(spec.batchRows(), spec.table().uncut());
    }

    BatchSize(@Nullable Integer fixedRows, boolean uncut) {
        this.fixed = fixedRows != null || uncut;
        this.uncut = uncut;
        this.rows = uncut ? Integer.MAX_VALUE : fixedRows == null ? START : fixedRows;
    }

    int rows() {
        return rows;
    }

    boolean full(long rowsSoFar, long bytesSoFar) {
        return !uncut && (rowsSoFar >= rows || bytesSoFar >= MAX_BYTES);
    }

    void took(Duration time) {
        if (fixed) {
            return;
        }
        if (time.compareTo(TOO_SHORT) < 0) {
            rows = (int) Math.min(rows * 4L, MAX_ROWS);
        } else if (time.compareTo(TOO_LONG) > 0) {
            rows = Math.max(rows / 2, START);
        }
    }
}
