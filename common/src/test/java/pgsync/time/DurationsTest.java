package pgsync.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void reads_every_unit_alone_and_together() {
        assertThat(Durations.parse("500ms")).contains(Duration.ofMillis(500));
        assertThat(Durations.parse("30s")).contains(Duration.ofSeconds(30));
        assertThat(Durations.parse("10m")).contains(Duration.ofMinutes(10));
        assertThat(Durations.parse("1h30m")).contains(Duration.ofMinutes(90));
        assertThat(Durations.parse("2d")).contains(Duration.ofDays(2));
        assertThat(Durations.parse("1d2h3m4s5ms")).contains(Duration.parse("P1DT2H3M4.005S"));
        assertThat(Durations.parse("0s")).contains(Duration.ZERO);
    }

    @Test
    void a_number_without_unit_or_units_out_of_order_are_no_duration() {
        assertThat(Durations.parse("600")).isEmpty();
        assertThat(Durations.parse("")).isEmpty();
        assertThat(Durations.parse("10s5m")).isEmpty();
        assertThat(Durations.parse("-10m")).isEmpty();
        assertThat(Durations.parse("10 m")).isEmpty();
        assertThat(Durations.parse("99999999999999999999s")).isEmpty();
    }

    @Test
    void what_it_writes_it_reads_back() {
        for (var text : new String[] {"500ms", "30s", "10m", "1h30m", "2d", "1d2h3m4s5ms", "0s"}) {
            assertThat(Durations.parse(text).map(Durations::text)).contains(text);
        }
    }
}
