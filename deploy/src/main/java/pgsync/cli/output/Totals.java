package pgsync.cli.output;

import pgsync.task.RunReport;
import pgsync.task.TableReport;
import pgsync.task.TableReport.Status;

/** What the tables of a run add up to. */
record Totals(
        long done,
        long failed,
        long guarded,
        long cancelled,
        long skipped,
        long upserted,
        long deleted,
        long unchanged,
        long bytes) {
    static Totals of(RunReport report) {
        var tables = report.tables();
        return new Totals(
                report.count(Status.DONE),
                report.count(Status.FAILED),
                report.count(Status.GUARD),
                report.count(Status.CANCELLED),
                report.count(Status.SKIPPED),
                tables.stream().mapToLong(TableReport::rowsUpserted).sum(),
                tables.stream().mapToLong(TableReport::rowsDeleted).sum(),
                tables.stream().mapToLong(TableReport::rowsUnchanged).sum(),
                tables.stream().mapToLong(TableReport::bytes).sum());
    }
}
