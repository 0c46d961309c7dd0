package pgsync.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.config.Settings;

/** Reads {@code pgsync.sync_log} of the target. */
@FunctionalInterface
public interface History {
    /** Connects, reads and disconnects. Throws {@link pgsync.error.StepFailed} when the target cannot be reached. */
    Answer read(Settings settings, Query query);

    /**
     * Which lines.
     *
     * @param limit at most so many, the newest first
     * @param table only of this table, {@code schema.table} or a table name alone; null for every table
     */
    record Query(int limit, @Nullable String table) {}

    sealed interface Answer {
        /** The target has no schema {@code pgsync} or no {@code sync_log} yet: nothing was ever synchronized into it. */
        record NeverUsed() implements Answer {}

        /** Newest first; empty when nothing fits the query. */
        record Lines(List<Line> lines) implements Answer {
            public Lines {
                lines = List.copyOf(lines);
            }
        }
    }

    /** One row of {@code pgsync.sync_log}, its times as PostgreSQL's ISO text in UTC; null where the column is null. */
    record Line(
            String runId,
            String schema,
            String table,
            String mode,
            String startTime,
            @Nullable String endTime,
            @Nullable Duration took,
            String status,
            long rowsUpserted,
            long rowsDeleted,
            long rowsUnchanged,
            long bytes,
            @Nullable String watermarkFrom,
            @Nullable String watermarkTo,
            @Nullable String error) {}
}
