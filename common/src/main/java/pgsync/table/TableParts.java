package pgsync.table;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pgsync.task.TableName;

/** What the set-based statements returned, sorted by the table's oid. Owned by the thread that reads the catalogue. */
final class TableParts {
    private final TypeParts types = new TypeParts();
    private final Map<Long, List<Column>> columns = new HashMap<>();
    private final Map<Long, List<UniqueIndex>> uniqueIndexes = new HashMap<>();
    private final Map<Long, List<OwnedSequence>> sequences = new HashMap<>();
    private final Map<Long, List<String>> alwaysTriggers = new HashMap<>();
    private final Map<Long, List<String>> userTriggers = new HashMap<>();

    void addType(Row row) {
        types.add(row);
    }

    /** Types must be there already. */
    void addColumn(Row row) {
        put(
                columns,
                row,
                new Column(
                        row.getString("name"),
                        row.getInteger("position"),
                        row.getString("type"),
                        row.getLong("type_oid"),
                        row.getLong("base_oid"),
                        row.getString("base_name"),
                        row.getString("category").charAt(0),
                        row.getString("kind").charAt(0),
                        row.getBoolean("not_null"),
                        row.getString("expression"),
                        identity(row.getString("identity")),
                        row.getBoolean("has_default"),
                        row.getString("collation"),
                        row.getBoolean("deterministic"),
                        rights(row),
                        types.of(
                                row.getLong("type_oid"),
                                row.getString("type"),
                                row.getString("base_name"),
                                row.getString("category").charAt(0))));
    }

    private static Set<TableShape.Right> rights(Row row) {
        return Arrays.stream(row.getArrayOfStrings("rights"))
                .map(TableShape.Right::valueOf)
                .collect(Collectors.toSet());
    }

    private static Column.Identity identity(String attidentity) {
        return switch (attidentity) {
            case "" -> Column.Identity.NONE;
            case "a" -> Column.Identity.ALWAYS;
            case "d" -> Column.Identity.BY_DEFAULT;
            default -> throw new IllegalStateException("attidentity " + attidentity);
        };
    }

    /** Columns of the table must be there already. */
    void addUniqueIndex(Row row) {
        List<@Nullable String> keys = Arrays.asList(row.getArrayOfStrings("columns"));
        List<String> named = keys.stream().filter(Objects::nonNull).toList();
        var plain = named.size() == keys.size();
        put(
                uniqueIndexes,
                row,
                new UniqueIndex(
                        row.getString("name"),
                        row.getBoolean("is_primary"),
                        plain ? named : List.of(),
                        Arrays.asList(row.getArrayOfStrings("expressions")),
                        Arrays.asList(row.getArrayOfStrings("operators")),
                        row.getString("predicate"),
                        plain && notNullColumns(row.getLong("oid")).containsAll(named),
                        row.getBoolean("deferrable"),
                        row.getBoolean("nulls_not_distinct")));
    }

    private Set<String> notNullColumns(long table) {
        return columns.getOrDefault(table, List.of()).stream()
                .filter(Column::notNull)
                .map(Column::name)
                .collect(Collectors.toSet());
    }

    void addSequence(Row row) {
        put(
                sequences,
                row,
                new OwnedSequence(
                        new TableName(row.getString("schema"), row.getString("name")),
                        row.getString("column"),
                        row.getBoolean("fills"),
                        Arrays.stream(row.getArrayOfStrings("rights"))
                                .map(OwnedSequence.Right::valueOf)
                                .collect(Collectors.toSet())));
    }

    void addTrigger(Row row) {
        put(row.getBoolean("always") ? alwaysTriggers : userTriggers, row, row.getString("name"));
    }

    private static <T> void put(Map<Long, List<T>> parts, Row row, T part) {
        parts.computeIfAbsent(row.getLong("oid"), table -> new ArrayList<>()).add(part);
    }

    TableShape shape(Row row) {
        var oid = row.getLong("oid");
        return new TableShape(
                new TableName(row.getString("schema"), row.getString("name")),
                row.getBoolean("partitioned") ? TableShape.Kind.PARTITIONED : TableShape.Kind.ORDINARY,
                columns.getOrDefault(oid, List.of()),
                uniqueIndexes.getOrDefault(oid, List.of()),
                sequences.getOrDefault(oid, List.of()),
                row.getBoolean("has_children"),
                row.getBoolean("is_child"),
                row.getBoolean("unlogged"),
                row.getBoolean("row_security"),
                rights(row),
                alwaysTriggers.getOrDefault(oid, List.of()),
                userTriggers.getOrDefault(oid, List.of()),
                row.getLong("rows"),
                row.getLong("bytes"),
                row.getLong("pages"),
                files(row));
    }

    private static List<DataFile> files(Row row) {
        return Stream.concat(
                        Arrays.stream(row.getArrayOfStrings("filled_files")).map(id -> new DataFile(id, false)),
                        Arrays.stream(row.getArrayOfStrings("empty_files")).map(id -> new DataFile(id, true)))
                .toList();
    }
}
