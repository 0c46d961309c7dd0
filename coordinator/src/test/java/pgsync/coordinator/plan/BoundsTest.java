package pgsync.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:30:00.123456+00:00, timestamptz, , 2026-10-25 00:30:00.123456+00",
        "2026-10-25T02:30:00+02:00, timestamptz, Europe/Berlin, 2026-10-25 00:30:00.000000+00",
        // Nobody says whose clock: the earliest on earth.
        "2026-10-25T00:30:00+00:00, timestamp, , 2026-10-24 12:30:00.000000",
        "2026-10-25T11:59:00+00:00, date, , 2026-10-24",
        "2026-10-25T00:30:00+00:00, timestamp, UTC, 2026-10-25 00:30:00.000000",
        // Half past midnight there, less an hour.
        "2026-06-01T22:30:00+00:00, date, Europe/Berlin, 2026-06-01",
    })
    void a_bound_lies_on_the_safe_side(OffsetDateTime horizon, String type, String zone, String bound) {
        assertThat(Bounds.of(horizon, type, zone)).isEqualTo(bound);
    }

    /** Summer time ends at 01:00 UTC: what is written then says 02:00 again, which was said an hour before. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:59:00+00:00, Europe/Berlin",
        "2026-10-25T00:01:00+00:00, Europe/Berlin",
        "2026-11-01T05:59:00+00:00, America/New_York",
        "2026-04-04T14:59:00+00:00, Australia/Lord_Howe",
    })
    void no_wall_clock_reading_after_the_horizon_lies_before_the_bound_though_an_hour_comes_twice(
            OffsetDateTime horizon, String zone) {
        var text = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
        var bound = LocalDateTime.parse(Bounds.of(horizon, "timestamp", zone), text);

        for (var minutes = 0; minutes < 180; minutes++) {
            var written = horizon.plusMinutes(minutes)
                    .atZoneSameInstant(ZoneId.of(zone))
                    .toLocalDateTime();
            assertThat(written).isAfterOrEqualTo(bound);
        }
    }
}
