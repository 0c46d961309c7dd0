package pgsync.table;

import java.util.List;
import java.util.Map;
import pgsync.task.TableName;

/** One side: the server, its tables by name, what was left out and why, and the foreign keys among them. One consistent reading. */
public record Catalog(
        ServerFacts server, Map<TableName, TableShape> tables, List<LeftOut> leftOut, List<ForeignKey> foreignKeys) {
    public Catalog {
        tables = Map.copyOf(tables);
        leftOut = List.copyOf(leftOut);
        foreignKeys = List.copyOf(foreignKeys);
    }
}
