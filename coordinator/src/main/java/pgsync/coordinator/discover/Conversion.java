package pgsync.coordinator.discover;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pgsync.table.Column;
import pgsync.table.ValueType;
import pgsync.table.ValueType.Array;
import pgsync.table.ValueType.Composite;
import pgsync.table.ValueType.Enumeration;
import pgsync.table.ValueType.Multirange;
import pgsync.table.ValueType.Plain;
import pgsync.table.ValueType.Range;

/**
 * Which type a column may have on the target so that every value arrives as it was, or PostgreSQL says so loudly: never rounded,
 * never cut. A short list on purpose; whatever is not on it is refused.
 */
final class Conversion {
    private Conversion() {}

    /** Wider types by type, besides the type itself. */
    private static final Map<String, Set<String>> WIDER = Map.ofEntries(
            Map.entry("int2", Set.of("int4", "int8", "numeric")),
            Map.entry("int4", Set.of("int8", "numeric")),
            Map.entry("int8", Set.of("numeric")),
            Map.entry("varchar", Set.of("text")),
            Map.entry("bpchar", Set.of("text", "varchar")),
            Map.entry("text", Set.of("varchar")),
            Map.entry("date", Set.of("timestamp", "timestamptz")),
            Map.entry("timestamp", Set.of("timestamptz")),
            Map.entry("timestamptz", Set.of("timestamp")),
            Map.entry("json", Set.of("jsonb")),
            Map.entry("jsonb", Set.of("json")));

    private static final List<Set<String>> ALIKE = List.of(Set.of("int2", "int4", "int8"), Set.of("text", "varchar"));

    private static final Pattern MODIFIERS = Pattern.compile("\\(([0-9, -]+)\\)");

    /** Categories whose text form is plain ASCII: boolean, date and time, geometry, network, numbers, intervals, bit strings. */
    private static final String PLAIN_CATEGORIES = "BDGINTV";

    private static final Set<String> PLAIN_TYPES =
            Set.of("uuid", "bytea", "xid", "tid", "pg_lsn", "macaddr", "macaddr8");

    /** What is ordered by a collation, and jsonb, whose strings are by the database's own (jsonb_util.c, compareJsonbScalarValue). */
    private static final Set<String> TEXTS =
            Set.of("text", "varchar", "bpchar", "jsonb", "_text", "_varchar", "_bpchar", "_jsonb");

    private static final Set<String> NEVER_READ = Set.of(
            "pg_node_tree",
            "pg_ndistinct",
            "pg_dependencies",
            "pg_mcv_list",
            "pg_brin_bloom_summary",
            "pg_brin_minmax_multi_summary");

    static boolean keepsValues(ValueType source, ValueType target) {
        return switch (source) {
            case Plain from -> target instanceof Plain to && keepsValues(from, to);
            case Enumeration from ->
                target instanceof Enumeration to && to.labels().containsAll(from.labels());
            case Composite from -> target instanceof Composite to && isSame(from, to);
            case Array(var from) -> target instanceof Array(var to) && isSame(from, to);
            case Range(var from, var order) ->
                target instanceof Range(var to, var other) && order.equals(other) && isSame(from, to);
            case Multirange(var from) -> target instanceof Multirange(var to) && isSame(from, to);
        };
    }

    /** Inside other types nothing converts, but an enum may have more labels and a type stand in another schema. */
    private static boolean isSame(ValueType source, ValueType target) {
        return switch (source) {
            case Plain from ->
                target instanceof Plain to
                        && from.builtIn() == to.builtIn()
                        && (from.builtIn() ? from.type().equals(to.type()) : isSameOfExtension(from, to));
            case Composite from -> target instanceof Composite to && isSame(from, to);
            case Enumeration from -> keepsValues(from, target);
            case Array from -> keepsValues(from, target);
            case Range from -> keepsValues(from, target);
            case Multirange from -> keepsValues(from, target);
        };
    }

    /** Fields are told apart by their place: in another order values would change places. */
    private static boolean isSame(Composite source, Composite target) {
        var names = source.fields().stream().map(ValueType.Field::name).toList();
        return names.equals(target.fields().stream().map(ValueType.Field::name).toList())
                && IntStream.range(0, names.size())
                        .allMatch(i -> isSame(
                                source.fields().get(i).type(),
                                target.fields().get(i).type()));
    }

    private static boolean isSameOfExtension(Plain source, Plain target) {
        return source.name().equals(target.name())
                && source.category() == target.category()
                && (source.type().equals(target.type())
                        || modifiers(source.type()).equals(modifiers(target.type())));
    }

    private static boolean keepsValues(Plain source, Plain target) {
        if (source.builtIn() != target.builtIn()) {
            return false;
        }
        if (!source.builtIn()) {
            return isSameOfExtension(source, target);
        }
        var isWider = WIDER.getOrDefault(source.name(), Set.of()).contains(target.name());
        return source.type().equals(target.type())
                || ((isWider || source.name().equals(target.name())) && hasRoomFor(source, target));
    }

    /** Precision and scale: a smaller one rounds without a word. A target without modifiers takes everything. */
    private static boolean hasRoomFor(Plain source, Plain target) {
        if (target.name().equals("interval")) {
            // Fields stand in words: interval day to minute.
            return target.type().equals("interval");
        }
        var room = modifiers(target.type());
        if (room.isEmpty()) {
            return true;
        }
        var needed = modifiers(source.type());
        return switch (source.name()) {
            case "int2", "int4", "int8" -> integerHasRoom(room);
            case "date" -> true;
            case "numeric" -> numericHasRoom(needed, room);
            // Fractions of a second: six digits where none are given.
            case "timestamp", "timestamptz", "time", "timetz" ->
                needed.stream().findFirst().orElse(6) <= room.getFirst();
            // Too long a value is an error, but blanks at its end are cut without one (manual, 8.3).
            case "text", "varchar", "bpchar", "varbit" -> !needed.isEmpty() && needed.getFirst() <= room.getFirst();
            default -> false;
        };
    }

    /** Too large a number is an error; digits before the point that are rounded away are not. */
    private static boolean integerHasRoom(List<Integer> room) {
        return room.size() < 2 || room.get(1) >= 0;
    }

    private static boolean numericHasRoom(List<Integer> needed, List<Integer> room) {
        return needed.size() == 2
                && room.size() == 2
                && needed.get(1) <= room.get(1)
                && needed.get(0) - needed.get(1) <= room.get(0) - room.get(1);
    }

    /** {@code numeric(10,2)} gives 10 and 2. */
    private static List<Integer> modifiers(String type) {
        var matcher = MODIFIERS.matcher(type);
        return matcher.find()
                ? Stream.of(matcher.group(1).split(","))
                        .map(String::strip)
                        .map(Integer::valueOf)
                        .toList()
                : List.of();
    }

    /**
     * Whether an expression that reads such a column gives the same of the same values. Integers divide as integers whatever their width,
     * and a limit to a text's length is no part of it; but blanks count or do not with {@code char(n)}, a text in a condition is read as
     * the column's type, and enums compare in the order of their labels.
     */
    static boolean meansTheSame(ValueType source, ValueType target) {
        return switch (source) {
            case Plain from ->
                target instanceof Plain to
                        && from.builtIn() == to.builtIn()
                        && (from.builtIn()
                                ? from.type().equals(to.type())
                                        || ALIKE.stream()
                                                .anyMatch(alike ->
                                                        alike.contains(from.name()) && alike.contains(to.name()))
                                : isSameOfExtension(from, to));
            case Enumeration(var from) ->
                target instanceof Enumeration(var to)
                        && to.stream().filter(from::contains).toList().equals(from);
            case Composite(var from) ->
                target instanceof Composite(var to)
                        && from.size() == to.size()
                        && IntStream.range(0, from.size())
                                .allMatch(i -> meansTheSame(
                                        from.get(i).type(), to.get(i).type()));
            case Array(var from) -> target instanceof Array(var to) && meansTheSame(from, to);
            case Range(var from, var order) ->
                target instanceof Range(var to, var other) && order.equals(other) && meansTheSame(from, to);
            case Multirange(var from) -> target instanceof Multirange(var to) && meansTheSame(from, to);
        };
    }

    /** Labels of enums anywhere in the source's type that the target's has not. */
    static Set<String> labelsMissing(ValueType source, ValueType target) {
        var missing = new LinkedHashSet<String>();
        if (source instanceof Enumeration(var from) && target instanceof Enumeration(var to)) {
            missing.addAll(from);
            to.forEach(missing::remove);
        } else if (source instanceof Array(var from) && target instanceof Array(var to)) {
            missing.addAll(labelsMissing(from, to));
        } else if (source instanceof Composite(var from) && target instanceof Composite(var to)) {
            for (var i = 0; i < Math.min(from.size(), to.size()); i++) {
                missing.addAll(labelsMissing(from.get(i).type(), to.get(i).type()));
            }
        }
        return missing;
    }

    static boolean isNeverRead(Plain type) {
        return type.builtIn() && NEVER_READ.contains(type.name());
    }

    /** A range of values that compare by the database's own collation. */
    static boolean isOrderedByTheDatabase(ValueType type) {
        return type instanceof Range(var subtype, var order) && order.isEmpty() && comparesByTheDatabase(subtype);
    }

    private static boolean comparesByTheDatabase(ValueType type) {
        return switch (type) {
            case Plain plain -> plain.builtIn() ? TEXTS.contains(plain.name()) : plain.category() == 'S';
            case Enumeration labels -> false;
            case Composite(var fields) ->
                fields.stream().anyMatch(field -> field.collation() == null && comparesByTheDatabase(field.type()));
            case Array(var element) -> comparesByTheDatabase(element);
            case Range range -> isOrderedByTheDatabase(range);
            case Multirange(var range) -> isOrderedByTheDatabase(range);
        };
    }

    /** Whether the target may take values for the same that the source tells apart: texts by the collation, wherever they stand. */
    static boolean isLooser(Column from, Column to) {
        return isLooser(from.collation(), from.deterministic(), to.collation(), to.deterministic())
                || hasLooserFields(from.values(), to.values());
    }

    private static boolean isLooser(
            @Nullable String source, boolean exactSource, @Nullable String target, boolean exactTarget) {
        return !exactTarget && (exactSource || !Objects.equals(source, target));
    }

    private static boolean hasLooserFields(ValueType source, ValueType target) {
        return switch (source) {
            case Composite(var from) ->
                target instanceof Composite(var to)
                        && IntStream.range(0, Math.min(from.size(), to.size()))
                                .anyMatch(i -> isLooser(from.get(i), to.get(i)));
            case Array(var from) -> target instanceof Array(var to) && hasLooserFields(from, to);
            case Range(var from, var order) -> target instanceof Range(var to, var other) && hasLooserFields(from, to);
            case Multirange(var from) -> target instanceof Multirange(var to) && hasLooserFields(from, to);
            case Plain plain -> false;
            case Enumeration labels -> false;
        };
    }

    private static boolean isLooser(ValueType.Field source, ValueType.Field target) {
        return isLooser(source.collation(), source.deterministic(), target.collation(), target.deterministic())
                || hasLooserFields(source.type(), target.type());
    }

    static boolean mayHoldText(Column column) {
        return PLAIN_CATEGORIES.indexOf(column.category()) < 0 && !PLAIN_TYPES.contains(column.baseTypeName());
    }
}
