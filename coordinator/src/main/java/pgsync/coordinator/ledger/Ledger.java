package pgsync.coordinator.ledger;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pgsync.claim.ClaimSql;
import pgsync.coordinator.moment.SourcePosition;
import pgsync.coordinator.plan.Plan;
import pgsync.coordinator.plan.PlannedTable;
import pgsync.coordinator.plan.PlannedTask;
import pgsync.error.RunHeld;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.node.OpenTransactions;
import pgsync.sql.AnyEncoding;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.Slice;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.task.TaskId;
import pgsync.task.TaskSpec;
import pgsync.task.Work;

/** Opens, reads and closes the books of runs. Safe from any thread; every method waits for the target. */
public final class Ledger {
    /** Rows of a statement that carries arrays: bounds its size, not the number of tables. */
    private static final int CHUNK = 1_000;

    /** Half a second each. */
    private static final int MOST_TRIES_TO_CLOSE = 40;

    private final Pool target;
    private final NodeId me;

    public Ledger(Pool target, NodeId me) {
        this.target = target;
        this.me = me;
    }

    /** What earlier runs left behind, by table; nothing for a table that no run ever took. */
    public Map<TableName, TableState> states(Collection<TableName> tables) {
        var names = List.copyOf(tables);
        var rows = new ArrayList<Row>();
        for (var chunk : chunks(names)) {
            ask("read the state of tables", target, LedgerSql.STATES, parameters(schemas(chunk), names(chunk)))
                    .forEach(rows::add);
        }
        var slices = slices(rows);
        var states = new HashMap<TableName, TableState>();
        for (var row : rows) {
            var table = new TableName(row.getString("schema_name"), row.getString("table_name"));
            states.put(table, state(row, slices.getOrDefault(table, List.of())));
        }
        return states;
    }

    private record CopySlice(Slice slice, boolean copied) {}

    private Map<TableName, List<CopySlice>> slices(List<Row> states) {
        var runs = states.stream()
                .filter(row -> row.getString("phase").equals("copying") && row.getUUID("copy_run") != null)
                .map(row -> row.getUUID("copy_run"))
                .distinct()
                .toArray(UUID[]::new);
        var slices = new HashMap<TableName, List<CopySlice>>();
        if (runs.length == 0) {
            return slices;
        }
        for (var row :
                ask("read the slices of unfinished copies", target, LedgerSql.SLICES, parameters((Object) runs))) {
            var spec = TaskSpec.ofJson(row.getString("spec"));
            if (spec.steps().getFirst() instanceof Work.Copy(var slice, var straight)) {
                slices.computeIfAbsent(
                                new TableName(row.getString("schema_name"), row.getString("table_name")),
                                t -> new ArrayList<>())
                        .add(new CopySlice(slice, row.getBoolean("copied")));
            }
        }
        return slices;
    }

    private static TableState state(Row row, List<CopySlice> slices) {
        return new TableState(
                row.getString("source_identity"),
                TableState.Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
                row.getOffsetDateTime("watermark"),
                row.getString("watermark_column"),
                row.getString("position"),
                row.getOffsetDateTime("copy_horizon"),
                row.getUUID("copy_run"),
                row.getString("shape"),
                row.getString("files"),
                row.getString("files_read"),
                Optional.ofNullable(row.getString("source_position"))
                        .map(SourcePosition::parse)
                        .orElse(null),
                slices.stream().filter(CopySlice::copied).map(CopySlice::slice).toList(),
                slices.stream().filter(s -> !s.copied()).map(CopySlice::slice).toList());
    }

    /**
     * A run as it is opened.
     *
     * @param cluster whose coordinators may take the run over, null for a run of one process
     * @param horizon null when it is not known
     * @param snapshot null when each task takes its own
     * @param reached bytes of log that the source had at the horizon, null when it does not tell
     */
    public record Opening(
            RunId run,
            String mode,
            String requestedBy,
            @Nullable String cluster,
            String sourceIdentity,
            String fingerprint,
            @Nullable OffsetDateTime horizon,
            @Nullable String snapshot,
            @Nullable Long reached) {}

    /**
     * Takes the plan's tables and publishes its tasks, all or nothing. Throws {@link RunHeld} when another live run holds one of
     * the tables, {@link Superseded} when another coordinator has taken the run over.
     */
    public void publish(Opening opening, Plan plan, Map<TableName, TableState> states) {
        AnyEncoding.write(spelled -> publish(opening, plan, states, spelled));
    }

    private void publish(Opening opening, Plan plan, Map<TableName, TableState> states, UnaryOperator<String> spelled) {
        inTransaction("publish the run", connection -> {
            openRun(connection, opening, plan);
            // In one order everywhere, so that two runs that want the same tables wait for each other and never in a
            // circle.
            var tables = plan.tables().stream()
                    .sorted(java.util.Comparator.comparing(PlannedTable::table))
                    .toList();
            for (var chunk : chunks(tables)) {
                hold(connection, opening, chunk);
                adopt(connection, opening.run(), chunk, states);
                publishTasks(connection, opening.run(), chunk);
            }
            publishSkipped(connection, opening.run(), plan, spelled);
            if (plan.taskCount() >= CHUNK) {
                // Or PostgreSQL would go on believing that there are a handful, and read all to find the dearest.
                Step.await(
                        "count the tasks",
                        () -> connection.query("analyze pgsync.task").execute());
            }
            return null;
        });
    }

    private void openRun(SqlConnection connection, Opening opening, Plan plan) {
        var opened = ask(
                "open the run",
                connection,
                LedgerSql.OPEN_RUN,
                parameters(
                        opening.run().value(),
                        opening.mode(),
                        opening.requestedBy(),
                        me.value(),
                        opening.snapshot(),
                        opening.horizon(),
                        opening.sourceIdentity(),
                        opening.fingerprint(),
                        opening.cluster(),
                        plan.tables().size(),
                        plan.taskCount(),
                        plan.estimatedRows(),
                        opening.reached()));
        if (opened.size() == 0) {
            throw new Superseded(opening.run());
        }
    }

    private void hold(SqlConnection connection, Opening opening, List<PlannedTable> tables) {
        var held = ask(
                "take the tables",
                connection,
                LedgerSql.HOLD,
                Tuple.of(opening.run().value(), opening.sourceIdentity())
                        .addValue(opening.horizon())
                        .addValue(tables.stream().map(t -> t.table().schema()).toArray(String[]::new))
                        .addValue(tables.stream().map(t -> t.table().table()).toArray(String[]::new))
                        .addValue(tables.stream().map(PlannedTable::mode).toArray(String[]::new))
                        .addValue(tables.stream()
                                .map(PlannedTable::watermarkColumn)
                                .toArray(String[]::new))
                        .addValue(tables.stream().map(PlannedTable::copying).toArray(Boolean[]::new))
                        .addValue(tables.stream().map(PlannedTable::shape).toArray(String[]::new))
                        .addValue(tables.stream().map(PlannedTable::files).toArray(String[]::new))
                        .addValue(tables.stream().map(Ledger::sourcePosition).toArray(String[]::new))
                        .addValue(tables.stream().map(PlannedTable::resumedAt).toArray(String[]::new)));
        if (held.size() < tables.size()) {
            throw new RunHeld(
                    "another run took %,d of the tables a moment ago".formatted(tables.size() - held.size()),
                    "wait until it has ended, or choose other tables with -include");
        }
        var setBack = tables.stream()
                .filter(PlannedTable::setBack)
                .map(PlannedTable::table)
                .toList();
        if (!setBack.isEmpty()) {
            ask(
                    "note that the source was set back",
                    connection,
                    LedgerSql.SET_BACK,
                    parameters(opening.run().value(), schemas(setBack), names(setBack)));
        }
    }

    private static @Nullable String sourcePosition(PlannedTable table) {
        return table.sourcePosition() == null ? null : table.sourcePosition().text();
    }

    private static void adopt(
            SqlConnection connection, RunId run, List<PlannedTable> tables, Map<TableName, TableState> states) {
        var adopted = tables.stream()
                .filter(PlannedTable::adopt)
                .map(PlannedTable::table)
                .toList();
        if (adopted.isEmpty()) {
            return;
        }
        var runs = adopted.stream()
                .map(t -> java.util.Objects.requireNonNull(states.get(t)).copyRun())
                .distinct()
                .toArray(UUID[]::new);
        ask(
                "take over finished slices",
                connection,
                LedgerSql.ADOPT,
                parameters(run.value(), runs, schemas(adopted), names(adopted)));
    }

    private record Publishing(PlannedTable table, PlannedTask task) {}

    private static void publishTasks(SqlConnection connection, RunId run, List<PlannedTable> tables) {
        var all = tables.stream()
                .flatMap(table -> table.tasks().stream().map(task -> new Publishing(table, task)))
                .toList();
        for (var chunk : chunks(all)) {
            ask(
                    "publish the tasks",
                    connection,
                    LedgerSql.TASKS,
                    Tuple.of(run.value())
                            .addValue(strings(chunk, p -> p.table().table().schema()))
                            .addValue(strings(chunk, p -> p.table().table().table()))
                            .addValue(strings(chunk, p -> p.task().kind()))
                            .addValue(strings(chunk, p -> p.table().gate()))
                            .addValue(chunk.stream().map(p -> p.task().stage()).toArray(Integer[]::new))
                            .addValue(chunk.stream().map(p -> p.task().cost()).toArray(Long[]::new))
                            .addValue(strings(chunk, p -> p.task().spec().toJson())));
        }
    }

    private static void publishSkipped(SqlConnection connection, RunId run, Plan plan, UnaryOperator<String> spelled) {
        for (var chunk : chunks(plan.refusals())) {
            ask(
                    "record what is skipped",
                    connection,
                    LedgerSql.SKIPPED,
                    Tuple.of(run.value())
                            .addValue(
                                    strings(chunk, r -> spelled.apply(r.table().schema())))
                            .addValue(
                                    strings(chunk, r -> spelled.apply(r.table().table())))
                            .addValue(strings(chunk, r -> spelled.apply(r.reason())))
                            .addValue(strings(chunk, r -> spelled.apply(r.remedy()))));
        }
    }

    /** Tasks that may be claimed now, dearest first. */
    public List<TaskId> due(RunId run, int atMost) {
        var ids = new ArrayList<TaskId>();
        ask("look for due tasks", target, LedgerSql.DUE, Tuple.of(run.value(), atMost))
                .forEach(row -> ids.add(new TaskId(row.getLong(0))));
        return ids;
    }

    /**
     * How a run stands.
     *
     * @param open tasks that have not ended
     * @param cancelRequested somebody asked to cancel it
     * @param snapshot that workers are told to read, null when each task takes its own
     */
    public record Progress(
            long open, boolean cancelRequested, @Nullable String snapshot) {}

    /** Throws {@link Superseded} when another coordinator drives the run. */
    public Progress progress(RunId run) {
        var row = ask("look at the run", target, LedgerSql.OPEN, Tuple.of(run.value(), me.value()))
                .iterator()
                .next();
        if (!Boolean.TRUE.equals(row.getBoolean("ours"))) {
            throw new Superseded(run);
        }
        return new Progress(row.getLong("open"), row.getBoolean("cancel_requested"), row.getString("snapshot"));
    }

    /** Tasks that all living nodes of the cluster can work on at a time. */
    public int slots(String cluster) {
        return ask("count the slots of the cluster", target, LedgerSql.SLOTS, Tuple.of(cluster))
                .iterator()
                .next()
                .getLong(0)
                .intValue();
    }

    /** Lines of history after the one with this number. */
    public List<Ended> endedSince(RunId run, long lastSeen) {
        var ended = new ArrayList<Ended>();
        ask("look for ended tables", target, LedgerSql.ENDED, Tuple.of(run.value(), lastSeen))
                .forEach(row -> ended.add(new Ended(row.getLong("id"), report(row))));
        return ended;
    }

    /** A line of history; its number grows with every line. */
    public record Ended(long number, TableReport report) {}

    private static TableReport report(Row row) {
        return new TableReport(
                new TableName(row.getString("schema_name"), row.getString("table_name")),
                row.getString("mode"),
                row.getBoolean("guard")
                        ? TableReport.Status.GUARD
                        : TableReport.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getLong("rows_upserted"),
                row.getLong("rows_deleted"),
                row.getLong("rows_unchanged"),
                row.getLong("bytes"),
                row.getString("watermark_from"),
                row.getString("watermark_to"),
                row.getString("error"),
                row.getString("remedy"),
                Duration.ofMillis(row.getLong("took")));
    }

    public void newSnapshot(RunId run, @Nullable String snapshot) {
        ask(
                "publish the new snapshot",
                target,
                LedgerSql.NEW_SNAPSHOT,
                Tuple.of(run.value()).addValue(snapshot).addValue(me.value()));
    }

    /** Cancels what nobody has begun yet. */
    public void cancelPending(RunId run) {
        inTransaction("cancel the run", connection -> {
            for (var row : ask("cancel pending tasks", connection, LedgerSql.CANCEL_PENDING, Tuple.of(run.value()))) {
                ask(
                        "close the books of a table",
                        connection,
                        LedgerSql.SETTLE,
                        Tuple.of(run.value(), row.getString(0), row.getString(1)));
            }
            return null;
        });
    }

    /** The rest of a table one of whose tasks failed is not begun any more. */
    static void settleFailed(SqlConnection connection, UUID run, String schema, String table) {
        var parameters = Tuple.of(run, schema, table);
        ask("cancel the rest of a table", connection, ClaimSql.CANCEL_REST_OF_TABLE, parameters);
        ask("close the books of a table", connection, LedgerSql.SETTLE, parameters);
    }

    /** Closes a run all of whose tasks have ended. */
    public void finish(RunId run, String state) {
        ask("close the run", target, LedgerSql.FINISH, Tuple.of(run.value(), state));
        ask("forget old tasks", target, LedgerSql.FORGET_TASKS, Tuple.of(run.value()));
    }

    /** Throws away what this node has begun to write and not committed. */
    public void endOwnTransactions() {
        OpenTransactions.end(target, me);
    }

    /**
     * Closes a run in whatever state it is: open tasks are fenced off, its tables released, history says why. Whoever is in the
     * middle of a transaction for it is cut off, as often as it takes. Throws {@link Superseded}, with nothing done, when another
     * coordinator drives the run.
     */
    public void abandon(RunId run, String state, String logStatus, String reason) {
        for (var tries = 1; ; tries++) {
            try {
                var unused = progress(run);
                OpenTransactions.end(target, me);
                ask("end transactions of the run", target, LedgerSql.TERMINATE_OWNERS, Tuple.of(run.value()));
                inTransaction("close the run", connection -> {
                    Step.await(
                            "wait for locks",
                            () -> connection
                                    .query("set local lock_timeout = '500ms'")
                                    .execute());
                    if (ask("keep the run", connection, LedgerSql.KEEP, Tuple.of(run.value(), me.value()))
                                    .size()
                            == 0) {
                        throw new Superseded(run);
                    }
                    abandon(connection, run, state, logStatus, reason);
                    return null;
                });
                return;
            } catch (StepFailed e) {
                if (e.trouble() != Trouble.LOCKED || tries == MOST_TRIES_TO_CLOSE) {
                    throw e;
                }
            }
        }
    }

    static void abandon(SqlConnection connection, RunId run, String state, String logStatus, String reason) {
        var step = "close run " + run;
        ask(step, connection, LedgerSql.FENCE_OFF, Tuple.of(run.value()));
        ask(step, connection, LedgerSql.LOG_UNFINISHED, Tuple.of(run.value(), logStatus, reason));
        ask(step, connection, LedgerSql.RELEASE, Tuple.of(run.value()));
        ask(step, connection, LedgerSql.FINISH, Tuple.of(run.value(), state));
    }

    private <T> @Nullable T inTransaction(String step, Function<SqlConnection, @Nullable T> body) {
        var connection = Step.connect(step, target);
        try {
            Step.await(step, () -> connection.query("begin").execute());
            var result = body.apply(connection);
            Step.await(step, () -> connection.query("commit").execute());
            return result;
        } catch (RuntimeException e) {
            rollback(connection, step, e);
            throw e;
        } finally {
            Step.await(step, connection::close);
        }
    }

    static void rollback(SqlConnection connection, String step, RuntimeException cause) {
        try {
            Step.await(step, () -> connection.query("rollback").execute());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    static RowSet<Row> ask(String step, SqlClient client, String sql, Tuple parameters) {
        return Step.await(step, () -> client.preparedQuery(sql).execute(parameters));
    }

    /** {@code Tuple.of} takes an array for several parameters; here an array is one. */
    static Tuple parameters(@Nullable Object... values) {
        return Tuple.tuple(Arrays.asList(values));
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        var chunks = new ArrayList<List<T>>();
        for (var from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(from + CHUNK, all.size())));
        }
        return chunks;
    }

    private static <T> String[] strings(List<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    static String[] schemas(List<TableName> tables) {
        return strings(tables, TableName::schema);
    }

    static String[] names(List<TableName> tables) {
        return strings(tables, TableName::table);
    }
}
