package pgsync.table;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unique index or an exclusion-free unique or primary key constraint of a table or of one of its partitions.
 *
 * @param columns names of its key columns (without INCLUDE columns) in index order; empty when any of them is an expression
 * @param expressions every key column as {@code pg_get_indexdef} prints it with {@code search_path = pg_catalog}; never empty
 *     and with its collation where that is not the column's
 * @param operators for every key column the operator by which the index takes two values of its expression for one, as
 *     {@code operator(public.=)}; empty where every {@code =} of the column's type does
 * @param predicate of a partial index, else null; of an index that only a partition has it says which rows belong there, and it is
 *     {@code true} where the index is not valid
 * @param notNull every key column is declared NOT NULL
 * @param deferrable enforced by a DEFERRABLE constraint, so it cannot be an ON CONFLICT arbiter
 */
public record UniqueIndex(
        String name,
        boolean primary,
        List<String> columns,
        List<String> expressions,
        List<String> operators,
        @Nullable String predicate,
        boolean notNull,
        boolean deferrable,
        boolean nullsNotDistinct) {
    public UniqueIndex {
        columns = List.copyOf(columns);
        expressions = List.copyOf(expressions);
        operators = List.copyOf(operators);
    }

    /** The ordinary case: the index compares as everybody does. */
    public UniqueIndex(
            String name,
            boolean primary,
            List<String> columns,
            List<String> expressions,
            @Nullable String predicate,
            boolean notNull,
            boolean deferrable,
            boolean nullsNotDistinct) {
        this(
                name,
                primary,
                columns,
                expressions,
                Collections.nCopies(expressions.size(), ""),
                predicate,
                notNull,
                deferrable,
                nullsNotDistinct);
    }

    /** Names each row exactly once: all plain columns, all NOT NULL, no predicate, and values are equal for it when they are for all. */
    public boolean identifiesRows() {
        return !columns.isEmpty() && notNull && predicate == null && comparesAsUsual();
    }

    /** No key column has a collation or an operator class by which other values are equal than elsewhere. */
    public boolean comparesAsUsual() {
        return operators.stream().allMatch(String::isEmpty);
    }
}
