package pgsync.coordinator.check;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import pgsync.error.StepFailed;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.sql.Quoted;
import pgsync.sql.Step;
import pgsync.table.CatalogReader;
import pgsync.table.ForeignKey;
import pgsync.task.RunId;
import pgsync.task.TableName;
import pgsync.task.TableReport;

/**
 * A run that wrote with foreign keys switched off leaves the target's own keys unchecked. This asks afterwards, only about keys that
 * the run can have broken: of tables that got rows, and to tables that lost some. What it finds is told and noted in the history; the
 * tables stay done, since they hold what the source holds.
 */
public final class ForeignKeyCheck {
    private static final String REMEDY =
            "synchronize the table that is referred to as well, or drop the constraint on the target";
    private static final String REMEDY_OF_NULLS = "drop the constraint on the target, or make it MATCH SIMPLE";
    private static final String REMEDY_ON_BOTH =
            "the source has this constraint too, so a row changed or went there without a new stamp: run with -reconcile";

    private static final String UNCHECKED = "nothing to do for pgsync; look into the constraints yourself";

    private final Pool source;
    private final Pool target;
    private final RunEvents events;

    public ForeignKeyCheck(Pool source, Pool target, RunEvents events) {
        this.source = source;
        this.target = target;
        this.events = events;
    }

    /** Gives the reports again, with what was found. A check that cannot be made is told, and changes nothing. */
    public List<TableReport> after(RunId run, List<TableReport> reports) {
        var written = reports.stream()
                .filter(report -> report.rowsUpserted() > 0 || report.rowsDeleted() > 0)
                .collect(Collectors.toMap(TableReport::table, report -> report, (one, other) -> one));
        if (written.isEmpty()) {
            return reports;
        }
        try {
            var found = find(run, written);
            found.forEach((table, finding) -> note(run, table, finding));
            return reports.stream()
                    .map(report -> with(report, found.get(report.table())))
                    .toList();
        } catch (StepFailed e) {
            events.on(new RunEvent.Warning(
                    null, "the target's foreign keys could not be checked: " + e.getMessage(), UNCHECKED));
            return reports;
        }
    }

    private record Finding(String text, String remedy) {}

    private Map<TableName, Finding> find(RunId run, Map<TableName, TableReport> written) {
        var found = new LinkedHashMap<TableName, Finding>();
        var connection = Step.connect("connect to the target", target);
        try {
            Step.await("begin to check", () -> connection.query(CheckSql.BEGIN).execute());
            if (!first(connection, CheckSql.BYPASSED, Tuple.of(run.value())).getBoolean("bypassed")) {
                return found;
            }
            for (var key : suspects(connection, written)) {
                for (var finding : findingsIfAsked(connection, key)) {
                    found.merge(key.from(), finding, ForeignKeyCheck::both);
                }
            }
            return found;
        } finally {
            end(connection);
        }
    }

    private static Finding both(Finding one, Finding other) {
        return new Finding(
                one.text() + "; " + other.text(), one.remedy().equals(REMEDY) ? other.remedy() : one.remedy());
    }

    private static void end(SqlConnection connection) {
        try {
            Step.await("end checking", () -> connection.query(CheckSql.END).execute());
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    private static List<ForeignKey> suspects(SqlConnection connection, Map<TableName, TableReport> written) {
        var schemas =
                written.keySet().stream().map(TableName::schema).distinct().toList();
        var suspects = new ArrayList<ForeignKey>();
        for (var key : CatalogReader.foreignKeys(connection, schemas)) {
            var child = written.get(key.from());
            var parent = written.get(key.to());
            // One that is NOT ENFORCED promises nothing.
            if (!key.enforced()) {
                continue;
            }
            if ((child != null && child.rowsUpserted() > 0) || (parent != null && parent.rowsDeleted() > 0)) {
                suspects.add(key);
            }
        }
        return suspects;
    }

    /** A key whose tables are locked or out of reach is told, and the others are asked about all the same. */
    private List<Finding> findingsIfAsked(SqlConnection connection, ForeignKey key) {
        execute(connection, CheckSql.BEFORE_ONE);
        try {
            var findings = findings(connection, key);
            execute(connection, CheckSql.AFTER_ONE);
            return findings;
        } catch (StepFailed e) {
            execute(connection, CheckSql.AFTER_ONE);
            events.on(new RunEvent.Warning(
                    key.from(),
                    "the target's foreign key %s could not be checked: %s"
                            .formatted(Quoted.printable(key.name()), e.getMessage()),
                    UNCHECKED));
            return List.of();
        }
    }

    private static void execute(SqlConnection connection, String sql) {
        Step.await("prepare to check foreign keys", () -> connection.query(sql).execute());
    }

    private List<Finding> findings(SqlConnection connection, ForeignKey key) {
        var findings = new ArrayList<Finding>();
        var partitioned = partitioned(connection, key.child());
        var orphans = count(connection, key, CheckSql.orphans(key, partitioned, partitioned(connection, key.parent())));
        if (orphans > 0) {
            var how = "they refer to rows that %s does not have".formatted(key.to());
            findings.add(finding(key, orphans, how, sourceHas(key, false) ? REMEDY_ON_BOTH : REMEDY));
        }
        var partlyNull = key.matchFull() ? count(connection, key, CheckSql.partlyNull(key, partitioned)) : 0;
        if (partlyNull > 0) {
            var how = "a part of its columns is null, against MATCH FULL";
            findings.add(finding(key, partlyNull, how, sourceHas(key, true) ? REMEDY_ON_BOTH : REMEDY_OF_NULLS));
        }
        return findings;
    }

    private static long count(SqlConnection connection, ForeignKey key, String sql) {
        var rows = Step.await(
                "check foreign key %s of %s".formatted(Quoted.printable(key.name()), key.from()),
                () -> connection.query(sql).execute());
        return rows.iterator().next().getLong("broken");
    }

    private static boolean partitioned(SqlConnection connection, TableName table) {
        return first(connection, CheckSql.PARTITIONED, Tuple.of(table.schema(), table.table()))
                .getBoolean("partitioned");
    }

    private static Row first(SqlConnection connection, String sql, Tuple parameters) {
        return Step.await(
                        "prepare to check foreign keys",
                        () -> connection.preparedQuery(sql).execute(parameters))
                .iterator()
                .next();
    }

    private static Finding finding(ForeignKey key, long rows, String how, String remedy) {
        var text = "%s rows break the target's foreign key %s: %s"
                .formatted(
                        rows > CheckSql.MOST ? "more than %,d".formatted(CheckSql.MOST) : "%,d".formatted(rows),
                        Quoted.printable(key.name()),
                        how);
        return new Finding(text, remedy);
    }

    /**
     * Under any name. One that was never validated there proves nothing, and neither does one by another equality.
     *
     * @param full whether it has to be one that forbids a null beside a value
     */
    private boolean sourceHas(ForeignKey key, boolean full) {
        var connection = Step.connect("connect to the source", source);
        try {
            return CatalogReader.foreignKeys(connection, List.of(key.from().schema())).stream()
                    .anyMatch(other -> other.validated()
                            && other.from().equals(key.from())
                            && other.to().equals(key.to())
                            && other.columns().equals(key.columns())
                            && other.referencedColumns().equals(key.referencedColumns())
                            && other.equal().equals(key.equal())
                            && (other.matchFull() || !full));
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    private void note(RunId run, TableName table, Finding finding) {
        events.on(new RunEvent.Warning(table, finding.text(), finding.remedy()));
        Step.await(
                "note a broken foreign key",
                () -> target.preparedQuery(CheckSql.NOTE)
                        .execute(Tuple.of(
                                run.value(), table.schema(), table.table(), finding.text(), finding.remedy())));
    }

    private static TableReport with(TableReport report, @org.jspecify.annotations.Nullable Finding finding) {
        return finding == null || report.error() != null
                ? report
                : new TableReport(
                        report.table(),
                        report.mode(),
                        report.status(),
                        report.rowsUpserted(),
                        report.rowsDeleted(),
                        report.rowsUnchanged(),
                        report.bytes(),
                        report.watermarkFrom(),
                        report.watermarkTo(),
                        finding.text(),
                        finding.remedy(),
                        report.took());
    }
}
