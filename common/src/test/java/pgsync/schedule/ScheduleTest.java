package pgsync.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    /** A Monday. */
    private static final Instant NOW = Instant.parse("2026-11-23T15:30:20Z");

    @Test
    void an_interval_counts_from_the_last_start() {
        assertThat(next("30s", "2026-11-23T15:30:10Z")).isEqualTo("2026-11-23T15:30:40Z");
        assertThat(next("1h30m", "2026-11-23T15:00:00Z")).isEqualTo("2026-11-23T16:30:00Z");
    }

    @Test
    void missed_ticks_are_one_and_due_at_once() {
        assertThat(next("30s", "2026-11-20T00:00:00Z")).isEqualTo(NOW);
        assertThat(next("*/5 * * * *", "2026-11-20T00:00:00Z")).isEqualTo(NOW);
    }

    @Test
    void after_missed_ticks_the_next_one_comes_at_its_usual_time() {
        assertThat(Schedule.parse("*/5 * * * *").next(NOW, NOW)).isEqualTo("2026-11-23T15:35:00Z");
        assertThat(Schedule.parse("30s").next(NOW, NOW)).isEqualTo("2026-11-23T15:30:50Z");
    }

    @Test
    void a_run_that_began_on_its_tick_is_not_due_again() {
        var tick = Instant.parse("2026-11-23T15:30:00Z");

        assertThat(Schedule.parse("*/5 * * * *").next(tick, tick)).isEqualTo("2026-11-23T15:35:00Z");
    }

    @Test
    void a_clock_that_was_put_back_stops_nothing() {
        assertThat(next("30s", "2027-11-23T00:00:00Z")).isEqualTo("2026-11-23T15:30:50Z");
        assertThat(next("0 * * * *", "2027-11-23T00:00:00Z")).isEqualTo("2026-11-23T16:00:00Z");
    }

    @Test
    void sunday_is_0_and_7_and_a_name() {
        for (var sunday : List.of("0", "7", "sun", "SUN")) {
            assertThat(days("30 4 * * " + sunday, 2))
                    .as(sunday)
                    .containsExactly(LocalDate.parse("2026-11-29"), LocalDate.parse("2026-12-06"));
        }
        assertThat(days("0 0 * * fri-sun", 4))
                .extracting(LocalDate::getDayOfWeek)
                .containsExactly(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.FRIDAY);
        assertThat(days("0 0 * * 5-7", 3))
                .extracting(LocalDate::getDayOfWeek)
                .containsExactly(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    }

    @Test
    void reads_names_lists_ranges_and_steps() {
        assertThat(ticks("0-40/20 9,17 * jan,Dec mon-tue", 4))
                .containsExactly(
                        Instant.parse("2026-12-01T09:00:00Z"),
                        Instant.parse("2026-12-01T09:20:00Z"),
                        Instant.parse("2026-12-01T09:40:00Z"),
                        Instant.parse("2026-12-01T17:00:00Z"));
    }

    @Test
    void two_restricted_day_fields_mean_either() {
        assertThat(days("0 0 1,15 * 5", 4))
                .containsExactly(
                        LocalDate.parse("2026-11-27"),
                        LocalDate.parse("2026-12-01"),
                        LocalDate.parse("2026-12-04"),
                        LocalDate.parse("2026-12-11"));
    }

    @Test
    void a_step_over_all_days_still_wants_the_day_of_the_week() {
        assertThat(days("0 0 */10 * 1", 2))
                .containsExactly(LocalDate.parse("2026-12-21"), LocalDate.parse("2027-01-11"));
    }

    @Test
    void the_29th_of_february_comes_in_leap_years() {
        assertThat(days("0 0 29 2 *", 2)).containsExactly(LocalDate.parse("2028-02-29"), LocalDate.parse("2032-02-29"));
        assertThat(days("0 0 29 2 */7", 2))
                .containsExactly(LocalDate.parse("2032-02-29"), LocalDate.parse("2060-02-29"));
    }

    @Test
    void cron_times_are_utc_wherever_the_node_stands() {
        var before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));

            // 02:30 does not exist there on 14 March 2027, and 01:30 comes twice on 7 November.
            var spring = Instant.parse("2027-03-13T12:00:00Z");
            var autumn = Instant.parse("2027-11-06T12:00:00Z");

            assertThat(Schedule.parse("30 2 * * *").next(spring, spring)).isEqualTo("2027-03-14T02:30:00Z");
            assertThat(Schedule.parse("30 1 * * *").next(autumn, autumn)).isEqualTo("2027-11-07T01:30:00Z");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void a_day_that_never_comes_is_an_error() {
        for (var never : List.of("0 0 31 2 *", "0 0 30 feb *", "0 0 31 4,6,9,11 *")) {
            assertThatThrownBy(() -> Schedule.parse(never)).as(never).hasMessage("a day that never comes");
        }
    }

    @Test
    void what_it_cannot_be_is_said() {
        refused("0s", "an interval of less than 1s");
        refused("999ms", "an interval of less than 1s");
        refused("", "neither an interval nor five cron fields");
        refused("soon", "neither an interval nor five cron fields");
        refused("* * * *", "neither an interval nor five cron fields");
        refused("0 * * * * *", "neither an interval nor five cron fields");
        refused("@daily", "neither an interval nor five cron fields");
        refused("61 * * * *", "minute \"61\" is not 0 to 59");
        refused("0 24 * * *", "hour \"24\" is not 0 to 23");
        refused("0 0 0 * *", "day of month \"0\" is not 1 to 31");
        refused("0 0 * 13 *", "month \"13\" is not 1 to 12");
        refused("0 0 * foo *", "month \"foo\" is not 1 to 12");
        refused("0 0 * * 1,8", "day of week \"8\" is not 0 to 7");
        refused("*/0 * * * *", "minute \"*/0\" steps by 0");
        refused("10/5 * * * *", "minute \"10/5\" has a step over a single number");
        refused("5-1 * * * *", "minute \"5-1\" runs backwards");
        refused("0 0 * * 5-0", "day of week \"5-0\" runs backwards");
        refused("*-5 * * * *", "minute \"*-5\" is no range");
        refused("1,, * * * *", "minute \"\" is no number, name, range or step");
        for (var text : List.of("0 0 L * *", "0 0 ? * *", "-1 * * * *", "99999999999 * * * *", "a b c d e")) {
            assertThatThrownBy(() -> Schedule.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void agrees_with_counting_days_and_minutes_one_by_one() {
        var chance = new Random(20261123);
        for (int i = 0; i < 300; i++) {
            var minute = field(chance, 0, 59);
            var hour = field(chance, 0, 23);
            var day = field(chance, 1, 28);
            var month = field(chance, 1, 12);
            var weekday = field(chance, 0, 7);
            var line = String.join(" ", minute, hour, day, month, weekday);
            var from = NOW.plusSeconds(chance.nextLong(3L * 365 * 24 * 3600));

            assertThat(Schedule.parse(line).next(from, from))
                    .as("%s after %s", line, from)
                    .isEqualTo(counted(minute, hour, day, month, weekday, from));
        }
    }

    private static String field(Random chance, int least, int most) {
        return switch (chance.nextInt(4)) {
            case 0 -> chance.nextBoolean() ? "*" : "*/" + chance.nextInt(1, most);
            case 1 -> "" + chance.nextInt(least, most + 1);
            case 2 -> chance.nextInt(least, most / 2) + "-" + chance.nextInt(most / 2, most + 1);
            default ->
                "%d-%d/%d,%d"
                        .formatted(
                                chance.nextInt(least, most / 2),
                                chance.nextInt(most / 2, most + 1),
                                chance.nextInt(1, 4),
                                chance.nextInt(least, most + 1));
        };
    }

    private static Instant counted(String minute, String hour, String day, String month, String weekday, Instant from) {
        var weekdays = numbers(weekday, 0, 7); // 0 and 7 are Sunday
        var either = !day.startsWith("*") && !weekday.startsWith("*");
        for (var date = from.atZone(ZoneOffset.UTC).toLocalDate(); ; date = date.plusDays(1)) {
            var fitsDay = numbers(day, 1, 31).get(date.getDayOfMonth());
            var isSunday = date.getDayOfWeek() == DayOfWeek.SUNDAY;
            var fitsWeekday = weekdays.get(date.getDayOfWeek().getValue()) || (isSunday && weekdays.get(0));
            if (numbers(month, 1, 12).get(date.getMonthValue())
                    && (either ? fitsDay || fitsWeekday : fitsDay && fitsWeekday)) {
                var start = date;
                var tick = numbers(hour, 0, 23).stream()
                        .boxed()
                        .flatMap(h -> numbers(minute, 0, 59).stream()
                                .mapToObj(m -> start.atTime(h, m).toInstant(ZoneOffset.UTC)))
                        .filter(from::isBefore)
                        .findFirst();
                if (tick.isPresent()) {
                    return tick.get();
                }
            }
        }
    }

    private static BitSet numbers(String field, int least, int most) {
        var numbers = new BitSet();
        for (var part : field.split(",")) {
            var stepped = part.split("/");
            var ends = stepped[0].split("-");
            var first = ends[0].equals("*") ? least : Integer.parseInt(ends[0]);
            var last = ends[0].equals("*") ? most : Integer.parseInt(ends[ends.length - 1]);
            var step = stepped.length == 1 ? 1 : Integer.parseInt(stepped[1]);
            IntStream.iterate(first, n -> n <= last, n -> n + step).forEach(numbers::set);
        }
        return numbers;
    }

    private static Instant next(String schedule, String last) {
        return Schedule.parse(schedule).next(Instant.parse(last), NOW);
    }

    private static List<Instant> ticks(String schedule, int number) {
        var ticks = new ArrayList<Instant>();
        var moment = NOW;
        for (int i = 0; i < number; i++) {
            moment = Schedule.parse(schedule).next(moment, moment);
            ticks.add(moment);
        }
        return ticks;
    }

    private static List<LocalDate> days(String schedule, int number) {
        return ticks(schedule, number).stream()
                .map(each -> each.atZone(ZoneOffset.UTC).toLocalDate())
                .toList();
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
