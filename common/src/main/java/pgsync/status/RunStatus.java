package pgsync.status;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.task.NodeId;
import pgsync.task.RunId;

/**
 * A run as it stands. Moments are ISO 8601 in UTC.
 *
 * @param state {@code planning}, {@code running}, {@code done}, {@code failed}, {@code cancelled}
 * @param coordinator who drives it, null when nobody has begun it
 * @param tasks how many were published, null while it is planned
 * @param rowsEstimated by the planner, before the first row was read
 * @param differences rows that a verification found to differ; null for other runs, and before it has ended
 * @param notes what a person should know of it and what it left out, in the order in which it was found
 * @param counts what it did so far
 * @param pace how fast, and how far it is
 */
public record RunStatus(
        RunId id,
        String mode,
        String state,
        boolean dryRun,
        String requestedBy,
        @Nullable String cluster,
        @Nullable NodeId coordinator,
        boolean cancelRequested,
        String startedAt,
        @Nullable String finishedAt,
        @Nullable String snapshot,
        @Nullable String horizon,
        @Nullable Integer tasks,
        @Nullable Long rowsEstimated,
        @Nullable Integer exitCode,
        @Nullable String error,
        @Nullable String remedy,
        @Nullable Long differences,
        List<RunNote> notes,
        RunCounts counts,
        Pace pace) {
    public RunStatus {
        notes = List.copyOf(notes);
    }

    /** Nothing about it will change any more. */
    public boolean ended() {
        return switch (state) {
            case "done", "failed", "cancelled" -> true;
            default -> false;
        };
    }

    /**
     * How far a run is.
     *
     * @param tables of the plan with those it skipped, null while it is planned
     * @param tablesGuarded stopped by the delete guard, not among the failed ones
     * @param bytes COPY bytes read from the source
     */
    public record RunCounts(
            @Nullable Integer tables,
            int tablesDone,
            int tablesFailed,
            int tablesGuarded,
            int tablesSkipped,
            int tablesCancelled,
            int tablesOpen,
            long rowsUpserted,
            long rowsDeleted,
            long rowsUnchanged,
            long bytes) {}

    /**
     * Averages since the run began.
     *
     * @param progress 0 to 1, by the planned cost of the tasks that have ended; null while it is planned
     * @param etaSeconds null when it cannot be told yet, or the run has ended
     */
    public record Pace(
            double seconds,
            double rowsPerSecond,
            double bytesPerSecond,
            @Nullable Double progress,
            @Nullable Long etaSeconds) {}
}
