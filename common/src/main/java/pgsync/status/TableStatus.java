package pgsync.status;

import org.jspecify.annotations.Nullable;
import pgsync.task.RunId;
import pgsync.task.TableName;

/**
 * What is known of a table across runs. Moments are ISO 8601 in UTC.
 *
 * @param state {@code running} while a run holds it, {@code failed}, {@code done}, {@code new} before its first success,
 *     {@code skipped} when no run ever took it
 * @param watermark up to where the source was read, by the source's clock; null for tables without a timestamp column
 * @param lagSeconds age of the watermark, or of the last success where there is no watermark; null before the first success
 * @param currentRun the run that holds it now
 */
public record TableStatus(
        TableName table,
        String state,
        @Nullable String mode,
        @Nullable String watermarkColumn,
        @Nullable String watermark,
        @Nullable Double lagSeconds,
        @Nullable String lastSuccess,
        @Nullable String lastVerified,
        @Nullable String lastError,
        @Nullable RunId currentRun,
        @Nullable LastRun lastRun) {

    /** Its newest line in {@code pgsync.sync_log}. */
    public record LastRun(
            RunId runId,
            String status,
            String startTime,
            String endTime,
            long rowsUpserted,
            long rowsDeleted,
            long rowsUnchanged,
            long bytes,
            @Nullable String error,
            @Nullable String remedy) {}
}
