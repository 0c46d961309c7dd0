package pgsync.local;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pgsync.cli.History;
import pgsync.config.Settings;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.connect.VertxWithoutFiles;
import pgsync.sql.Step;
import pgsync.state.StateSchema;
import pgsync.task.NodeId;
import pgsync.time.Pause;

/** Reads the history that runs left in the target. */
public final class LocalHistory implements History {
    /** {@code $1} table or null, {@code $2} at most. Newest first. */
    private static final String READ = """
            select run_id::text, schema_name, table_name, mode,
                   to_char(start_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start_time,
                   to_char(end_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as end_time,
                   (extract(epoch from end_time - start_time) * 1000)::bigint as took,
                   case when guard then 'guard' else status end as status,
                   rows_upserted, rows_deleted, rows_unchanged, bytes,
                   to_char(watermark_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as watermark_from,
                   to_char(watermark_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as watermark_to,
                   error
              from pgsync.sync_log
             where $1::text is null or table_name = $1 or schema_name || '.' || table_name = $1
             order by start_time desc, id desc
             limit $2
            """;

    private final Surroundings around;

    public LocalHistory(Surroundings around) {
        this.around = around;
    }

    @Override
    public Answer read(Settings settings, Query query) {
        var target = Endpoint.parse(Side.TARGET, settings.requiredTarget().reveal(), around);
        var vertx = VertxWithoutFiles.start();
        try (var connector = new Connector(vertx, new NodeId(UUID.randomUUID()), Pause.real())) {
            var pool = connector.pool(Side.TARGET, target, 1);
            if (StateSchema.version(pool) == 0) {
                return new Answer.NeverUsed();
            }
            var lines = new ArrayList<Line>();
            Step.await(
                            "read the history",
                            () -> pool.preparedQuery(READ)
                                    .execute(Tuple.of(query.table()).addValue(query.limit())))
                    .forEach(row -> lines.add(line(row)));
            return new Answer.Lines(lines);
        } finally {
            var closing = vertx.close();
            closing.onFailure(e -> {});
        }
    }

    private static Line line(Row row) {
        @Nullable Long took = row.getLong("took");
        return new Line(
                row.getString("run_id"),
                row.getString("schema_name"),
                row.getString("table_name"),
                row.getString("mode"),
                row.getString("start_time"),
                row.getString("end_time"),
                took == null ? null : Duration.ofMillis(took),
                row.getString("status"),
                row.getLong("rows_upserted"),
                row.getLong("rows_deleted"),
                row.getLong("rows_unchanged"),
                row.getLong("bytes"),
                row.getString("watermark_from"),
                row.getString("watermark_to"),
                row.getString("error"));
    }
}
