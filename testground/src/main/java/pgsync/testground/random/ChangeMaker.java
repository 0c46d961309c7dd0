package pgsync.testground.random;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import pgsync.testground.random.Column.Role;

/** Makes what happens to a source between two runs. For one thread. */
final class ChangeMaker {
    private static final List<Kind> KINDS = List.of(
            Kind.INSERT,
            Kind.INSERT,
            Kind.UPDATE,
            Kind.UPDATE,
            Kind.UPDATE,
            Kind.DELETE,
            Kind.OTHER_KEY,
            Kind.SWAP_KEYS,
            Kind.SWAP_UNIQUE,
            Kind.SWAP_UNIQUE,
            Kind.MOVE,
            Kind.REPOINT,
            Kind.EMPTY);

    private enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        OTHER_KEY,
        SWAP_KEYS,
        SWAP_UNIQUE,
        MOVE,
        REPOINT,
        EMPTY
    }

    private final Chance chance;
    private final RowMaker rows;
    private final boolean truncates;

    ChangeMaker(Chance chance, boolean truncates) {
        this.chance = chance;
        this.rows = new RowMaker(chance);
        this.truncates = truncates;
    }

    /** In an order that mixes the tables. */
    List<String> changes(List<Table> tables) {
        var made = new ArrayList<String>();
        for (var table : chance.shuffled(tables)) {
            for (var i = chance.below(5); i > 0; i--) {
                made.addAll(change(chance.of(KINDS), table));
            }
        }
        return List.copyOf(made);
    }

    private List<String> change(Kind kind, Table table) {
        return switch (kind) {
            case INSERT -> rows.later(table);
            case UPDATE -> update(table);
            case DELETE ->
                List.of("delete from %s where %s"
                        .formatted(table.name(), table.among(rows.salt(), chance.between(1, 3))));
            case OTHER_KEY -> set(table, table.columns(Role.KEY), 1);
            case SWAP_KEYS -> table.key().exists() ? List.of(swapKeys(table)) : List.of();
            case SWAP_UNIQUE ->
                table.columns(Role.UNIQUE).stream()
                        .map(c -> swapUnique(table, c))
                        .toList();
            case MOVE -> set(table, table.columns(Role.PARTITION), chance.between(1, 3));
            case REPOINT ->
                table.foreignKeys().stream()
                        .map(k -> rows.repoint(table, k, chance.between(1, 3)))
                        .toList();
            case EMPTY -> empty(table);
        };
    }

    private List<String> update(Table table) {
        var changed =
                chance.shuffled(table.columns(Role.VALUE)).stream().limit(2).toList();
        var made = new ArrayList<>(set(table, changed, chance.between(1, 4)));
        made.addAll(set(table, table.columns(Role.UNIQUE), 1));
        return made;
    }

    private List<String> set(Table table, List<Column> columns, int number) {
        if (columns.isEmpty()) {
            return List.of();
        }
        var salt = rows.salt();
        var set = columns.stream()
                .map(c -> c.quoted() + " = " + rows.value(table, c, salt))
                .collect(Collectors.joining(", "));
        return List.of("update %s set %s where %s".formatted(table.name(), set, table.among(salt, number)));
    }

    private List<String> empty(Table table) {
        if (!truncates || !chance.oneIn(3)) {
            return List.of();
        }
        return List.of((table.isReferenced() ? "delete from " : "truncate ") + table.name());
    }

    /** Two rows change keys, and are rows of now. */
    private String swapKeys(Table table) {
        var salt = rows.salt();
        return """
                do $swap$
                declare a %1$s%%rowtype; b %1$s%%rowtype;
                begin
                  %2$s
                  %3$s
                  insert into %1$s (%4$s) overriding system value values (%5$s);
                  insert into %1$s (%4$s) overriding system value values (%6$s);
                end $swap$
                """.formatted(
                        table.name(),
                        returning(table, salt, "a"),
                        returning(table, salt, "b"),
                        Sql.names(table.written()),
                        values(table, "a", "b"),
                        values(table, "b", "a"));
    }

    private static String returning(Table table, String salt, String variable) {
        return "delete from %s where %s returning * into %s; if not found then raise unique_violation; end if;"
                .formatted(table.name(), table.among(salt, 1), variable);
    }

    private static String values(Table table, String row, String keyOf) {
        return table.written().stream()
                .map(c -> c.role() == Role.STAMP ? "now()" : (c.role() == Role.KEY ? keyOf : row) + "." + c.quoted())
                .collect(Collectors.joining(", "));
    }

    private String swapUnique(Table table, Column column) {
        var salt = rows.salt();
        return """
                do $swap$
                declare a record; b record; place tid;
                begin
                  select ctid as place, %2$s as held into a %3$s;
                  select ctid as place, %2$s as held into b %4$s;
                  if b.place is null then raise unique_violation; end if;
                  update %1$s set %2$s = null where ctid = a.place returning ctid into place;
                  update %1$s set %2$s = a.held where ctid = b.place;
                  update %1$s set %2$s = b.held where ctid = place;
                end $swap$
                """.formatted(table.name(), column.quoted(), table.rows(salt, 0, 1), table.rows(salt, 1, 1));
    }
}
