package pgsync.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pgsync.error.Trouble;

/** For how long a run is not given up. */
class FailedLooksTest {
    private final FailedLooks looks = new FailedLooks();

    private void fail(Trouble trouble, int times) {
        for (var i = 0; i < times; i++) {
            assertThat(looks.tooMany(trouble)).as("%s, time %d", trouble, i).isFalse();
        }
    }

    @Test
    void what_no_repetition_mends_ends_the_run_at_once() {
        assertThat(looks.tooMany(Trouble.NOT_ALLOWED)).isTrue();
    }

    @Test
    void a_server_that_lags_is_waited_for_longer_than_one_that_is_away_and_neither_for_ever() {
        fail(Trouble.SOURCE_LAGS, FailedLooks.MOST_LAGS - 1);
        fail(Trouble.UNREACHABLE, FailedLooks.MOST - 1);

        assertThat(looks.tooMany(Trouble.UNREACHABLE)).isTrue();
        assertThat(looks.tooMany(Trouble.SOURCE_LAGS)).isTrue();
        assertThat(FailedLooks.MOST_LAGS).isEqualTo(360);
    }

    @Test
    void one_look_that_goes_well_begins_the_count_anew() {
        fail(Trouble.SOURCE_LAGS, FailedLooks.MOST_LAGS - 1);
        fail(Trouble.UNREACHABLE, FailedLooks.MOST - 1);

        looks.forget();

        fail(Trouble.SOURCE_LAGS, FailedLooks.MOST_LAGS - 1);
        fail(Trouble.UNREACHABLE, FailedLooks.MOST - 1);
    }

    @Test
    void that_a_server_lags_is_told_once() {
        fail(Trouble.SOURCE_LAGS, 1);
        assertThat(looks.isNews(Trouble.SOURCE_LAGS)).isTrue();
        fail(Trouble.SOURCE_LAGS, 1);
        assertThat(looks.isNews(Trouble.SOURCE_LAGS)).isFalse();
        fail(Trouble.UNREACHABLE, 2);
        assertThat(looks.isNews(Trouble.UNREACHABLE)).isTrue();
    }
}
