package pgsync.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one table in one run; the same facts as its line in {@code pgsync.sync_log}. Counts are rows, {@code bytes} are
 * COPY bytes read from the source. Watermarks are PostgreSQL's ISO text in UTC, null where the table has none.
 */
public record TableReport(
        TableName table,
        String mode,
        Status status,
        long rowsUpserted,
        long rowsDeleted,
        long rowsUnchanged,
        long bytes,
        @Nullable String watermarkFrom,
        @Nullable String watermarkTo,
        @Nullable String error,
        @Nullable String remedy,
        Duration took) {

    /** The values of {@code sync_log.status}, and GUARD for a table that the delete guard stopped (a failure of its own exit code). */
    public enum Status {
        DONE,
        FAILED,
        SKIPPED,
        CANCELLED,
        GUARD
    }
}
