package pgsync.schedule;

import java.time.Instant;
import pgsync.time.Durations;

/**
 * When a coordinator starts runs: each so often, or by a cron line in UTC.
 *
 * <p>It knows nothing of runs. That never two go on at once is the caller's business: it asks again when one has ended, and all
 * ticks that came meanwhile are one.
 */
public sealed interface Schedule permits Interval, Cron {
    /**
     * Reads {@code 30s} or the five fields of cron: minute, hour, day of month, month, day of week.
     *
     * @throws IllegalArgumentException when it is neither, is an interval of less than a second, or names a day that never
     *     comes, such as 31 February; the message says which, in words for the person who wrote it
     */
    static Schedule parse(String text) {
        var stripped = text.strip();
        var interval = Durations.parse(stripped);
        return interval.isPresent() ? new Interval(interval.get()) : Cron.parse(stripped);
    }

    /**
     * When the next run is due: {@code now} when a tick was missed, however many they are, and a later moment otherwise.
     *
     * @param last when the last run started by this schedule began; for the first one, the moment from which on to count.
     *     A moment after {@code now}, from a clock that was put back, counts as {@code now}.
     */
    default Instant next(Instant last, Instant now) {
        var tick = tickAfter(last.isAfter(now) ? now : last);
        return tick.isAfter(now) ? tick : now;
    }

    /** The first tick after a moment, never that moment itself. */
    Instant tickAfter(Instant moment);

    /** Whether the very first run need not wait for a tick: who says "every hour" does not want to wait for an hour. */
    boolean beginsAtOnce();
}
