package pgsync.coordinator.discover;

import io.vertx.sqlclient.SqlClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pgsync.sql.Step;
import pgsync.table.TableShape;
import pgsync.task.TableName;

/** Tells which tables have no row, many in one statement. */
public final class EmptyTables {
    private static final int TABLES_A_STATEMENT = 200;

    private EmptyTables() {}

    /** Waits for the target; reads at most one row of each table. */
    public static Set<TableName> among(SqlClient target, List<TableShape> tables) {
        var empty = new HashSet<TableName>();
        for (var from = 0; from < tables.size(); from += TABLES_A_STATEMENT) {
            var some = tables.subList(from, Math.min(from + TABLES_A_STATEMENT, tables.size()));
            var sql = IntStream.range(0, some.size())
                    .mapToObj(i -> "select %d as i where not exists (select 1 from %s)"
                            .formatted(i, some.get(i).fromClause()))
                    .collect(Collectors.joining(" union all "));
            for (var row : Step.await(
                    "look for empty tables on the target",
                    () -> target.query(sql).execute())) {
                empty.add(some.get(row.getInteger(0)).name());
            }
        }
        return empty;
    }
}
