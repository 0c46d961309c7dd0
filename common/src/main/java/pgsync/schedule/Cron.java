package pgsync.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The five fields of cron. Times are UTC, which knows no hour that comes twice or not at all.
 *
 * <p>As in Vixie's cron: when neither day field begins with a star, a day has to fit one of them, otherwise both.
 */
record Cron(CronField minute, CronField hour, CronField day, CronField month, CronField weekday) implements Schedule {
    private static final int FIELDS = 5;

    /** 29 February comes on a given day of the week every 28 years, or after 40 across a year like 2100; no day is rarer. */
    private static final int YEARS_BETWEEN = 40;

    private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

    Cron {
        if (dayFrom(SOME_DAY, day, month, weekday).isEmpty()) {
            throw new IllegalArgumentException("a day that never comes");
        }
    }

    static Cron parse(String text) {
        var fields = text.split("\\s+", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("neither an interval nor five cron fields");
        }
        return new Cron(
                CronField.parse(CronField.Kind.MINUTE, fields[0]),
                CronField.parse(CronField.Kind.HOUR, fields[1]),
                CronField.parse(CronField.Kind.DAY, fields[2]),
                CronField.parse(CronField.Kind.MONTH, fields[3]),
                CronField.parse(CronField.Kind.WEEKDAY, fields[4]));
    }

    @Override
    public Instant tickAfter(Instant moment) {
        var utc = moment.atOffset(ZoneOffset.UTC);
        var today = utc.toLocalDate();
        if (dayFrom(today, day, month, weekday).filter(today::equals).isPresent()) {
            var later = minuteOfDayFrom(utc.getHour() * 60 + utc.getMinute() + 1);
            if (later >= 0) {
                return tick(today, later);
            }
        }
        var next = dayFrom(today.plusDays(1), day, month, weekday);
        return tick(next.orElseThrow(), minuteOfDayFrom(0));
    }

    /** Of a day that fits; -1 when the rest of it has no tick. */
    private int minuteOfDayFrom(int first) {
        for (int minuteOfDay = first; minuteOfDay < 24 * 60; minuteOfDay++) {
            if (hour.holds(minuteOfDay / 60) && minute.holds(minuteOfDay % 60)) {
                return minuteOfDay;
            }
        }
        return -1;
    }

    private static Instant tick(LocalDate date, int minuteOfDay) {
        return date.atStartOfDay().plusMinutes(minuteOfDay).toInstant(ZoneOffset.UTC);
    }

    /** The first day that fits, that one included; empty when none ever does. */
    private static Optional<LocalDate> dayFrom(LocalDate first, CronField day, CronField month, CronField weekday) {
        var both = day.beginsWithStar() || weekday.beginsWithStar();
        return first.datesUntil(first.plusYears(YEARS_BETWEEN).plusDays(1))
                .filter(date -> month.holds(date.getMonthValue()))
                .filter(date -> {
                    var fitsDay = day.holds(date.getDayOfMonth());
                    var fitsWeekday = weekday.holds(date.getDayOfWeek().getValue() % 7);
                    return both ? fitsDay && fitsWeekday : fitsDay || fitsWeekday;
                })
                .findFirst();
    }

    @Override
    public boolean beginsAtOnce() {
        return false;
    }
}
