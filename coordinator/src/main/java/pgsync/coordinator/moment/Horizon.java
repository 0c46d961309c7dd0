package pgsync.coordinator.moment;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** From when on a later run must read again. */
public sealed interface Horizon {
    /**
     * Every transaction that the run's snapshot does not see began at or after {@code at}, by the source's clock.
     *
     * @param doubt why it rests on the overlap and not on what PostgreSQL shows, null when it is exact
     */
    record Known(OffsetDateTime at, @Nullable Doubt doubt) implements Horizon {}

    /** Something that a server does not show, and what would help. */
    record Doubt(String warning, String remedy) {}

    /** No such time can be told, so watermarks stay where they are. */
    record Unknown(String reason, String remedy) implements Horizon {}
}
