package pgsync.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import pgsync.claim.Claim;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.error.Trouble;
import pgsync.event.RunEvent;
import pgsync.state.StateSchema;
import pgsync.task.Counts;
import pgsync.task.Fence;
import pgsync.task.NodeId;
import pgsync.task.Outcome;
import pgsync.task.RunId;
import pgsync.task.TableName;
import pgsync.task.TaskId;
import pgsync.task.Work;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;
import pgsync.worker.session.TargetSession.FenceCheck;

/**
 * Two databases and a run without a coordinator, whose tasks are run one by one: a few milliseconds each. The databases are the same for
 * every test of a JVM; {@link #empty} makes them new.
 */
final class ApplyGround {
    private static final TestServer SERVER = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private static final String SOURCE = SERVER.freshDatabase("apply_source");
    private static final String TARGET = SERVER.freshDatabase("apply_target");
    /** Kept open: to connect costs more than most of what they are asked. */
    private static final Connection ON_SOURCE = connect(SOURCE);

    private static final Connection ON_TARGET = connect(TARGET);
    private static final NodeId ME = new NodeId(UUID.randomUUID());
    /** Of the JVM, like the databases: a closed one would not try again for a server that comes back. */
    private static final Connector CONNECTOR = new Connector(Vertx.vertx(), ME, Pause.real());

    private final RunId run = new RunId(UUID.randomUUID());
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private @Nullable Runnable meanwhile;

    static {
        try (var once = new Connector(Vertx.vertx(), ME, Pause.real())) {
            StateSchema.ensure(once.pool(Side.TARGET, endpoint(TARGET), 1));
        }
    }

    private ApplyGround() {}

    /** Nobody is connected, no table is there, and one run has just begun. */
    static ApplyGround empty() {
        var ground = new ApplyGround();
        for (var side : List.of(ON_SOURCE, ON_TARGET)) {
            execute(
                    side,
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database() and pid <> pg_backend_pid()",
                    "drop schema if exists public cascade",
                    "drop schema if exists own cascade",
                    "create schema public");
        }
        execute(
                ON_TARGET,
                "truncate pgsync.task, pgsync.table_state, pgsync.sync_log, pgsync.run cascade",
                "insert into pgsync.run (id, mode, state, requested_by, coordinator, source_identity, settings_fingerprint, horizon)"
                        + " values ('%s', 'sync', 'running', 'me', '%s', '1/2/db', 'f', '2026-01-01')"
                                .formatted(ground.run.value(), ME));
        return ground;
    }

    private static Endpoint endpoint(String database) {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        return Endpoint.parse(SERVER.url(database), surroundings);
    }

    ApplyGround source(String... sql) {
        execute(ON_SOURCE, sql);
        return this;
    }

    ApplyGround target(String... sql) {
        execute(ON_TARGET, sql);
        return this;
    }

    ApplyGround both(String... sql) {
        return source(sql).target(sql);
    }

    @Nullable
    String onSource(String query) {
        return value(ON_SOURCE, query);
    }

    @Nullable
    String onTarget(String query) {
        return value(ON_TARGET, query);
    }

    /** A task that nobody has begun. */
    TaskId pending(Described table, Work... steps) {
        var kind = steps[0] instanceof Work.Copy ? "COPY" : "UPSERT";
        execute(
                ON_TARGET,
                "insert into pgsync.table_state (schema_name, table_name, source_identity, current_run, mode, watermark_column)"
                        + " values ('%1$s', '%2$s', '1/2/db', '%3$s', 'incremental', 'at') on conflict do nothing"
                                .formatted(table.name().schema(), table.name().table(), run.value()),
                "insert into pgsync.task (run_id, schema_name, table_name, kind, gate, spec) values ('%s', '%s', '%s', '%s', 'g', '%s')"
                        .formatted(
                                run.value(),
                                table.name().schema(),
                                table.name().table(),
                                kind,
                                table.task(steps).toJson().replace("'", "''")));
        return new TaskId(count("select max(id) from pgsync.task"));
    }

    Claim claimed(Described table, Work... steps) {
        return claimed(pending(table, steps), 1, null, table, steps);
    }

    /** The attempt of this number, reading this snapshot. */
    Claim claimed(TaskId task, int attempt, @Nullable String snapshot, Described table, Work... steps) {
        target(
                "update pgsync.task set status = 'CLAIMED', fence = fence + 1, owner = '%s', attempt = %d, started_at = clock_timestamp() where id = %d"
                        .formatted(ME, attempt, task.value()));
        var fence = count("select fence from pgsync.task where id = " + task.value());
        return new Claim(task, run, new Fence(fence), attempt, 0, snapshot, null, "incremental", table.task(steps));
    }

    /** Claims a new task and runs it. */
    Outcome run(Described table, Work... steps) {
        return run(claimed(table, steps));
    }

    Outcome run(Claim claim) {
        try (var runner = runner()) {
            return runner.run(claim);
        }
    }

    /** Runs a claim with a step or more of it done before. */
    static Claim after(int stepsDone, Claim claim) {
        return new Claim(
                claim.task(),
                claim.run(),
                claim.fence(),
                claim.attempt(),
                stepsDone,
                claim.snapshot(),
                claim.reached(),
                claim.mode(),
                claim.spec());
    }

    TaskRunner runner() {
        return new TaskRunner(CONNECTOR, endpoint(SOURCE), endpoint(TARGET), FenceCheck.inTarget(), this::hear);
    }

    /** Of a run whose target is not there any more. */
    TaskRunner runnerWithoutTarget() {
        return new TaskRunner(
                CONNECTOR, endpoint(SOURCE), endpoint("apply_nowhere"), FenceCheck.inTarget(), this::hear);
    }

    /** Claims a new task and runs it to its end; gives upserted, deleted and unchanged rows as the books have them, which must agree. */
    String done(Described table, Work... steps) {
        return done(claimed(table, steps));
    }

    String done(Claim claim) {
        var outcome = run(claim);
        assertThat(outcome).as("what became of the task").isInstanceOf(Outcome.Done.class);
        var counts = ((Outcome.Done) outcome).counts();
        if (!claim.spec().dryRun()) {
            assertThat(books(claim.task())).isEqualTo(new Books("DONE", counts));
        }
        return "%d %d %d".formatted(counts.upserted(), counts.deleted(), counts.unchanged());
    }

    /** Claims a new task, which must fail; gives the reason. */
    String failed(Trouble trouble, Described table, Work... steps) {
        var outcome = run(table, steps);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.trouble()).as(failed.reason()).isEqualTo(trouble));
        return ((Outcome.Failed) outcome).reason();
    }

    /** Claims a new task, which the guard must stop; gives the reason. */
    String stopped(Described table, Work... steps) {
        var outcome = run(table, steps);
        assertThat(outcome).isInstanceOf(Outcome.GuardStopped.class);
        return ((Outcome.GuardStopped) outcome).reason();
    }

    record Books(String status, Counts counts) {}

    Books books(TaskId task) {
        var row = Objects.requireNonNull(
                        onTarget("select concat_ws(' ', status, rows_upserted, rows_deleted, rows_unchanged, bytes)"
                                + " from pgsync.task where id = " + task.value()))
                .split(" ");
        return new Books(
                row[0],
                new Counts(
                        Long.parseLong(row[1]),
                        Long.parseLong(row[2]),
                        Long.parseLong(row[3]),
                        Long.parseLong(row[4])));
    }

    /** Happens once, after the first transaction of the next task. */
    void meanwhile(Runnable once) {
        meanwhile = once;
    }

    private void hear(RunEvent event) {
        events.add(event);
        var once = meanwhile;
        if (once != null && event instanceof RunEvent.Progress) {
            meanwhile = null;
            once.run();
        }
    }

    /** A moment of the source that lasts until it is closed. */
    Moment now() throws SQLException {
        var connection = SERVER.connect(SOURCE);
        try (var statement = connection.createStatement()) {
            statement.execute("begin isolation level repeatable read");
            try (var row = statement.executeQuery("select pg_export_snapshot()")) {
                row.next();
                return new Moment(connection, row.getString(1));
            }
        }
    }

    record Moment(Connection connection, String snapshot) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    List<RunEvent> events() {
        return events;
    }

    /** Rows that were told as committed, all together. */
    long progress() {
        return events.stream()
                .filter(RunEvent.Progress.class::isInstance)
                .mapToLong(event -> ((RunEvent.Progress) event).rows())
                .sum();
    }

    /** What was told of details so far, as -verbose shows it. */
    List<String> told() {
        return events.stream()
                .filter(RunEvent.Detail.class::isInstance)
                .map(event -> ((RunEvent.Detail) event).text())
                .toList();
    }

    RunId run() {
        return run;
    }

    /** Every row of the tables, in the order of their texts; null for the text of a table without rows. */
    void assertEqual(String... tables) {
        for (var table : tables) {
            assertThat(rows(ON_TARGET, table))
                    .as("rows of " + table + " on the target")
                    .isEqualTo(rows(ON_SOURCE, table));
        }
    }

    private static String rows(Connection side, String table) {
        var name = new TableName("public", table).quoted();
        return Objects.toString(
                value(side, "select string_agg(t::text, ' ' order by t::text collate \"C\") from " + name + " t"));
    }

    String rows(String table) {
        return rows(ON_TARGET, table);
    }

    private static Connection connect(String database) {
        try {
            return SERVER.connect(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Connection side, String... statements) {
        try (var statement = side.createStatement()) {
            for (var text : statements) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    private static @Nullable String value(Connection side, String query) {
        try (var statement = side.createStatement();
                var row = statement.executeQuery(query)) {
            assertThat(row.next()).as(query).isTrue();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private static long count(String query) {
        return Long.parseLong(Objects.requireNonNull(value(ON_TARGET, query)));
    }
}
