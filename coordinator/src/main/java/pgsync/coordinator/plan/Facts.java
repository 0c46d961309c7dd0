package pgsync.coordinator.plan;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pgsync.coordinator.ledger.TableState;
import pgsync.coordinator.moment.Horizon;
import pgsync.coordinator.moment.SourcePosition;
import pgsync.table.ForeignKey;
import pgsync.table.ServerFacts;
import pgsync.task.TableName;

/**
 * What the planner knows besides the tables themselves.
 *
 * @param targetForeignKeys those that are enforced: the others ask for no order and stop nothing
 * @param empty target tables without a row, among those that have no usable state
 * @param position how far the source has come, null where it does not tell
 */
public record Facts(
        ServerFacts source,
        ServerFacts target,
        java.util.List<ForeignKey> targetForeignKeys,
        Map<TableName, TableState> states,
        Set<TableName> empty,
        @Nullable Horizon horizon,
        @Nullable SourcePosition position) {
    public Facts {
        targetForeignKeys =
                targetForeignKeys.stream().filter(ForeignKey::enforced).toList();
        states = Map.copyOf(states);
        empty = Set.copyOf(empty);
    }
}
