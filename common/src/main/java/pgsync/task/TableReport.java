package pgsync.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one table in one run; the same facts as its line in {@code pgsync.sync_log}. Counts are rows, {@code bytes} are
 * COPY bytes read from the source. Watermarks are PostgreSQL's ISO text in UTC, null where the table has none.
 *
 * @param differences what a verification found; null when nothing was verified
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
        Duration took,
        @Nullable TableDifferences differences) {
    /** Of a table that was synchronized, or was to be. */
    public TableReport(
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
        this(
                table,
                mode,
                status,
                rowsUpserted,
                rowsDeleted,
                rowsUnchanged,
                bytes,
                watermarkFrom,
                watermarkTo,
                error,
                remedy,
                took,
                null);
    }

    /** The same without what names single rows. */
    public TableReport withoutExamples() {
        return differences == null
                ? this
                : new TableReport(
                        table,
                        mode,
                        status,
                        rowsUpserted,
                        rowsDeleted,
                        rowsUnchanged,
                        bytes,
                        watermarkFrom,
                        watermarkTo,
                        error,
                        remedy,
                        took,
                        differences.withoutExamples());
    }

    /** A table whose rows were compared. */
    public static TableReport verified(TableName table, TableDifferences differences, Duration took) {
        return new TableReport(table, VERIFY, Status.DONE, 0, 0, 0, 0, null, null, null, null, took, differences);
    }

    /** A table whose rows could not be compared: {@code FAILED}, {@code SKIPPED} or {@code CANCELLED}. */
    public static TableReport unverified(
            TableName table, Status status, @Nullable String error, @Nullable String remedy, Duration took) {
        return new TableReport(table, VERIFY, status, 0, 0, 0, 0, null, null, error, remedy, took);
    }

    /** The mode of a verification. */
    public static final String VERIFY = "verify";

    /** The values of {@code sync_log.status}, and GUARD for a table that the delete guard stopped (a failure of its own exit code). */
    public enum Status {
        DONE,
        FAILED,
        SKIPPED,
        CANCELLED,
        GUARD
    }
}
