package pgsync.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A valid unique index or an exclusion-free unique or primary key constraint of a table.
 *
 * @param columns names of its key columns (without INCLUDE columns) in index order; empty when any of them is an expression
 * @param expressions every key column as {@code pg_get_indexdef} prints it with {@code search_path = pg_catalog}; never empty
 * @param predicate of a partial index, else null
 * @param notNull every key column is declared NOT NULL
 * @param deferrable enforced by a DEFERRABLE constraint, so it cannot be an ON CONFLICT arbiter
 */
public record UniqueIndex(
        String name,
        boolean primary,
        List<String> columns,
        List<String> expressions,
        @Nullable String predicate,
        boolean notNull,
        boolean deferrable,
        boolean nullsNotDistinct) {
    public UniqueIndex {
        columns = List.copyOf(columns);
        expressions = List.copyOf(expressions);
    }

    /** Names each row exactly once: all plain columns, all NOT NULL, no predicate. */
    public boolean identifiesRows() {
        return !columns.isEmpty() && notNull && predicate == null;
    }
}
