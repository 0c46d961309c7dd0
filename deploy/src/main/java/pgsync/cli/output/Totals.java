package pgsync.cli.output;

import java.util.Objects;
import pgsync.task.RunReport;
import pgsync.task.TableReport;
import pgsync.task.TableReport.Status;

/**
 * What the tables of a run add up to.
 *
 * @param verified tables whose rows were compared
 * @param different those of them that are not equal
 * @param compared their rows
 */
record Totals(
        long done,
        long failed,
        long guarded,
        long cancelled,
        long skipped,
        long upserted,
        long deleted,
        long unchanged,
        long bytes,
        long verified,
        long different,
        long compared,
        long differences) {
    static Totals of(RunReport report) {
        var tables = report.tables();
        var verified = tables.stream()
                .map(TableReport::differences)
                .filter(Objects::nonNull)
                .toList();
        return new Totals(
                report.count(Status.DONE),
                report.count(Status.FAILED),
                report.count(Status.GUARD),
                report.count(Status.CANCELLED),
                report.count(Status.SKIPPED),
                tables.stream().mapToLong(TableReport::rowsUpserted).sum(),
                tables.stream().mapToLong(TableReport::rowsDeleted).sum(),
                tables.stream().mapToLong(TableReport::rowsUnchanged).sum(),
                tables.stream().mapToLong(TableReport::bytes).sum(),
                verified.size(),
                verified.stream().filter(d -> d.total() > 0).count(),
                verified.stream()
                        .mapToLong(d -> Math.max(d.sourceRows(), d.targetRows()))
                        .sum(),
                report.differences());
    }
}
