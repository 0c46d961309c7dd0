package pgsync.coordinator;

import java.time.Duration;
import pgsync.error.Trouble;

/** How often a run could not be looked after, in a row. Owned by the thread of the run. */
final class FailedLooks {
    /** Connecting alone is patient for half a minute each time. */
    static final int MOST = 6;
    /** A standby that replays catches up, sooner or later: so often it is looked at within three minutes. */
    static final int MOST_LAGS = (int) Duration.ofMinutes(3).dividedBy(RunDriver.AFTER_FAILURE);

    private int failures;
    private int lags;

    /** Counts this one. False for what is no reason to give the run up. */
    boolean tooMany(Trouble trouble) {
        if (trouble.then() != Trouble.Then.RETRY) {
            return true;
        }
        return trouble == Trouble.SOURCE_LAGS ? ++lags >= MOST_LAGS : ++failures >= MOST;
    }

    /** A server that lags says the same twice a second. */
    boolean isNews(Trouble trouble) {
        return trouble != Trouble.SOURCE_LAGS || lags == 1;
    }

    /** One look went well. */
    void forget() {
        failures = 0;
        lags = 0;
    }
}
