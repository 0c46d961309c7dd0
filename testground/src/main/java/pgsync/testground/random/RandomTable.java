package pgsync.testground.random;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test has to know of a random table.
 *
 * @param quoted schema and name as SQL writes them
 * @param columns the source's, quoted
 * @param otherColumnsOnTarget the target has more of them
 * @param refusal a part of the reason for which it has to be refused; null when it can be synchronized
 * @param ddl for a person: how it was made on both sides
 */
public record RandomTable(
        String schema,
        String name,
        String quoted,
        List<String> columns,
        boolean otherColumnsOnTarget,
        @Nullable String refusal,
        String ddl) {
    public RandomTable {
        columns = List.copyOf(columns);
    }
}
