package pgsync.coordinator.discover;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pgsync.table.Column;

/**
 * Which type a column may have on the target so that every value arrives as it was, or PostgreSQL says so loudly: never rounded,
 * never cut. A short list on purpose; whatever is not on it is refused.
 */
final class Conversion {
    private Conversion() {}

    /** Wider types by base type, besides the type itself. */
    private static final Map<String, Set<String>> WIDER = Map.ofEntries(
            Map.entry("int2", Set.of("int4", "int8", "numeric")),
            Map.entry("int4", Set.of("int8", "numeric")),
            Map.entry("int8", Set.of("numeric")),
            Map.entry("varchar", Set.of("text", "bpchar")),
            Map.entry("bpchar", Set.of("text", "varchar")),
            Map.entry("text", Set.of("varchar", "bpchar")),
            Map.entry("date", Set.of("timestamp", "timestamptz")),
            Map.entry("timestamp", Set.of("timestamptz")),
            Map.entry("timestamptz", Set.of("timestamp")),
            Map.entry("json", Set.of("jsonb")),
            Map.entry("jsonb", Set.of("json")));

    /** Too long a value of these is an error, so any length will do; only blanks at the end are cut (manual, 8.3). */
    private static final Set<String> LENGTH_IS_CHECKED = Set.of("varchar", "bpchar", "text");

    private static final Pattern MODIFIERS = Pattern.compile("\\(([0-9, -]+)\\)");

    /** Categories whose text form is plain ASCII: boolean, date and time, geometry, network, numbers, intervals, bit strings. */
    private static final String PLAIN_CATEGORIES = "BDGINTV";

    private static final Set<String> PLAIN_TYPES =
            Set.of("uuid", "bytea", "xid", "tid", "pg_lsn", "macaddr", "macaddr8");

    static boolean keepsValues(Column source, Column target) {
        if (source.type().equals(target.type())) {
            return true;
        }
        var from = source.baseTypeName();
        var to = target.baseTypeName();
        // Types of the same name are the same type; those that people made may live in another schema.
        var isSame = from.equals(to) && source.kind() == target.kind() && source.category() == target.category();
        var isWider = WIDER.getOrDefault(from, Set.of()).contains(to);
        return (isSame || isWider) && (LENGTH_IS_CHECKED.contains(to) || hasRoomFor(source, target));
    }

    /** Precision and scale: a smaller one rounds without a word. A target without modifiers takes everything. */
    private static boolean hasRoomFor(Column source, Column target) {
        var room = modifiers(target.type());
        if (room.isEmpty()) {
            return true;
        }
        return switch (source.baseTypeName()) {
            case "int2", "int4", "int8", "date" -> true;
            case "numeric" -> numericHasRoom(modifiers(source.type()), room);
            // Fractions of a second: six digits where none are given.
            case "timestamp", "timestamptz", "time", "timetz" ->
                modifiers(source.type()).stream().findFirst().orElse(6) <= room.getFirst();
            default -> false;
        };
    }

    private static boolean numericHasRoom(List<Integer> needed, List<Integer> room) {
        return needed.size() == 2
                && room.size() == 2
                && needed.get(1) <= room.get(1)
                && needed.get(0) - needed.get(1) <= room.get(0) - room.get(1);
    }

    /** {@code numeric(10,2)} gives 10 and 2. A domain prints none, whatever its base type has. */
    private static List<Integer> modifiers(String type) {
        var matcher = MODIFIERS.matcher(type);
        return matcher.find()
                ? Stream.of(matcher.group(1).split(","))
                        .map(String::strip)
                        .map(Integer::valueOf)
                        .toList()
                : List.of();
    }

    static boolean mayHoldText(Column column) {
        return PLAIN_CATEGORIES.indexOf(column.category()) < 0 && !PLAIN_TYPES.contains(column.baseTypeName());
    }
}
