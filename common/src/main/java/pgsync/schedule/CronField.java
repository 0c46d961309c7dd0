package pgsync.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that one field of a cron line stands for.
 *
 * @param beginsWithStar whether it is {@code *} or a step over it, which decides how the two day fields combine
 */
record CronField(BitSet numbers, boolean beginsWithStar) {
    private static final Pattern PART = Pattern.compile("(\\*|[0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?(?:/([0-9]{1,4}))?");

    /** What a field may hold; names stand for the numbers from the least on. */
    enum Kind {
        MINUTE("minute", 0, 59),
        HOUR("hour", 0, 23),
        DAY("day of month", 1, 31),
        MONTH("month", 1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        /** 7 is Sunday too, so that a range may end with it. */
        WEEKDAY("day of week", 0, 7, "sun", "mon", "tue", "wed", "thu", "fri", "sat");

        private final String title;
        private final int least;
        private final int most;
        private final List<String> names;

        Kind(String title, int least, int most, String... names) {
            this.title = title;
            this.least = least;
            this.most = most;
            this.names = List.of(names);
        }

        /** A number or a name; empty names make every name unknown. */
        private int number(String text) {
            if (text.matches("[0-9]{1,4}")) {
                return Integer.parseInt(text);
            }
            var name = names.indexOf(text.toLowerCase(Locale.ROOT));
            return name < 0 ? -1 : name + least;
        }

        private IllegalArgumentException wrong(String part, String why) {
            return new IllegalArgumentException("%s \"%s\" %s".formatted(title, part, why));
        }
    }

    /** @throws IllegalArgumentException that names the field, the part and what is wrong with it */
    static CronField parse(Kind kind, String text) {
        var numbers = new BitSet();
        for (var part : text.split(",", -1)) {
            var m = PART.matcher(part);
            if (!m.matches()) {
                throw kind.wrong(part, "is no number, name, range or step");
            }
            add(numbers, kind, part, m.group(1), m.group(2), m.group(3));
        }
        return new CronField(numbers, text.startsWith("*"));
    }

    private static void add(
            BitSet numbers, Kind kind, String part, String first, @Nullable String last, @Nullable String step) {
        var isStar = first.equals("*");
        if (isStar && last != null) {
            throw kind.wrong(part, "is no range");
        }
        if (step != null && !isStar && last == null) {
            throw kind.wrong(part, "has a step over a single number");
        }
        var from = isStar ? kind.least : kind.number(first);
        var to = isStar ? kind.most : last == null ? from : end(kind, from, last);
        if (from < kind.least || to < kind.least || from > kind.most || to > kind.most) {
            throw kind.wrong(part, "is not %d to %d".formatted(kind.least, kind.most));
        }
        if (from > to) {
            throw kind.wrong(part, "runs backwards");
        }
        var width = step == null ? 1 : Integer.parseInt(step);
        if (width < 1) {
            throw kind.wrong(part, "steps by 0");
        }
        for (int number = from; number <= to; number += width) {
            numbers.set(kind == Kind.WEEKDAY ? number % 7 : number);
        }
    }

    /** {@code fri-sun} ends with the Sunday after Friday, not with the one before. */
    private static int end(Kind kind, int from, String last) {
        var to = kind.number(last);
        return kind == Kind.WEEKDAY && to == 0 && from > 0 && !last.equals("0") ? 7 : to;
    }

    boolean holds(int number) {
        return numbers.get(number);
    }
}
