package pgsync.testground.random;

import java.util.List;
import java.util.function.Function;

/**
 * A type and what to put into it. Values are text as PostgreSQL reads it.
 *
 * @param ddl as it stands behind a column's name, with its collation
 * @param cast the same without collation
 * @param key whether a btree index may stand on it
 * @param extremes the values that break things; all short enough for an index
 * @param usual another value, most of the time a new one
 * @param widened types that hold the same values in the same text form
 */
record ValueType(
        String ddl,
        String cast,
        boolean key,
        List<String> extremes,
        Function<Chance, String> usual,
        List<String> widened) {
    ValueType {
        extremes = List.copyOf(extremes);
        widened = List.copyOf(widened);
    }

    static ValueType keyable(String type, List<String> extremes, Function<Chance, String> usual) {
        return new ValueType(type, type, true, extremes, usual, List.of());
    }

    static ValueType plain(String type, List<String> extremes, Function<Chance, String> usual) {
        return new ValueType(type, type, false, extremes, usual, List.of());
    }

    ValueType collated(String collation) {
        return new ValueType(ddl + " collate " + Sql.name(collation), cast, key, extremes, usual, List.of());
    }

    ValueType orWider(String... types) {
        return new ValueType(ddl, cast, key, extremes, usual, List.of(types));
    }

    /** A value in SQL, an extreme one in three. */
    String value(Chance chance) {
        return typed(!extremes.isEmpty() && chance.oneIn(3) ? chance.of(extremes) : usual.apply(chance));
    }

    String typed(String text) {
        return Sql.literal(text) + "::" + cast;
    }
}
