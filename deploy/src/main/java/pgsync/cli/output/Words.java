package pgsync.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import pgsync.sql.Quoted;

/** Numbers, times and texts as people read them, the same in every locale. */
final class Words {
    // PostgreSQL's ISO text in UTC: 2026-11-23 15:30:40.123456+00
    private static final Pattern STAMP =
            Pattern.compile("(\\d{4,}-\\d\\d-\\d\\d)(?:[ T](\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)?(\\+00(?::?00)?|Z)?)?");
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private Words() {}

    static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** {@code 1 row}, {@code 1,204 rows}. */
    static String count(long n, String one) {
        return number(n) + " " + (n == 1 ? one : one + "s");
    }

    /** {@code 512 bytes}, {@code 1.5 MB}, with powers of 1024 as PostgreSQL's own {@code pg_size_pretty} counts. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return count(bytes, "byte");
        }
        double amount = bytes;
        int unit = 0;
        while (amount >= 1023.95 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** {@code 0.4 s}, {@code 12.3 s}, {@code 4 min 5 s}, {@code 2 h 3 min}. */
    static String took(Duration d) {
        if (d.compareTo(Duration.ofMillis(59_950)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
        }
        var seconds = Math.round(d.toMillis() / 1000.0);
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return number(seconds / 3600) + " h " + seconds % 3600 / 60 + " min";
    }

    /** The clock's time to the second: {@code 2026-11-23T15:30:45Z}. */
    static String stamp(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A watermark in the form of {@link #stamp}; what has another form (infinity, BC) stays as it is. */
    static String watermark(String text) {
        var m = STAMP.matcher(text);
        if (!m.matches()) {
            return line(text);
        }
        if (m.group(2) == null) {
            return m.group(1);
        }
        return m.group(1) + "T" + m.group(2) + (m.group(3) == null ? "" : "Z");
    }

    /** Text that others wrote, on one line. */
    static String line(String text) {
        return Quoted.printable(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
