package pgsync.testground.random;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table while its schema is made: everything but its foreign keys is there from the beginning. For one thread. */
final class Table {
    private final String schema;
    private final String name;
    private final List<Column> columns;
    private final Key key;
    private final List<String> sourceDdl;
    private final List<String> targetDdl;
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private final @Nullable String refusal;
    private final boolean otherColumnsOnTarget;
    private boolean isReferenced;

    Table(
            String schema,
            String name,
            List<Column> columns,
            Key key,
            List<String> sourceDdl,
            List<String> targetDdl,
            @Nullable String refusal,
            boolean otherColumnsOnTarget) {
        this.schema = schema;
        this.name = name;
        this.columns = new ArrayList<>(columns);
        this.key = key;
        this.sourceDdl = new ArrayList<>(sourceDdl);
        this.targetDdl = new ArrayList<>(targetDdl);
        this.refusal = refusal;
        this.otherColumnsOnTarget = otherColumnsOnTarget;
    }

    /** As SQL writes it. */
    String name() {
        return Sql.name(schema) + "." + Sql.name(name);
    }

    List<Column> columns() {
        return columns;
    }

    Key key() {
        return key;
    }

    List<String> sourceDdl() {
        return sourceDdl;
    }

    List<String> targetDdl() {
        return targetDdl;
    }

    List<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    boolean isReferenced() {
        return isReferenced;
    }

    boolean refused() {
        return refusal != null;
    }

    /**
     * A row whose identity column is another one can only be deleted and inserted again. With rows that refer to it this ends in an
     * error where foreign keys stay on, and nobody can know before.
     */
    boolean mayBeReferenced() {
        return key.immediate()
                && !refused()
                && columns(Column.Role.IDENTITY).stream()
                        .noneMatch(c -> c.extra().contains("always"));
    }

    void refers(ForeignKey foreignKey) {
        foreignKeys.add(foreignKey);
        foreignKey.to().isReferenced = true;
    }

    /** Gets the columns for it, which may be empty, and the foreign key. */
    void refersLater(Table to, Chance chance) {
        var made = new ArrayList<Column>();
        for (var referenced : to.key().columns()) {
            var column = new Column("back " + columns.size(), referenced.type(), Column.Role.REFERENCE, "", false);
            made.add(column);
            columns.add(column);
            var ddl = "alter table %s add column %s".formatted(name(), column.onSource());
            sourceDdl.add(ddl);
            targetDdl.add(ddl);
        }
        var actions =
                chance.of(List.of("", "", "on delete set null", "on delete cascade", "deferrable initially deferred"));
        refers(new ForeignKey(this, made, to, to.key().columns(), actions, true));
    }

    List<Column> columns(Column.Role role) {
        return columns.stream().filter(c -> c.role() == role).toList();
    }

    List<Column> written() {
        return columns.stream().filter(Column::written).toList();
    }

    @Nullable
    ForeignKey foreignKey(Column column) {
        return foreignKeys.stream()
                .filter(f -> f.columns().contains(column))
                .findFirst()
                .orElse(null);
    }

    /** Rows in an order that depends on the seed and on their values only: never on stamps, which differ each time. */
    String rows(String salt, int offset, int limit) {
        var told = key.exists()
                ? key.columns()
                : columns.stream()
                        .filter(c -> c.written() && c.role() != Column.Role.STAMP)
                        .toList();
        return "from %s order by md5(row(%s)::text || %s) offset %d limit %d"
                .formatted(name(), Sql.names(told), Sql.literal(salt), offset, limit);
    }

    /** For the {@code where} of an update or delete. */
    String among(String salt, int limit) {
        return "(tableoid, ctid) in (select tableoid, ctid " + rows(salt, 0, limit) + ")";
    }

    RandomTable told() {
        var compared = columns.stream()
                .filter(c -> c.role() != Column.Role.GONE)
                .map(Column::quoted)
                .toList();
        var ddl = new ArrayList<String>();
        sourceDdl.forEach(s -> ddl.add("source: " + s));
        targetDdl.forEach(s -> ddl.add("target: " + s));
        foreignKeys.forEach(f -> ddl.add((f.onTarget() ? "both: " : "source: ") + f.ddl()));
        return new RandomTable(schema, name, name(), compared, otherColumnsOnTarget, refusal, String.join("\n", ddl));
    }

    @Override
    public String toString() {
        return name();
    }
}
