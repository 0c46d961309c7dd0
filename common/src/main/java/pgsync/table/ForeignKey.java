package pgsync.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pgsync.sql.Quoted;
import pgsync.task.TableName;

/**
 * A foreign key of a table that is not itself inherited from a partition root ({@code conparentid = 0}). Columns pair up by position.
 *
 * @param from the table, or the root of the partition, that refers to {@code to}, which is meant in the same way
 * @param enforced false for NOT ENFORCED (from 18): no row is ever checked, and no deleted row takes others along
 * @param period its last column is a PERIOD (from 18): a range that those of the rows it refers to cover together
 * @param matchFull a row with a null in some of the columns and not in all of them breaks it; else it refers to nothing
 * @param equal condition on {@code c}, a row of the child, and {@code p}, one of the parent: it refers to that one, or of a PERIOD to a part
 * @param child what the constraint stands on: {@code from}, or one partition of it, and then its rows alone must comply
 * @param parent what it refers to: {@code to}, or one partition of it
 */
public record ForeignKey(
        String name,
        TableName from,
        List<String> columns,
        TableName to,
        List<String> referencedColumns,
        boolean deferrable,
        boolean validated,
        boolean enforced,
        boolean period,
        boolean matchFull,
        String equal,
        TableName child,
        TableName parent) {
    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }

    /** Between whole tables, enforced, without a period, for MATCH SIMPLE, by PostgreSQL's own operators. */
    public ForeignKey(
            String name,
            TableName from,
            List<String> columns,
            TableName to,
            List<String> referencedColumns,
            boolean deferrable,
            boolean validated) {
        this(
                name,
                from,
                columns,
                to,
                referencedColumns,
                deferrable,
                validated,
                true,
                false,
                false,
                plain(columns, referencedColumns),
                from,
                to);
    }

    private static String plain(List<String> columns, List<String> referencedColumns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> "p.%s operator(pg_catalog.=) c.%s"
                        .formatted(Quoted.identifier(referencedColumns.get(i)), Quoted.identifier(columns.get(i))))
                .collect(Collectors.joining(" and "));
    }
}
