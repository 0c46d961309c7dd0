package pgsync.testground.random;

import java.util.List;
import java.util.stream.Collectors;

/** How names and values are written. */
final class Sql {
    private Sql() {}

    static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    static String names(List<Column> columns) {
        return columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
    }

    /** {@code prefix."a", prefix."b"}. */
    static String names(String prefix, List<Column> columns) {
        return columns.stream().map(c -> prefix + "." + c.quoted()).collect(Collectors.joining(", "));
    }
}
