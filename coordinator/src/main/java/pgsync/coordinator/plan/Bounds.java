package pgsync.coordinator.plan;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a horizon into a bound in the type of a timestamp column, on the safe side. A {@code timestamp} or {@code date} holds a
 * wall clock reading, and nobody says of which zone: an application that writes UTC into a server set to Berlin is two hours
 * behind the server's own reading. So without a {@code timestampZone} the bound is the earliest reading on earth, UTC-12; with
 * one it goes an hour further back, because a wall clock repeats an hour when summer time ends.
 */
final class Bounds {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final ZoneOffset EARLIEST_ON_EARTH = ZoneOffset.ofHours(-12);

    private static final Pattern USUAL =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(\\+00)?)?");

    private Bounds() {}

    /** PostgreSQL text; {@code type} is timestamptz, timestamp or date. */
    static String of(OffsetDateTime horizon, String type, @Nullable String zone) {
        return switch (type) {
            case "timestamptz" -> LOCAL.format(horizon.withOffsetSameInstant(ZoneOffset.UTC)) + "+00";
            case "timestamp" -> LOCAL.format(wallClock(horizon, zone));
            case "date" -> wallClock(horizon, zone).toLocalDate().toString();
            default -> throw new IllegalArgumentException("not a type of timestamp columns: " + type);
        };
    }

    /**
     * Whether a stamp, as a server in UTC prints one of the bound's type, lies after the bound; so does whatever is no usual stamp. Digits that
     * a server leaves out are zeros, and the text without them comes first.
     */
    static boolean isAfter(String stamp, String bound) {
        return !USUAL.matcher(stamp).matches() || stamp.replace("+00", "").compareTo(bound.replace("+00", "")) > 0;
    }

    private static LocalDateTime wallClock(OffsetDateTime horizon, @Nullable String zone) {
        if (zone == null) {
            return horizon.withOffsetSameInstant(EARLIEST_ON_EARTH).toLocalDateTime();
        }
        var id = ZoneId.of(zone);
        var local = horizon.atZoneSameInstant(id).toLocalDateTime();
        return id.getRules().isFixedOffset() ? local : local.minusHours(1);
    }
}
