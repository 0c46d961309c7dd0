package pgsync.coordinator.examine;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import pgsync.coordinator.plan.PlannedTable;
import pgsync.sql.Step;

/** Which large tables have no index that begins with their timestamp column, so that each run reads the whole of them. */
final class WatermarkIndexes {
    /** Below, PostgreSQL reads a table as a whole soon enough. Rows, as the planner estimates them. */
    private static final long LARGE = 100_000;

    /** Modes after which, or in which, a run reads what changed; the others read the whole table in any case. */
    private static final Set<String> READ_BY_STAMP = Set.of("copy", "resume", "incremental");

    private static final String WITHOUT = """
            select w.place
              from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as w (place, schema_name, table_name, column_name)
              join pg_catalog.pg_namespace n on n.nspname = w.schema_name
              join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.table_name
             where not exists (
                   select 1
                     from pg_catalog.pg_index i
                     join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                    where i.indrelid = c.oid and i.indisvalid and i.indpred is null and a.attname = w.column_name)
               and (c.relkind = 'r' or current_setting('server_version_num')::int >= 110000)
             order by w.schema_name, w.table_name
            """;

    private WatermarkIndexes() {}

    /** In the order of names. */
    static List<PlannedTable> missing(Pool source, List<PlannedTable> tables) {
        var asked = tables.stream()
                .filter(table -> READ_BY_STAMP.contains(table.mode()))
                .filter(table -> table.watermarkColumn() != null && table.estimatedRows() >= LARGE)
                .toList();
        if (asked.isEmpty()) {
            return List.of();
        }
        var places = new Integer[asked.size()];
        var schemas = new String[asked.size()];
        var names = new String[asked.size()];
        var columns = new String[asked.size()];
        for (var i = 0; i < places.length; i++) {
            places[i] = i;
            schemas[i] = asked.get(i).table().schema();
            names[i] = asked.get(i).table().table();
            columns[i] = Objects.requireNonNull(asked.get(i).watermarkColumn());
        }
        var found = new ArrayList<PlannedTable>();
        Step.await(
                        "look for indexes of timestamp columns",
                        () -> source.preparedQuery(WITHOUT)
                                .execute(Tuple.tuple()
                                        .addValue(places)
                                        .addValue(schemas)
                                        .addValue(names)
                                        .addValue(columns)))
                .forEach(row -> found.add(asked.get(row.getInteger(0))));
        return found;
    }
}
