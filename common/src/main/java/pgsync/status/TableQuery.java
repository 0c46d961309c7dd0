package pgsync.status;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which tables, in which order. Ties go by name.
 *
 * @param filter part of {@code schema.table} in any case, null for all
 * @param state as in {@link TableStatus}, null for all
 */
public record TableQuery(
        @Nullable String filter, @Nullable State state, Sort sort, boolean descending, int limit, int offset) {
    public TableQuery {
        if (limit < 1 || limit > Status.MAX_PAGE || offset < 0) {
            throw new IllegalArgumentException("limit %d, offset %d".formatted(limit, offset));
        }
    }

    /** What a page is ordered by; tables without the value come last. */
    public enum Sort {
        NAME,
        LAG,
        WATERMARK,
        SUCCESS,
        STATE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The values of {@link TableStatus#state}. */
    public enum State {
        RUNNING,
        FAILED,
        DONE,
        NEW,
        SKIPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
