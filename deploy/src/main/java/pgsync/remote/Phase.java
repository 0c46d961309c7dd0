package pgsync.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import pgsync.status.TableOfRun;
import pgsync.task.TableReport;

/** How far a table of a run is. */
sealed interface Phase {
    record Waiting() implements Phase {}

    record Running() implements Phase {}

    record Ended(TableReport report) implements Phase {}

    /** Throws {@link IllegalArgumentException} for a status that no node writes. */
    static Phase of(TableOfRun t) {
        return switch (t.status()) {
            case "waiting" -> new Waiting();
            case "running" -> new Running();
            case "done" -> ended(t, TableReport.Status.DONE);
            case "failed" -> ended(t, TableReport.Status.FAILED);
            case "guard" -> ended(t, TableReport.Status.GUARD);
            case "skipped" -> ended(t, TableReport.Status.SKIPPED);
            case "cancelled" -> ended(t, TableReport.Status.CANCELLED);
            default -> throw new IllegalArgumentException("no status of a table: " + t.status());
        };
    }

    private static Phase ended(TableOfRun t, TableReport.Status status) {
        return new Ended(new TableReport(
                t.table(),
                t.mode(),
                status,
                t.rowsUpserted(),
                t.rowsDeleted(),
                t.rowsUnchanged(),
                t.bytes(),
                t.watermarkFrom(),
                t.watermarkTo(),
                t.error(),
                t.remedy(),
                took(t.startTime(), t.endTime()),
                t.differences()));
    }

    private static Duration took(@Nullable String from, @Nullable String to) {
        try {
            return from == null || to == null
                    ? Duration.ZERO
                    : Duration.between(Instant.parse(from), Instant.parse(to));
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
