package pgsync.table;

import java.util.List;
import pgsync.task.TableName;

/** A foreign key of a table that is not itself inherited from a partition root ({@code conparentid = 0}). Columns pair up by position. */
public record ForeignKey(
        String name,
        TableName from,
        List<String> columns,
        TableName to,
        List<String> referencedColumns,
        boolean deferrable,
        boolean validated) {
    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
