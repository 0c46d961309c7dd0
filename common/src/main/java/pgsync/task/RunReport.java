package pgsync.task;

import java.time.Duration;
import java.util.List;

/** What became of a run, table by table in the order they ended. {@code rowsEstimated} and counts are of selected tables only. */
public record RunReport(RunId run, boolean dryRun, List<TableReport> tables, Duration took) {
    public RunReport {
        tables = List.copyOf(tables);
    }

    public long count(TableReport.Status status) {
        return tables.stream().filter(t -> t.status() == status).count();
    }
}
