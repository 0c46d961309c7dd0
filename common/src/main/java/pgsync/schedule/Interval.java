package pgsync.schedule;

import java.time.Duration;
import java.time.Instant;

/** So long from the start of one run to the start of the next. */
record Interval(Duration length) implements Schedule {
    private static final Duration LEAST = Duration.ofSeconds(1);

    Interval {
        if (length.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("an interval of less than 1s");
        }
    }

    @Override
    public Instant tickAfter(Instant moment) {
        return moment.plus(length);
    }

    @Override
    public boolean beginsAtOnce() {
        return true;
    }
}
