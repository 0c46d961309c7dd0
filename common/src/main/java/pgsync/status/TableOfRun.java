package pgsync.status;

import org.jspecify.annotations.Nullable;
import pgsync.task.TableDifferences;
import pgsync.task.TableName;

/**
 * A table in one run. Moments are ISO 8601 in UTC.
 *
 * @param status {@code waiting}, {@code running}, {@code done}, {@code failed}, {@code guard}, {@code skipped}, {@code cancelled}
 * @param differences what a verification found, null where nothing was verified
 * @param tasks how many it was cut into, null where they have been forgotten
 */
public record TableOfRun(
        TableName table,
        String mode,
        String status,
        @Nullable String startTime,
        @Nullable String endTime,
        long rowsUpserted,
        long rowsDeleted,
        long rowsUnchanged,
        long bytes,
        @Nullable Integer tasks,
        @Nullable Integer tasksDone,
        @Nullable String watermarkFrom,
        @Nullable String watermarkTo,
        @Nullable String error,
        @Nullable String remedy,
        @Nullable TableDifferences differences) {}
