package pgsync.status;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.TableDifferences;
import pgsync.task.TableName;

/**
 * Reads how things stand from the target. Safe from any thread; every method waits for PostgreSQL, on a virtual thread, and throws
 * {@link pgsync.error.StepFailed} when there is no answer within ten seconds or schema pgsync is not there.
 */
public final class Status {
    /** The longest list that is read at once. */
    public static final int MAX_PAGE = 500;

    /** People who look wait no longer, and a target that is away must not collect their questions. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_RECENT_RUNS = 20;
    private static final int MAX_LINES = 2_000;
    private static final int MAX_IN_WORK = 200;
    private static final int MAX_SUCCESSES = 20_000;

    /** A longer forecast says no more than this one. */
    private static final double MAX_ETA_SECONDS = 30 * 86_400.0;

    /** Before this much is done, a forecast is a guess. */
    private static final double FIRST_FORECAST = 0.01;

    private final Pool target;

    public Status(Pool target) {
        this.target = target;
    }

    /** Processes of a cluster, the longest there first; also dead ones that nobody has cleared away. */
    public List<NodeStatus> nodes(String cluster) {
        return ask("read the nodes", StatusSql.NODES, Tuple.of(cluster), Status::node);
    }

    /** Newest first. */
    public List<RunStatus> runs(int limit) {
        return ask("read the runs", StatusSql.RUNS, Tuple.of(atMost(limit)), Status::run);
    }

    public Optional<RunStatus> run(RunId run) {
        return ask("read the run", StatusSql.ONE_RUN, Tuple.of(run.value()), Status::run).stream()
                .findFirst();
    }

    /** Runs that are open, those that have just ended, and the newest one; newest first. */
    public List<RunStatus> recentRuns() {
        return ask("read the runs", StatusSql.RECENT_RUNS, Tuple.of(MAX_RECENT_RUNS), Status::run);
    }

    /** By name, from the one that follows {@code after}, which is null for the first page. */
    public Page<TableOfRun> tablesOfRun(RunId run, @Nullable TableName after, int limit) {
        var tables = ask(
                "read the tables of the run",
                StatusSql.TABLES_OF_RUN,
                Tuple.of(
                        run.value(),
                        after == null ? "" : after.schema(),
                        after == null ? "" : after.table(),
                        atMost(limit)),
                Status::tableOfRun);
        var total = ask(
                "count the tables of the run",
                StatusSql.COUNT_TABLES_OF_RUN,
                Tuple.of(run.value()),
                row -> row.getLong(0));
        return new Page<>(tables, total.getFirst());
    }

    public Page<TableStatus> tables(TableQuery query) {
        var rows = rows(
                "read the tables",
                StatusSql.TABLES,
                Tuple.of(
                        query.filter(),
                        query.state() == null ? null : query.state().word(),
                        query.sort().word(),
                        query.descending(),
                        query.limit(),
                        query.offset()));
        var tables = new ArrayList<TableStatus>();
        var total = 0L;
        for (var row : rows) {
            total = row.getLong("total");
            if (row.getString("table_name") != null) {
                tables.add(table(row));
            }
        }
        return new Page<>(tables, total);
    }

    /** Where {@link #tableNews} begins for someone who wants to know only what happens from now on. */
    public long lastLine() {
        return ask("read the history", StatusSql.LAST_LINE, Tuple.tuple(), row -> row.getLong(0))
                .getFirst();
    }

    /** Tables that ended by lines of history after {@code line}, oldest first, and those that are worked on now. */
    public TableNews tableNews(long line) {
        var ended = ask("read the history", StatusSql.ENDED_TABLES, Tuple.of(line, MAX_LINES), Status::news);
        var last = ended.isEmpty() ? line : ended.getLast().line();
        var items = new ArrayList<>(ended);
        items.addAll(ask("read the tables in work", StatusSql.TABLES_IN_WORK, Tuple.of(MAX_IN_WORK), Status::news));
        return new TableNews(items, last);
    }

    public Totals totals() {
        var ended = new HashMap<String, Long>();
        var seconds = 0.0;
        for (var row : rows("count the runs", StatusSql.ENDED_RUNS, Tuple.tuple())) {
            ended.put(row.getString("state"), row.getLong("runs"));
            seconds += row.getDouble("seconds");
        }
        var tasks = new HashMap<String, Long>();
        for (var row : rows("count the tasks", StatusSql.TASKS, Tuple.tuple())) {
            tasks.put(row.getString("status"), row.getLong("tasks"));
        }
        var successes = ask(
                "read when tables ended well",
                StatusSql.SUCCESSES,
                Tuple.of(MAX_SUCCESSES),
                row -> new Totals.Success(tableName(row), row.getDouble("success")));
        var differences = rows("read the last verification", StatusSql.LAST_DIFFERENCES, Tuple.tuple())
                .iterator()
                .next()
                .getLong(0);
        return new Totals(ended, seconds, differences, tasks, successes);
    }

    private static int atMost(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit " + limit);
        }
        return limit;
    }

    private <T> List<T> ask(String step, String sql, Tuple parameters, Function<Row, T> reading) {
        var read = new ArrayList<T>();
        rows(step, sql, parameters).forEach(row -> read.add(reading.apply(row)));
        return read;
    }

    private RowSet<Row> rows(String step, String sql, Tuple parameters) {
        return Step.await(
                step,
                () -> target.preparedQuery(sql)
                        .execute(parameters)
                        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static NodeStatus node(Row row) {
        return new NodeStatus(
                new NodeId(row.getUUID("id")),
                row.getString("name"),
                row.getString("role"),
                row.getString("address"),
                row.getString("http"),
                row.getString("version"),
                row.getLong("heartbeat_age"),
                row.getInteger("tasks"),
                row.getInteger("slots"),
                row.getString("note"),
                row.getBoolean("alive"));
    }

    private static RunStatus run(Row row) {
        @Nullable UUID coordinator = row.getUUID("coordinator");
        return new RunStatus(
                new RunId(row.getUUID("id")),
                row.getString("mode"),
                row.getString("state"),
                row.getBoolean("dry_run"),
                row.getString("requested_by"),
                row.getString("cluster"),
                coordinator == null ? null : new NodeId(coordinator),
                row.getBoolean("cancel_requested"),
                row.getString("started_at"),
                row.getString("finished_at"),
                row.getString("snapshot"),
                row.getString("horizon"),
                row.getInteger("tasks"),
                row.getLong("rows_estimated"),
                row.getInteger("exit_code"),
                row.getString("error"),
                row.getString("remedy"),
                row.getLong("differences"),
                notes(row.getJsonArray("notes")),
                new RunStatus.RunCounts(
                        row.getInteger("tables"),
                        row.getInteger("done"),
                        row.getInteger("failed"),
                        row.getInteger("guarded"),
                        row.getInteger("skipped"),
                        row.getInteger("cancelled"),
                        row.getInteger("open"),
                        row.getLong("upserted"),
                        row.getLong("deleted"),
                        row.getLong("unchanged"),
                        row.getLong("bytes")),
                pace(row));
    }

    private static List<RunNote> notes(JsonArray notes) {
        return notes.stream()
                .map(JsonObject.class::cast)
                .map(note -> new RunNote(
                        note.getString("table") == null
                                ? null
                                : new TableName(note.getString("schema"), note.getString("table")),
                        note.getString("kind"),
                        note.getString("message"),
                        note.getString("remedy")))
                .toList();
    }

    private static RunStatus.Pace pace(Row row) {
        var seconds = Math.max(row.getDouble("seconds"), 0.001);
        var rows = row.getLong("upserted") + row.getLong("deleted") + row.getLong("unchanged");
        @Nullable
        Double progress = row.getString("finished_at") == null ? row.getDouble("progress") : Double.valueOf(1);
        @Nullable Long eta = null;
        if (progress != null && progress >= FIRST_FORECAST && progress < 1) {
            eta = Math.round(Math.min(seconds * (1 - progress) / progress, MAX_ETA_SECONDS));
        }
        return new RunStatus.Pace(seconds, rows / seconds, row.getLong("bytes") / seconds, progress, eta);
    }

    private static TableName tableName(Row row) {
        return new TableName(row.getString("schema_name"), row.getString("table_name"));
    }

    private static TableNews.Item news(Row row) {
        return new TableNews.Item(row.getLong("line"), new RunId(row.getUUID("run_id")), tableOfRun(row));
    }

    private static TableOfRun tableOfRun(Row row) {
        return new TableOfRun(
                tableName(row),
                row.getString("mode"),
                row.getString("status"),
                row.getString("start_time"),
                row.getString("end_time"),
                row.getLong("rows_upserted"),
                row.getLong("rows_deleted"),
                row.getLong("rows_unchanged"),
                row.getLong("bytes"),
                row.getInteger("tasks"),
                row.getInteger("tasks_done"),
                row.getString("watermark_from"),
                row.getString("watermark_to"),
                row.getString("error"),
                row.getString("remedy"),
                TableDifferences.ofJson(row.getString("differences")));
    }

    private static TableStatus table(Row row) {
        @Nullable UUID held = row.getUUID("current_run");
        return new TableStatus(
                tableName(row),
                row.getString("state"),
                row.getString("mode"),
                row.getString("watermark_column"),
                row.getString("watermark"),
                row.getBoolean("has_lag") ? row.getDouble("lag") : null,
                row.getString("last_success"),
                row.getString("last_verified"),
                row.getString("last_error"),
                held == null ? null : new RunId(held),
                row.getUUID("run_id") == null ? null : lastRun(row));
    }

    private static TableStatus.LastRun lastRun(Row row) {
        return new TableStatus.LastRun(
                new RunId(row.getUUID("run_id")),
                row.getString("status"),
                row.getString("start_time"),
                row.getString("end_time"),
                row.getLong("rows_upserted"),
                row.getLong("rows_deleted"),
                row.getLong("rows_unchanged"),
                row.getLong("bytes"),
                row.getString("error"),
                row.getString("remedy"));
    }
}
