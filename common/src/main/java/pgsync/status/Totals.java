package pgsync.status;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pgsync.task.TableName;

/**
 * Figures of the whole target, for monitoring.
 *
 * @param endedRuns how many runs ended, by state; only grows, since forgotten ones are counted too
 * @param secondsOfRuns sum of their durations
 * @param differences that the last verification found, null before the first
 * @param tasks of runs that are open, by status in lower case
 */
public record Totals(
        Map<String, Long> endedRuns,
        double secondsOfRuns,
        @Nullable Long differences,
        Map<String, Long> tasks,
        List<Success> successes) {
    public Totals {
        endedRuns = Map.copyOf(endedRuns);
        tasks = Map.copyOf(tasks);
        successes = List.copyOf(successes);
    }

    /** When a table last ended well, in seconds since 1970. */
    public record Success(TableName table, double epochSeconds) {}
}
