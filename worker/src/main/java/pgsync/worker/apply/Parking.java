package pgsync.worker.apply;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pgsync.sql.Quoted;
import pgsync.task.TableSpec.ColumnSpec;

/**
 * The gentle way for unique values that moved: the columns that hold them are empty for a moment, or hold a value that no row has. No
 * row is deleted, so nothing that refers to one notices, and columns that only the target has keep what they hold.
 */
final class Parking {
    private Parking() {}

    /** A column of a unique index that may change for a moment. */
    private record Place(
            String index, String column, boolean ofExpression, boolean mayBeNull, String type, boolean free) {
        /** NULL, which equals nothing, not even itself; else something that no row has. */
        Optional<String> value(TableSql sql, boolean evenNull) {
            return evenNull && mayBeNull ? Optional.of("null") : unheardOf(sql);
        }

        /** Not for a reference: there is no row that it could mean. */
        private Optional<String> unheardOf(TableSql sql) {
            return free
                    ? Optional.ofNullable(UNHEARD_OF.get(type))
                            .map(form -> form.formatted(
                                    "pgsync_t." + Quoted.identifier(column), sql.most(column), sql.parkedNumber()))
                    : Optional.empty();
        }
    }

    private static final String RANDOM = "to_hex((random() * 2147483647)::int)";
    private static final String AFTER_ALL = "%2$s + %3$s";
    private static final String DAYS_AFTER_ALL = "%2$s + %3$s * interval '1 day'";
    /** What the value was stands in front, since a check may want it to look so. */
    private static final String LONGER = "%1$s::text || %3$s || 'x' || " + RANDOM;

    private static final String UUID = "(lpad(" + RANDOM + ", 16, '7') || lpad(to_hex(%3$s), 16, '0'))::uuid";

    /** By base type: {@code %1$s} is what the column holds, {@code %2$s} the most that any row holds, {@code %3$s} the row's number. */
    private static final Map<String, String> UNHEARD_OF = Map.ofEntries(
            Map.entry("int2", AFTER_ALL),
            Map.entry("int4", AFTER_ALL),
            Map.entry("int8", AFTER_ALL),
            Map.entry("numeric", AFTER_ALL),
            Map.entry("text", LONGER),
            Map.entry("varchar", LONGER),
            Map.entry("bpchar", LONGER),
            Map.entry("citext", LONGER),
            Map.entry("bytea", "%1$s || int8send(%3$s) || float8send(random())"),
            Map.entry("uuid", UUID),
            Map.entry("date", "%2$s + %3$s::int"),
            Map.entry("timestamp", DAYS_AFTER_ALL),
            Map.entry("timestamptz", DAYS_AFTER_ALL));

    /**
     * Which columns to set to what, so that no unique index but the key's objects to anything: SQL for {@link TableSql#park}. Several ways, the gentlest first, since what checks and domains say is known
     * when it is tried; none when there is an index without such a column.
     */
    static List<Map<String, String>> ways(Attempt attempt, Connection target) {
        var places = places(attempt, target);
        return Stream.of(true, false)
                .flatMap(evenNull -> way(attempt.sql(), places, evenNull).stream())
                .distinct()
                .toList();
    }

    private static Map<String, List<Place>> places(Attempt attempt, Connection target) {
        var table = attempt.table();
        var usable = table.columns().stream()
                .filter(ColumnSpec::settable)
                .map(ColumnSpec::name)
                .filter(name -> !table.key().contains(name))
                .toList();
        var sql = ParkingSql.places(Quoted.literal(table.table().quoted()), literals(usable), literals(table.key()));
        return Jdbc.texts(attempt.doing("replace rows of"), target, sql).stream()
                .map(row -> new Place(
                        row.get(0),
                        row.get(1),
                        Boolean.parseBoolean(row.get(2)),
                        Boolean.parseBoolean(row.get(3)),
                        row.get(4),
                        Boolean.parseBoolean(row.get(5))))
                .collect(Collectors.groupingBy(Place::index, LinkedHashMap::new, Collectors.toList()));
    }

    private static Optional<Map<String, String>> way(TableSql sql, Map<String, List<Place>> places, boolean evenNull) {
        var way = new LinkedHashMap<String, String>();
        for (var index : places.values()) {
            var values = values(sql, index, evenNull);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            way.putAll(values);
        }
        return way.isEmpty() ? Optional.empty() : Optional.of(way);
    }

    /** One column is enough, the last, which is the one that counts within the others; of an expression all, since nobody knows which it heeds. */
    private static Map<String, String> values(TableSql sql, List<Place> index, boolean evenNull) {
        var values = new LinkedHashMap<String, String>();
        var usable = index.stream().filter(place -> !place.column().isEmpty()).toList();
        var plain = new ArrayList<>(
                usable.stream().filter(place -> !place.ofExpression()).toList());
        if (evenNull) {
            plain.sort(Comparator.comparing(Place::mayBeNull).reversed());
        }
        for (var place : plain) {
            var value = place.value(sql, evenNull);
            if (value.isPresent()) {
                return Map.of(place.column(), value.get());
            }
        }
        usable.stream()
                .filter(Place::ofExpression)
                .forEach(place -> place.value(sql, evenNull).ifPresent(value -> values.put(place.column(), value)));
        return values;
    }

    private static String literals(List<String> names) {
        return names.stream().map(Quoted::literal).collect(Collectors.joining(", "));
    }
}
