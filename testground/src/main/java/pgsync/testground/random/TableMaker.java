package pgsync.testground.random;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pgsync.testground.random.Column.Role;
import pgsync.testground.random.Key.Form;

/** Throws the dice for one table. Tables made before can be referred to. For one thread, for one table. */
final class TableMaker {
    private enum Partitions {
        NONE,
        RANGE,
        LIST,
        HASH
    }

    private static final List<String> ACTIONS = List.of(
            "",
            "",
            "on delete cascade",
            "on delete set null",
            "on update cascade",
            "on delete restrict",
            "on delete cascade on update cascade",
            "deferrable initially deferred",
            "deferrable");

    private final Chance chance;
    private final Names names;
    private final List<Table> parents;
    private final String schema;
    private final String name;
    private final List<Column> columns = new ArrayList<>();

    private record Reference(Table to, List<Column> columns, String actions, boolean onTarget) {}

    private final List<Reference> references = new ArrayList<>();

    TableMaker(Chance chance, List<Table> parents, String schema, String name) {
        this.chance = chance;
        this.names = new Names(chance);
        this.parents = parents;
        this.schema = schema;
        this.name = name;
    }

    Table make() {
        var form = form();
        var keyColumns = keyColumns(form);
        var partitions = chance.oneIn(4) ? Partitions.values()[chance.between(1, 3)] : Partitions.NONE;
        if (partitions != Partitions.NONE) {
            var part = new Column(
                    names.next(), partType(partitions), Role.PARTITION, "", form != Form.NONE || !chance.oneIn(2));
            columns.add(part);
            if (form != Form.NONE) {
                keyColumns = Stream.concat(keyColumns.stream(), Stream.of(part)).toList();
            }
        }
        for (var i = chance.below(4) - 1; i > 0; i--) {
            refer();
        }
        for (var i = chance.between(1, 6); i > 0; i--) {
            value();
        }
        if (partitions == Partitions.NONE && chance.oneIn(2)) {
            columns.add(new Column(names.next(), chance.of(ValueTypes.KEYS), Role.UNIQUE, "", false));
        }
        generated();
        if (chance.oneIn(2)) {
            columns.add(new Column("updated_at", ValueTypes.TIMESTAMPTZ, Role.STAMP, "default now()", false));
        }
        var included =
                columns.stream().filter(c -> c.role() == Role.VALUE).findFirst().orElseThrow();
        return finished(new Key(form, keyColumns), partitions, included);
    }

    private Form form() {
        var forms = List.of(
                Form.PRIMARY,
                Form.PRIMARY,
                Form.PRIMARY,
                Form.PRIMARY,
                Form.UNIQUE_INDEX,
                Form.UNIQUE_CONSTRAINT,
                Form.INCLUDING,
                Form.DEFERRABLE,
                Form.NULLS_NOT_DISTINCT,
                Form.NONE);
        return chance.of(forms);
    }

    private List<Column> keyColumns(Form form) {
        if (form == Form.NONE) {
            return List.of();
        }
        var made = new ArrayList<Column>();
        // A unique index with a column that may be NULL identifies no row: such tables are as good as without a key.
        var nullable = form != Form.PRIMARY && form != Form.DEFERRABLE && chance.oneIn(4);
        for (var i = chance.oneIn(3) ? chance.between(2, 3) : 1; i > 0; i--) {
            made.add(new Column(names.next(), chance.of(ValueTypes.KEYS), Role.KEY, "", !nullable));
        }
        columns.addAll(made);
        return made;
    }

    private ValueType partType(Partitions partitions) {
        return switch (partitions) {
            case RANGE -> ValueTypes.RANGED;
            case LIST -> ValueTypes.LISTED;
            case HASH, NONE -> chance.of(ValueTypes.HASHED);
        };
    }

    private void refer() {
        var possible = parents.stream().filter(Table::mayBeReferenced).toList();
        if (possible.isEmpty()) {
            return;
        }
        var to = chance.of(possible);
        var notNull = chance.oneIn(4);
        var made = to.key().columns().stream()
                .map(c -> new Column(names.next(), c.type(), Role.REFERENCE, "", notNull))
                .toList();
        columns.addAll(made);
        references.add(new Reference(to, made, chance.of(ACTIONS), !chance.oneIn(6)));
    }

    private void value() {
        var type = chance.of(ValueTypes.ALL);
        var extra = chance.oneIn(5) ? "default " + type.value(chance) : "";
        columns.add(new Column(names.next(), type, Role.VALUE, extra, chance.oneIn(5)));
    }

    private void generated() {
        if (chance.oneIn(5)) {
            var base = new Column(names.next(), ValueTypes.RANGED, Role.VALUE, "", false);
            columns.add(base);
            columns.add(new Column(
                    names.next(),
                    ValueTypes.RANGED,
                    Role.GENERATED,
                    "generated always as (%s %% 7 * 2) stored".formatted(base.quoted()),
                    false));
        }
        if (chance.oneIn(5)) {
            var always = chance.oneIn(2) ? "always" : "by default";
            columns.add(new Column(
                    names.next(),
                    ValueTypes.RANGED,
                    Role.IDENTITY,
                    "generated %s as identity".formatted(always),
                    true));
        }
        for (var i = chance.below(3); i > 0; i--) {
            columns.add(new Column(names.next(), ValueTypes.INT, Role.GONE, "", false));
        }
    }

    private Table finished(Key key, Partitions partitions, Column included) {
        var refusable = chance.oneIn(15) ? refusal() : null;
        // An index of the target may need that column.
        if (refusable == Refusal.NO_COLUMN && lastValue().name().equals(included.name())) {
            refusable = Refusal.NO_TABLE;
        }
        var target = target(refusable);
        var extra = refusable == null && chance.oneIn(6);
        var source = ddl(chance.shuffled(columns).stream().map(Column::onSource).toList(), partitions, key, included);
        var table = new Table(
                schema,
                name,
                chance.shuffled(columns),
                key,
                source,
                targetDdl(target, refusable, extra, key, partitions, included),
                refusable == null ? null : refusable.reason,
                extra);
        for (var reference : references) {
            table.refers(new ForeignKey(
                    table,
                    reference.columns,
                    reference.to,
                    reference.to.key().columns(),
                    reference.actions,
                    reference.onTarget && refusable == null));
        }
        return table;
    }

    private enum Refusal {
        NO_TABLE("the target has no such table"),
        NO_COLUMN("the target has no column"),
        NOBODY_FILLS("nothing fills the target's NOT NULL column"),
        OTHER_TYPE("values may not survive the change of type");

        private final String reason;

        Refusal(String reason) {
            this.reason = reason;
        }
    }

    private Refusal refusal() {
        return Refusal.values()[chance.below(Refusal.values().length)];
    }

    /** The target's columns; types that hold more only where no foreign key, generated or partition column needs the same one. */
    private List<Column> target(@Nullable Refusal refusal) {
        var made = new ArrayList<Column>();
        for (var column : columns) {
            var free = column.role() == Role.VALUE || column.role() == Role.UNIQUE;
            var wider = column.type().widened();
            made.add(free && !wider.isEmpty() && chance.oneIn(3) ? column.onTarget(chance.of(wider)) : column);
        }
        var last = lastValue();
        if (refusal == Refusal.NO_COLUMN) {
            made.removeIf(c -> c.name().equals(last.name()));
        } else if (refusal == Refusal.OTHER_TYPE) {
            made.replaceAll(
                    c -> c.name().equals(last.name()) ? withoutExtra(last).onTarget("reltime_of_nobody") : c);
        }
        return chance.shuffled(made);
    }

    private Column lastValue() {
        return columns.stream()
                .filter(c -> c.role() == Role.VALUE)
                .filter(c -> columns.stream().noneMatch(g -> g.extra().contains(c.quoted())))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static Column withoutExtra(Column column) {
        return new Column(column.name(), column.type(), column.role(), "", false);
    }

    private List<String> targetDdl(
            List<Column> target,
            @Nullable Refusal refusal,
            boolean extra,
            Key key,
            Partitions partitions,
            Column included) {
        if (refusal == Refusal.NO_TABLE) {
            return List.of();
        }
        var definitions = new ArrayList<>(target.stream().map(Column::onTarget).toList());
        if (refusal == Refusal.NOBODY_FILLS) {
            definitions.add("\"nobody fills\" int not null");
        }
        if (extra) {
            definitions.add(chance.below(definitions.size()), "\"only here\" text not null default 'target''s own'");
        }
        // The column may be the one that the refused target lacks.
        if (chance.oneIn(8) && refusal == null) {
            definitions.add("check ((%s is null) in (true, false))".formatted(included.quoted()));
        }
        return ddl(definitions, partitionsOfTarget(partitions), key, included).stream()
                .map(sql -> sql.replace(
                        "reltime_of_nobody", lastValue().type().cast().equals("pg_lsn") ? "uuid" : "pg_lsn"))
                .toList();
    }

    /** A third of the partitioned ones are not on the target. */
    private Partitions partitionsOfTarget(Partitions source) {
        return source == Partitions.NONE || chance.oneIn(3)
                ? Partitions.NONE
                : chance.oneIn(3) ? Partitions.HASH : source;
    }

    private List<String> ddl(List<String> definitions, Partitions partitions, Key key, Column included) {
        var table = Sql.name(schema) + "." + Sql.name(name);
        var statements = new ArrayList<String>();
        var by = partitions == Partitions.NONE ? "" : " partition by %s (%s)".formatted(partitions, part().quoted());
        // A permanent table may not refer to an unlogged one.
        var unlogged = partitions == Partitions.NONE && !key.immediate() && chance.oneIn(4) ? "unlogged " : "";
        statements.add("create %stable %s (%s)%s".formatted(unlogged, table, String.join(", ", definitions), by));
        statements.addAll(partitionsOf(table, partitions));
        columns.stream()
                .filter(c -> c.role() == Role.GONE)
                .map(c -> "alter table %s drop column if exists %s".formatted(table, c.quoted()))
                .forEach(statements::add);
        statements.addAll(key.onTable(table, included));
        columns.stream()
                .filter(c -> c.role() == Role.UNIQUE)
                .map(c -> "create unique index on %s (%s)".formatted(table, c.quoted()))
                .forEach(statements::add);
        return statements;
    }

    private Column part() {
        return columns.stream()
                .filter(c -> c.role() == Role.PARTITION)
                .findFirst()
                .orElseThrow();
    }

    private List<String> partitionsOf(String table, Partitions partitions) {
        return switch (partitions) {
            case NONE -> List.of();
            case RANGE ->
                named(table, List.of("from (minvalue) to (0)", "from (0) to (50)", "from (50) to (100)"), true);
            case LIST -> named(table, List.of("in ('sad', ' ')", "in ('ok')", "in ('it''s', 'ÜBER')"), true);
            case HASH ->
                named(
                        table,
                        Stream.of(0, 1, 2)
                                .map("with (modulus 3, remainder %d)"::formatted)
                                .toList(),
                        false);
        };
    }

    /** Partitions in schema public, named after their place so that they never meet a table's name. */
    private List<String> named(String table, List<String> bounds, boolean withDefault) {
        var prefix = "part of " + Integer.toHexString(table.hashCode());
        var statements = new ArrayList<String>();
        for (var i = 0; i < bounds.size(); i++) {
            var partition = Sql.name(prefix + " " + i);
            var values = "for values " + bounds.get(i);
            if (chance.oneIn(4)) {
                statements.add("create table public.%s partition of %s %s partition by hash (%s)"
                        .formatted(partition, table, values, part().quoted()));
                statements.add("create table public.%s partition of public.%s for values with (modulus 2, remainder 0)"
                        .formatted(Sql.name(prefix + " " + i + " even"), partition));
                statements.add("create table public.%s partition of public.%s for values with (modulus 2, remainder 1)"
                        .formatted(Sql.name(prefix + " " + i + " odd"), partition));
            } else {
                statements.add("create table public.%s partition of %s %s".formatted(partition, table, values));
            }
        }
        if (withDefault) {
            statements.add(
                    "create table public.%s partition of %s default".formatted(Sql.name(prefix + " rest"), table));
        }
        return statements;
    }

    @Override
    public String toString() {
        return columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
    }
}
