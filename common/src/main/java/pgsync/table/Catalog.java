package pgsync.table;

import java.util.List;
import java.util.Map;
import pgsync.task.TableName;

/**
 * One side: the server, its tables by name, what was left out and why, and the foreign keys among them. One consistent reading.
 *
 * @param schemas those that were asked for and exist, also when there is no table in them
 */
public record Catalog(
        ServerFacts server,
        List<String> schemas,
        Map<TableName, TableShape> tables,
        List<LeftOut> leftOut,
        List<ForeignKey> foreignKeys) {
    public Catalog {
        schemas = List.copyOf(schemas);
        tables = Map.copyOf(tables);
        leftOut = List.copyOf(leftOut);
        foreignKeys = List.copyOf(foreignKeys);
    }
}
