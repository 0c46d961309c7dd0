package pgsync.coordinator.discover;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.sql.Step;
import pgsync.table.TableShape;
import pgsync.task.TableName;

/** Tells which tables have no row, many in one statement. */
public final class EmptyTables {
    private static final int TABLES_A_STATEMENT = 200;

    private static final String BEGIN =
            "begin isolation level read committed read only; set local lock_timeout = '1s'; set local row_security = off;"
                    // One that was emptied row by row is read to its end.
                    + "set local statement_timeout = 0";

    private EmptyTables() {}

    /**
     * Waits for the target; reads at most one row of each table. One that somebody has locked exclusively is not waited for: it
     * counts as not empty, which costs a comparison and is right either way, and is told.
     */
    public static Set<TableName> among(Pool target, List<TableShape> tables, RunEvents events) {
        var empty = new HashSet<TableName>();
        var connection = Step.connect("connect to the target", target);
        try {
            for (var from = 0; from < tables.size(); from += TABLES_A_STATEMENT) {
                var some = tables.subList(from, Math.min(from + TABLES_A_STATEMENT, tables.size()));
                try {
                    empty.addAll(ask(connection, some));
                } catch (StepFailed e) {
                    if (e.trouble() != Trouble.LOCKED) {
                        throw e;
                    }
                    some.forEach(one -> empty.addAll(askAlone(connection, one, events)));
                }
            }
            return empty;
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    private static Set<TableName> askAlone(SqlConnection connection, TableShape table, RunEvents events) {
        try {
            return ask(connection, List.of(table));
        } catch (StepFailed e) {
            if (e.trouble() != Trouble.LOCKED) {
                throw e;
            }
            events.on(new RunEvent.Warning(
                    table.name(),
                    "another session has locked it on the target: " + e.reason(),
                    e.trouble().remedy()));
            return Set.of();
        }
    }

    private static Set<TableName> ask(SqlConnection connection, List<TableShape> some) {
        var step = "look for empty tables on the target";
        var sql = IntStream.range(0, some.size())
                .mapToObj(i -> "select %d as i where not exists (select 1 from %s)"
                        .formatted(i, some.get(i).fromClause()))
                .collect(Collectors.joining(" union all "));
        Step.await(step, () -> connection.query(BEGIN).execute());
        try {
            var empty = new HashSet<TableName>();
            for (var row : Step.await(step, () -> connection.query(sql).execute())) {
                empty.add(some.get(row.getInteger(0)).name());
            }
            return empty;
        } finally {
            Step.await(step, () -> connection.query("rollback").execute());
        }
    }
}
