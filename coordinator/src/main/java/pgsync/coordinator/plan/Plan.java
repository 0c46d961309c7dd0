package pgsync.coordinator.plan;

import java.util.List;
import pgsync.coordinator.discover.Refusal;

/** Everything a run will do, dearest table first, and the tables it will not touch, each with its reason. */
public record Plan(List<PlannedTable> tables, List<Refusal> refusals, List<Warning> warnings) {
    /** What a person should know before the run begins, and what can be done about it. */
    public record Warning(String text, String remedy) {}

    public Plan {
        tables = List.copyOf(tables);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    public int taskCount() {
        return tables.stream().mapToInt(t -> t.tasks().size()).sum();
    }

    public long estimatedRows() {
        return tables.stream().mapToLong(PlannedTable::estimatedRows).sum();
    }
}
