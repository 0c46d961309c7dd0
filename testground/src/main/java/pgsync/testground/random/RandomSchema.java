package pgsync.testground.random;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * About so many tables with rows, for two databases of PostgreSQL 15 or newer, and what happens to the source afterwards. The same seed
 * gives the same statements on every machine and every JDK.
 */
public final class RandomSchema {
    private static final String SECOND_SCHEMA = "Other \"schema\"; %s";

    /** On the source only: no update forgets the stamp, those that a foreign key's cascade makes included. */
    private static final String TOUCH = """
            create function public.random_touch() returns trigger language plpgsql as $touch$
            begin new.updated_at := now(); return new; end $touch$
            """;

    private final Chance chance;
    private final List<Table> tables = new ArrayList<>();
    private final List<String> foreignKeys = new ArrayList<>();
    private final List<String> foreignKeysOnTarget = new ArrayList<>();
    private final boolean truncates;
    private final List<String> rows = new ArrayList<>();
    private final List<String> rowsOnTarget = new ArrayList<>();
    private final List<String> changes;

    private RandomSchema(long seed, int size) {
        chance = new Chance(seed);
        var names = new Names(chance);
        for (var i = 0; i < size; i++) {
            var schema = chance.oneIn(3) ? SECOND_SCHEMA : "public";
            tables.add(new TableMaker(chance, List.copyOf(tables), schema, names.next()).make());
        }
        for (var i = chance.below(4); i > 0; i--) {
            closeCircle();
        }
        tables.forEach(this::addForeignKeys);
        truncates = chance.oneIn(2);
        var maker = new RowMaker(chance);
        for (var table : tables) {
            rows.addAll(maker.first(table));
            if (!table.refused() && table.foreignKeys().isEmpty() && chance.oneIn(3)) {
                rowsOnTarget.addAll(maker.stale(table));
            }
        }
        changes = new ChangeMaker(chance, truncates).changes(tables);
    }

    public static RandomSchema of(long seed, int tables) {
        return new RandomSchema(seed, tables);
    }

    /** A foreign key from a table to itself or to one that came later, often to one that refers to it in turn. */
    private void closeCircle() {
        var from = chance.below(tables.size());
        var possible = tables.subList(from, tables.size()).stream()
                .filter(Table::mayBeReferenced)
                .toList();
        var child = tables.get(from);
        if (possible.isEmpty() || child.refused()) {
            return;
        }
        var near = possible.stream()
                .filter(t -> t == child || t.foreignKeys().stream().anyMatch(k -> k.to() == child))
                .toList();
        child.refersLater(chance.of(near.isEmpty() ? possible : near), chance);
    }

    private void addForeignKeys(Table table) {
        for (var key : table.foreignKeys()) {
            foreignKeys.add(key.ddl());
            if (key.onTarget()) {
                foreignKeysOnTarget.add(key.ddl());
            }
        }
    }

    public List<RandomTable> tables() {
        return tables.stream().map(Table::told).toList();
    }

    /** Whether the changes empty tables or take many rows away: deletes have to be forced. */
    public boolean truncates() {
        return truncates;
    }

    /** What makes the tables of the source; none of it may fail. */
    public List<String> source() {
        var statements = start();
        statements.add(TOUCH);
        tables.forEach(t -> statements.addAll(t.sourceDdl()));
        statements.addAll(foreignKeys);
        for (var table : tables) {
            if (!table.columns(Column.Role.STAMP).isEmpty()) {
                statements.add(
                        "create trigger touch before update on %s for each row execute function public.random_touch()"
                                .formatted(table.name()));
            }
        }
        return statements;
    }

    /** What makes the tables of the target; none of it may fail. */
    public List<String> target() {
        var statements = start();
        tables.forEach(t -> statements.addAll(t.targetDdl()));
        statements.addAll(foreignKeysOnTarget);
        return statements;
    }

    private static List<String> start() {
        var statements = new ArrayList<String>();
        statements.add("create schema " + Sql.name(SECOND_SCHEMA));
        statements.addAll(ValueTypes.DEFINITIONS);
        return statements;
    }

    /** The source's rows before the first run. For {@link #play}. */
    public List<String> rows() {
        return List.copyOf(rows);
    }

    /** Rows that some tables of the target hold before the first run, right and wrong ones. For {@link #play}. */
    public List<String> rowsOnTarget() {
        return List.copyOf(rowsOnTarget);
    }

    /** What happens to the source between two runs. For {@link #play}. */
    public List<String> changes() {
        return changes;
    }

    /**
     * Runs the statements, each in a transaction of its own. One that a constraint refuses changes nothing, as in life; their number is
     * returned. Any other failure is one of the schema itself.
     */
    public static int play(Connection connection, List<String> statements) throws SQLException {
        return run(
                connection,
                statements,
                e -> e.getSQLState() != null && e.getSQLState().startsWith("23"));
    }

    /** As {@link #play} where nothing may be refused. */
    public static void define(Connection connection, List<String> statements) throws SQLException {
        var unused = run(connection, statements, e -> false);
    }

    private static int run(Connection connection, List<String> statements, Predicate<SQLException> tolerated)
            throws SQLException {
        var refused = 0;
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (var sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    if (!tolerated.test(e)) {
                        throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
                    }
                    refused++;
                }
            }
        }
        return refused;
    }
}
