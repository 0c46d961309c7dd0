package pgsync.testground.random;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pgsync.testground.random.Column.Role;

/** Makes rows. Many are refused by a unique index or a foreign key; that is what a database is for. For one thread. */
final class RowMaker {
    private static final int ROWS_OF_A_STATEMENT = 12;

    private final Chance chance;

    RowMaker(Chance chance) {
        this.chance = chance;
    }

    /** The rows of a table before the first run, stamped long ago. */
    List<String> first(Table table) {
        if (chance.oneIn(12)) {
            return List.of();
        }
        var statements = new ArrayList<String>();
        for (var i = chance.between(1, 4); i > 0; i--) {
            statements.addAll(insert(table, chance.between(1, ROWS_OF_A_STATEMENT), this::oldStamp));
        }
        for (var key : table.foreignKeys()) {
            // Of a circle, the other table has had no rows until now.
            statements.add(repoint(table, key, chance.between(1, 5)));
        }
        return statements;
    }

    /** Rows with the stamp that a column's default gives. */
    List<String> later(Table table) {
        return insert(table, chance.between(1, 4), () -> "default");
    }

    /** What somebody left in the target's table: rows that never were on the source. */
    List<String> stale(Table table) {
        var statements = new ArrayList<>(insert(table, chance.between(1, ROWS_OF_A_STATEMENT), this::oldStamp));
        table.columns(Role.VALUE).stream()
                .filter(c -> chance.oneIn(2))
                .map(c -> "update %s set %s = %s where %s"
                        .formatted(table.name(), c.quoted(), value(table, c, "stale"), table.among("stale", 2)))
                .forEach(statements::add);
        return statements;
    }

    String repoint(Table table, ForeignKey key, int rows) {
        var salt = salt();
        var set = key.columns().stream()
                .map(c -> c.quoted() + " = " + key.value(c, salt))
                .collect(Collectors.joining(", "));
        return "update %s set %s where %s".formatted(table.name(), set, table.among(salt, rows));
    }

    String value(Table table, Column column, String salt) {
        var key = table.foreignKey(column);
        var empty = !column.notNull() && chance.oneIn(5);
        if (key != null) {
            return empty ? "null" : key.value(column, salt);
        }
        return empty ? "null" : column.type().value(chance);
    }

    String salt() {
        return chance.hex(3);
    }

    private interface Stamp {
        String next();
    }

    private String oldStamp() {
        return switch (chance.below(8)) {
            case 0 -> "null";
            case 1 -> "'-infinity'";
            default -> "'2024-%02d-%02d 12:00:00+00'".formatted(chance.between(1, 12), chance.between(1, 28));
        };
    }

    private List<String> insert(Table table, int rows, Stamp stamp) {
        var columns =
                table.written().stream().filter(c -> c.role() != Role.IDENTITY).toList();
        var values = IntStream.range(0, rows)
                .mapToObj(i -> row(table, columns, stamp))
                .toList();
        var into = "insert into %s (%s) values ".formatted(table.name(), Sql.names(columns));
        // A deferrable index cannot say what conflicts with it.
        return table.key().exists() && !table.key().immediate()
                ? values.stream().map(v -> into + v).toList()
                : List.of(into + String.join(", ", values) + " on conflict do nothing");
    }

    private String row(Table table, List<Column> columns, Stamp stamp) {
        var salt = salt();
        return columns.stream()
                .map(c -> c.role() == Role.STAMP ? stamp.next() : value(table, c, salt))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
