package pgsync.coordinator.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pgsync.coordinator.ledger.LedgerGround.copy;
import static pgsync.coordinator.ledger.LedgerGround.name;
import static pgsync.coordinator.ledger.LedgerGround.newRun;
import static pgsync.coordinator.ledger.LedgerGround.opening;
import static pgsync.coordinator.ledger.LedgerGround.plan;
import static pgsync.coordinator.ledger.LedgerGround.setBack;
import static pgsync.coordinator.ledger.LedgerGround.staged;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pgsync.coordinator.discover.Refusal;
import pgsync.coordinator.moment.SourcePosition;
import pgsync.coordinator.plan.Plan;
import pgsync.coordinator.plan.PlannedTable;
import pgsync.error.RunHeld;
import pgsync.event.RunEvent;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.Slice;
import pgsync.task.TableDifferences;
import pgsync.task.TableReport;
import pgsync.task.TableReport.Status;
import pgsync.task.TaskId;
import pgsync.time.Pause;

/** What stands in the books when runs are opened, taken over, cancelled, closed and left behind by the dead. */
class LedgerTest {
    private final LedgerGround ground = new LedgerGround();
    private final Ledger ledger = new Ledger(ground.pool, ground.me);
    private final RunId run = newRun();
    private final NodeId other = new NodeId(UUID.randomUUID());
    private final List<RunEvent> events = new ArrayList<>();

    @AfterEach
    void close() {
        ground.close();
    }

    private void published(PlannedTable... tables) {
        ledger.publish(opening(run), plan(tables), Map.of());
    }

    private void claimed(String where) {
        ground.sql(
                "update pgsync.task set status = 'CLAIMED', fence = fence + 1, attempt = attempt + 1, started_at = clock_timestamp(), owner = '"
                        + other + "' where " + where);
    }

    // --- to publish

    /** As with a connection string that gives a name of its own, or behind a pooler that adds one. */
    private static String sessionName(NodeId node) {
        return node.applicationName() + " reports";
    }

    @Test
    void a_run_its_tables_and_its_tasks_are_there_at_once() {
        var refusal = new Refusal(name("no"), "the reason", "the remedy");
        ledger.publish(
                opening(run),
                new Plan(List.of(copy("a", 2, "copy", false), staged("b")), List.of(refusal), List.of()),
                Map.of());

        assertThat(ground.row(
                        "state, mode, requested_by, coordinator, snapshot, horizon at time zone 'UTC', source_identity,"
                                + " settings_fingerprint, tables, tasks, rows_estimated, source_reached",
                        "pgsync.run"))
                .isEqualTo(
                        "running sync somebody " + ground.me + " snap-1 2026-01-01 00:00:00 1/2/db print 2 4 30 4711");
        assertThat(ground.column(
                        "select concat_ws(' ', table_name, phase, mode, watermark_column, shape, copy_run = current_run,"
                                + " copy_horizon at time zone 'UTC') from pgsync.table_state order by 1"))
                .containsExactly("a copying copy at shape t 2026-01-01 00:00:00", "b new incremental at shape");
        assertThat(
                        ground.column(
                                "select concat_ws(' ', table_name, kind, gate, stage, cost, status) from pgsync.task order by id"))
                .containsExactly(
                        "a COPY s.a 0 0 PENDING",
                        "a COPY s.a 0 1 PENDING",
                        "b UPSERT s.b 0 1 PENDING",
                        "b KEYS s.b 1 100 PENDING");
        assertThat(ground.row("schema_name, table_name, status, error, remedy", "pgsync.sync_log"))
                .isEqualTo("s no skipped the reason the remedy");
    }

    @Test
    void a_table_belongs_to_one_run_and_nothing_is_left_of_the_other() {
        published(staged("a"));
        var second = newRun();

        assertThatThrownBy(() -> ledger.publish(opening(second), plan(staged("a"), staged("b")), Map.of()))
                .isInstanceOf(RunHeld.class)
                .hasMessageContaining("1 of the tables");
        assertThat(ground.column("select id::text from pgsync.run")).containsExactly(run.toString());
        assertThat(ground.column("select distinct table_name from pgsync.task")).containsExactly("a");
        ledger.publish(opening(second), plan(staged("b")), Map.of());
    }

    @Test
    void many_tables_and_tasks_are_all_published() {
        var tables = IntStream.range(0, 1_500)
                .mapToObj(i -> copy("t" + i, 2, "copy", false))
                .toArray(PlannedTable[]::new);
        var refusals = IntStream.range(0, 1_001)
                .mapToObj(i -> new Refusal(name("no" + i), "r", "m"))
                .toList();
        ledger.publish(opening(run), new Plan(List.of(tables), refusals, List.of()), Map.of());

        assertThat(ground.row("count(*)", "pgsync.task")).isEqualTo("3000");
        assertThat(ground.row("count(*)", "pgsync.table_state where current_run is not null"))
                .isEqualTo("1500");
        assertThat(ground.row("count(*)", "pgsync.sync_log")).isEqualTo("1001");
        assertThat(ground.row("reltuples", "pg_class where oid = 'pgsync.task'::regclass"))
                .isEqualTo("3000");
        assertThat(ledger.states(
                        List.of(tables).stream().map(PlannedTable::table).toList()))
                .hasSize(1_500);
    }

    @Test
    void a_run_that_another_coordinator_took_is_not_published() {
        ground.sql("insert into pgsync.run (id, mode, state, requested_by, coordinator) values ('" + run.value()
                + "', 'sync', 'planning', 'x', '" + other + "')");

        assertThatThrownBy(() -> published(staged("a"))).isInstanceOf(Superseded.class);
        assertThat(ground.row("state, (select count(*) from pgsync.task)", "pgsync.run"))
                .isEqualTo("planning 0");
        ground.sql("update pgsync.run set coordinator = '" + ground.me + "'");
        published(staged("a"));
        assertThat(ground.row("state", "pgsync.run")).isEqualTo("running");
    }

    // --- what earlier runs left

    @Test
    void the_state_of_a_table_is_what_its_row_says() {
        published(copy("a", 3, "copy", false));
        ground.sql(
                "update pgsync.task set status = 'DONE' where cost = 1",
                "update pgsync.table_state set watermark = '2026-02-01Z', position = 'here'");

        assertThat(ledger.states(List.of(name("a"), name("unknown"))))
                .containsExactly(Map.entry(
                        name("a"),
                        new TableState(
                                "1/2/db",
                                TableState.Phase.COPYING,
                                OffsetDateTime.parse("2026-02-01T00:00:00Z"),
                                "at",
                                "here",
                                OffsetDateTime.parse("2026-01-01T00:00:00Z"),
                                run.value(),
                                "shape",
                                null,
                                "files",
                                null,
                                List.of(new Slice.Blocks(1, 2)),
                                List.of(new Slice.Blocks(0, 1), new Slice.Blocks(2, 3)))));
        ground.sql("update pgsync.table_state set phase = 'live'");
        assertThat(ledger.states(List.of(name("a"))).get(name("a")).copied()).isEmpty();
    }

    @Test
    void a_table_whose_source_was_set_back_is_new_until_a_run_has_compared_it() {
        ledger.publish(opening(run), plan(setBack("a", "2/100", false)), Map.of());
        assertThat(ground.row("phase, source_position", "pgsync.table_state")).isEqualTo("new 2/100");
        ground.sql("update pgsync.table_state set phase = 'live', current_run = null");

        ledger.publish(opening(newRun()), plan(setBack("a", "2/200", false)), Map.of());
        assertThat(ground.row("phase, source_position", "pgsync.table_state")).isEqualTo("live 2/200");
        ground.sql("update pgsync.table_state set current_run = null");

        ledger.publish(opening(newRun()), plan(setBack("a", "3/150", true)), Map.of());
        assertThat(ground.row("phase, source_position", "pgsync.table_state")).isEqualTo("new 3/150");
        assertThat(Objects.requireNonNull(ledger.states(List.of(name("a"))).get(name("a")))
                        .sourcePosition())
                .isEqualTo(new SourcePosition(3, 150L));
        ground.sql("alter table pgsync.table_state drop column source_position");
        assertThat(Objects.requireNonNull(ledger.states(List.of(name("a"))).get(name("a")))
                        .sourcePosition())
                .as("of an older pgsync's books")
                .isNull();
    }

    @Test
    void slices_that_are_done_belong_to_the_run_that_goes_on_and_bear_no_moments_name() {
        published(copy("a", 3, "copy", false), copy("b", 1, "copy", false));
        ground.sql("update pgsync.task set status = 'DONE', snapshot = 'snap-1' where cost = 1 or table_name = 'b'");
        ledger.abandon(run, "failed", "failed", "stopped");
        var next = newRun();
        var states = ledger.states(List.of(name("a"), name("b")));

        ledger.publish(
                opening(next), plan(copy("a", 2, "resume", true), copy("b", 1, "copy", false), staged("c")), states);

        assertThat(ground.column(
                        "select concat_ws(' ', table_name, status, snapshot is null) from pgsync.task where run_id = '"
                                + next.value() + "' and status = 'DONE'"))
                .containsExactly("a DONE t");
        assertThat(ground.row("count(*)", "pgsync.task where run_id = '" + run.value() + "' and status = 'DONE'"))
                .isEqualTo("1");
    }

    @Test
    void another_source_column_or_shape_makes_a_table_new() {
        published(staged("a"));
        var live =
                "update pgsync.table_state set current_run = null, phase = 'live', watermark = '2025-01-01Z', position = 'p'";
        ground.sql(live);
        ledger.publish(opening(newRun()), plan(staged("a", "p")), Map.of());
        assertThat(ground.row("phase, watermark at time zone 'UTC', position", "pgsync.table_state"))
                .isEqualTo("live 2025-01-01 00:00:00 p");
        ground.sql(live);
        ledger.publish(opening(newRun(), "9/9/other", null), plan(staged("a")), Map.of());
        assertThat(ground.row("phase, watermark is null, position is null", "pgsync.table_state"))
                .isEqualTo("new t t");
    }

    @Test
    void a_place_that_a_run_does_not_go_on_from_is_forgotten() {
        published(staged("a"));
        ground.sql("update pgsync.table_state set current_run = null, phase = 'live', position = 'p'");
        ledger.publish(opening(newRun()), plan(staged("a")), Map.of());

        assertThat(ground.row("phase, position is null", "pgsync.table_state")).isEqualTo("live t");
    }

    // --- while it runs

    @Test
    void dearest_tasks_of_the_lowest_open_stage_are_due() {
        published(copy("a", 3, "copy", false), staged("b"));

        assertThat(due(10)).containsExactly("a2", "a1", "b1", "a0");
        assertThat(due(2)).containsExactly("a2", "a1");
        ground.sql(
                "update pgsync.task set status = 'DONE' where kind = 'UPSERT'",
                "update pgsync.task set not_before = clock_timestamp() + interval '1 hour' where cost = 2");
        assertThat(due(10)).containsExactly("b100", "a1", "a0");
        claimed("cost = 100");
        assertThat(due(10)).containsExactly("a1", "a0");
    }

    private List<String> due(int atMost) {
        return ledger.due(run, atMost).stream()
                .map(task -> ground.row("table_name || cost", "pgsync.task where id = " + task.value()))
                .toList();
    }

    @Test
    void progress_is_told_to_whoever_drives_the_run() {
        published(staged("a"));
        assertThat(ledger.progress(run)).isEqualTo(new Ledger.Progress(1, false, "snap-1"));
        ground.sql("update pgsync.task set status = 'DONE'", "update pgsync.run set cancel_requested = true");
        assertThat(ledger.progress(run)).isEqualTo(new Ledger.Progress(0, true, "snap-1"));
        assertThatThrownBy(() -> new Ledger(ground.pool, other).progress(run)).isInstanceOf(Superseded.class);
    }

    @Test
    void slots_are_those_of_nodes_that_live() {
        ground.node(other, "worker", "1 second").node(new NodeId(UUID.randomUUID()), "worker", "6 seconds");

        assertThat(ledger.slots("c")).isEqualTo(8);
        assertThat(ledger.slots("another")).isZero();
    }

    @Test
    void history_is_told_line_by_line() {
        published(staged("a"));
        ground.sql(
                "insert into pgsync.sync_log (run_id, schema_name, table_name, mode, start_time, end_time, status, rows_upserted,"
                        + " rows_deleted, rows_unchanged, bytes, watermark_from, watermark_to, error, remedy, guard) values"
                        + " ('" + run.value()
                        + "', 's', 'a', 'm', '2026-01-01Z', '2026-01-01 00:00:01.5Z', 'done', 1, 2, 3, 4, '2025-01-01Z',"
                        + " '2026-01-01Z', 'e', 'r', false),"
                        + " ('" + run.value()
                        + "', 's', 'b', 'm', '2026-01-01Z', '2026-01-01Z', 'failed', 0, 0, 0, 0, null, null, null, null, true)");

        var ended = ledger.endedSince(run, 0);

        assertThat(ended.get(0).report())
                .isEqualTo(new TableReport(
                        name("a"),
                        "m",
                        Status.DONE,
                        1,
                        2,
                        3,
                        4,
                        "2025-01-01T00:00:00Z",
                        "2026-01-01T00:00:00Z",
                        "e",
                        "r",
                        Duration.ofMillis(1500)));
        assertThat(ended.get(1).report().status()).isEqualTo(Status.GUARD);
        assertThat(ledger.endedSince(run, ended.get(0).number())).containsExactly(ended.get(1));
    }

    @Test
    void slices_of_an_old_moment_lose_its_name_and_go_through_the_stage() {
        published(copy("a", 3, "copy", false));
        ground.sql("update pgsync.task set status = 'DONE', attempt = 1, snapshot = 'snap-1' where cost = 0");
        claimed("cost = 1");

        ledger.newSnapshot(run, "snap-2");

        assertThat(ground.row("snapshot", "pgsync.run")).isEqualTo("snap-2");
        assertThat(ground.column(
                        "select concat_ws(' ', cost, attempt, coalesce(snapshot, '-')) from pgsync.task order by cost"))
                .containsExactly("0 1 -", "1 1 -", "2 1 snap-2");
        new Ledger(ground.pool, other).newSnapshot(run, "snap-3");
        assertThat(ground.row("snapshot", "pgsync.run")).isEqualTo("snap-2");
    }

    // --- its end

    @Test
    void what_nobody_began_is_cancelled_and_tables_with_nothing_else_are_closed() {
        published(staged("a"), copy("b", 2, "copy", false));
        claimed("table_name = 'b' and cost = 1");

        ledger.cancelPending(run);

        assertThat(ground.column("select concat_ws(' ', table_name, status) from pgsync.task order by id"))
                .containsExactly("a CANCELLED", "a CANCELLED", "b CANCELLED", "b CLAIMED");
        assertThat(ground.column("select concat_ws(' ', table_name, status) from pgsync.sync_log"))
                .containsExactly("a cancelled");
        assertThat(ground.column("select table_name from pgsync.table_state where current_run is not null"))
                .containsExactly("b");
    }

    @Test
    void a_run_that_is_finished_stays_so_and_old_tasks_are_forgotten() {
        published(copy("old", 1, "copy", false), staged("rest"));
        ledger.finish(run, "done");
        ledger.finish(run, "failed");
        assertThat(ground.row("state, finished_at is not null", "pgsync.run")).isEqualTo("done t");
        ground.sql(
                "update pgsync.run set finished_at = clock_timestamp() - interval '2 days'",
                "update pgsync.table_state set current_run = null");
        var next = newRun();
        ledger.publish(opening(next), plan(staged("new")), Map.of());

        ledger.finish(next, "done");
        assertThat(ground.row("count(*)", "pgsync.task where run_id = '" + run.value() + "'"))
                .as("slices of a copy that is not complete are needed")
                .isEqualTo("3");
        ground.sql("update pgsync.table_state set copy_run = null");
        ledger.finish(next, "done");
        assertThat(ground.column("select distinct table_name from pgsync.task")).containsExactly("new");
    }

    @Test
    void a_run_that_is_given_up_is_fenced_off_released_and_says_why() throws SQLException {
        published(staged("a"), staged("b"));
        claimed("table_name = 'a' and stage = 0");
        ground.sql("update pgsync.task set rows_upserted = 7 where status = 'CLAIMED'");
        try (var stale = ground.connect();
                var statement = stale.createStatement()) {
            statement.execute("set application_name = '" + sessionName(other) + "'");
            statement.execute("begin");
            statement.execute("select 1 from pgsync.task for share");

            ledger.abandon(run, "failed", "cancelled", "given up");

            assertThatThrownBy(() -> statement.execute("commit")).isInstanceOf(SQLException.class);
        }
        assertThat(ground.column("select distinct status || fence from pgsync.task order by 1"))
                .containsExactly("CANCELLED1", "CANCELLED2");
        assertThat(
                        ground.column(
                                "select concat_ws(' ', table_name, status, rows_upserted, error) from pgsync.sync_log order by 1"))
                .containsExactly("a cancelled 7 given up", "b cancelled 0 given up");
        assertThat(ground.row("count(current_run)", "pgsync.table_state")).isEqualTo("0");
        assertThat(ground.row("state", "pgsync.run")).isEqualTo("failed");
    }

    @Test
    void only_the_driver_gives_a_run_up() {
        published(staged("a"));

        assertThatThrownBy(() -> new Ledger(ground.pool, other).abandon(run, "failed", "failed", "no"))
                .isInstanceOf(Superseded.class);
        assertThat(ground.row("state", "pgsync.run")).isEqualTo("running");
    }

    @Test
    void what_a_node_has_begun_and_not_committed_is_thrown_away() throws SQLException {
        try (var mine = ground.connect();
                var statement = mine.createStatement()) {
            statement.execute("set application_name = '" + sessionName(ground.me) + "'");
            statement.execute("begin");
            statement.execute("select 1");

            ledger.endOwnTransactions();

            assertThatThrownBy(() -> statement.execute("commit")).isInstanceOf(SQLException.class);
        }
    }

    // --- dead owners

    private Orphans orphans() {
        return new Orphans(ground.pool, ground.me, events::add);
    }

    @Test
    void a_claim_of_a_node_that_says_nothing_goes_back_and_its_fence_is_raised() {
        published(staged("a"));
        claimed("stage = 0");
        ground.node(other, "worker", "1 second");
        orphans().requeue(run);
        assertThat(events).isEmpty();

        ground.sql("update pgsync.node set heartbeat = clock_timestamp() - interval '6 seconds' where id = '" + other
                + "'");
        orphans().requeue(run);

        assertThat(ground.row("status, fence, owner is null, requeues", "pgsync.task where stage = 0"))
                .isEqualTo("PENDING 2 t 1");
        assertThat(events).containsExactly(new RunEvent.Requeued(run, other));
        orphans().requeue(run);
        assertThat(events).hasSize(1);
    }

    @Test
    void a_task_that_ended_too_many_nodes_fails_with_the_rest_of_its_table() {
        published(staged("a"), staged("b"));
        claimed("table_name = 'a' and stage = 0");
        ground.sql("update pgsync.task set requeues = 19");
        orphans().requeue(run);
        assertThat(ground.row("status", "pgsync.task where table_name = 'a' and stage = 0"))
                .isEqualTo("PENDING");

        claimed("table_name = 'a' and stage = 0");
        orphans().requeue(run);

        assertThat(ground.column("select concat_ws(' ', table_name, status) from pgsync.task order by id"))
                .containsExactly("a FAILED", "a CANCELLED", "b PENDING", "b PENDING");
        assertThat(ground.row("table_name, status, error", "pgsync.sync_log")).startsWith("a failed 20 nodes died");
        assertThat(events).hasSize(2);
    }

    @Test
    void an_owner_that_froze_inside_of_a_transaction_loses_it_first() throws SQLException {
        published(staged("a"));
        claimed("stage = 0");
        try (var frozen = ground.connect();
                var statement = frozen.createStatement()) {
            statement.execute("set application_name = '" + sessionName(other) + "'");
            statement.execute("begin");
            statement.execute("select 1 from pgsync.task for share");

            orphans().requeue(run);
            assertThat(events).isEmpty();
            assertThatThrownBy(() -> statement.execute("commit")).isInstanceOf(SQLException.class);
        }
        orphans().requeue(run);
        assertThat(ground.row("status", "pgsync.task where stage = 0")).isEqualTo("PENDING");
    }

    // --- dead runs

    private void runOf(NodeId driver, String startedAgo) {
        published(staged("a"));
        ground.sql("update pgsync.run set coordinator = '" + driver + "', started_at = clock_timestamp() - interval '"
                + startedAgo + "'");
    }

    private DeadRuns deadRuns(Pause pause) {
        return new DeadRuns(ground.pool, ground.me, false, pause, events::add);
    }

    private static final Pause NEVER = pause -> {
        throw new AssertionError("nothing to wait for");
    };

    @Test
    void a_run_whose_process_says_nothing_is_closed() {
        runOf(other, "1 hour");
        ground.node(other, "coordinator", "6 seconds");
        claimed("stage = 0");

        deadRuns(NEVER).close(List.of(name("a")));

        assertThat(ground.row("state", "pgsync.run")).isEqualTo("failed");
        assertThat(ground.row("count(current_run)", "pgsync.table_state")).isEqualTo("0");
        assertThat(ground.row("status, error", "pgsync.sync_log"))
                .isEqualTo("failed the process that ran it ended without finishing");
        assertThat(events).singleElement().isInstanceOf(RunEvent.Warning.class);
    }

    @Test
    void a_run_that_lives_and_holds_a_table_is_told_and_one_that_holds_none_is_let_be() {
        runOf(other, "1 hour");
        ground.node(other, "coordinator", "0 seconds");
        deadRuns(NEVER).close(List.of(name("b")));

        Pause beats =
                pause -> ground.sql("update pgsync.node set heartbeat = clock_timestamp() where id = '" + other + "'");
        assertThatThrownBy(() -> deadRuns(beats).close(List.of(name("a"))))
                .isInstanceOf(RunHeld.class)
                .hasMessageContaining(run.toString());
        assertThat(ground.row("state", "pgsync.run")).isEqualTo("running");
    }

    /** Three seconds are enough for one whose connections are gone, and not for one that still has some. */
    @Test
    void a_process_that_is_still_connected_gets_longer_to_say_that_it_lives() throws SQLException {
        runOf(other, "1 hour");
        ground.node(other, "coordinator", "3 seconds");
        try (var connected = ground.connect();
                var statement = connected.createStatement()) {
            statement.execute("set application_name = '" + sessionName(other) + "'");
            Pause beats = pause ->
                    ground.sql("update pgsync.node set heartbeat = clock_timestamp() where id = '" + other + "'");

            assertThatThrownBy(() -> deadRuns(beats).close(List.of(name("a")))).isInstanceOf(RunHeld.class);
        }
        ground.sql("update pgsync.node set heartbeat = clock_timestamp() - interval '3 seconds' where id = '" + other
                + "'");
        Pause waits = pause -> {};
        deadRuns(waits).close(List.of(name("a")));

        assertThat(ground.row("state", "pgsync.run")).isEqualTo("failed");
    }

    @Test
    void a_run_of_nobody_that_is_known_is_waited_for() {
        runOf(other, "0 seconds");

        Pause passes = pause -> ground.sql("update pgsync.run set started_at = started_at - interval '3 seconds'");
        deadRuns(passes).close(List.of(name("a")));

        assertThat(ground.row("state", "pgsync.run")).isEqualTo("failed");
    }

    @Test
    void a_process_that_cannot_be_told_dead_or_alive_is_not_taken_for_dead() {
        runOf(other, "0 seconds");
        Pause stands = pause -> ground.sql("update pgsync.run set started_at = clock_timestamp()");

        assertThatThrownBy(() -> deadRuns(stands).close(List.of(name("a"))))
                .isInstanceOf(RunHeld.class)
                .hasMessageContaining("dead or alive");
        assertThat(ground.row("state", "pgsync.run")).isEqualTo("running");
    }

    @Test
    void a_dead_run_in_whose_way_somebody_stands_is_closed_when_that_is_gone() throws SQLException {
        runOf(other, "1 hour");
        try (var blocking = ground.connect();
                var statement = blocking.createStatement()) {
            statement.execute("begin");
            statement.execute("update pgsync.task set cost = cost");
            Pause ends = pause -> {
                try {
                    statement.execute("rollback");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            };

            deadRuns(ends).close(List.of(name("a")));
        }
        assertThat(ground.row("state", "pgsync.run")).isEqualTo("failed");
    }

    // --- of a cluster

    private ClusterRuns cluster() {
        return new ClusterRuns(ground.pool, ground.me, "c");
    }

    private void asked() {
        ground.sql("insert into pgsync.run (id, mode, state, requested_by, cluster) values ('" + run.value()
                + "', 'sync', 'planning', 'schedule', 'c')");
    }

    private ClusterRuns.Open open() {
        return cluster().look().open().get(0);
    }

    @Test
    void a_run_that_was_asked_for_waits_for_a_coordinator() {
        asked();

        var standing = cluster().look();

        assertThat(standing.coordinators()).containsExactly(new ClusterRuns.Coordinator(ground.me, "h:5701"));
        assertThat(standing.lastScheduled()).isPresent();
        assertThat(standing.open())
                .containsExactly(new ClusterRuns.Open(
                        run,
                        ClusterRuns.Stage.PLANNING,
                        null,
                        false,
                        ground.me,
                        null,
                        "schedule",
                        false,
                        null,
                        null,
                        null));
        assertThat(new ClusterRuns(ground.pool, ground.me, "other").look().open())
                .isEmpty();
        assertThat(new ClusterRuns(ground.pool, ground.me, "other").look().lastScheduled())
                .isEmpty();
    }

    @Test
    void what_was_asked_for_is_what_stands_there() {
        asked();
        assertThat(open().request()).isEqualTo(pgsync.request.RunRequest.AS_CONFIGURED);
        ground.sql("update pgsync.run set request = '" + pgsync.request.RunRequest.AS_CONFIGURED.toJson() + "'");
        assertThat(open().request()).isEqualTo(pgsync.request.RunRequest.AS_CONFIGURED);
        ground.sql("update pgsync.run set request = 'nonsense'");
        assertThatThrownBy(() -> open().request()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoever_is_first_takes_a_run_and_can_let_it_go() {
        asked();
        var open = open();

        assertThat(cluster().planned(run)).isFalse();
        assertThat(cluster().take(open)).isTrue();
        assertThat(cluster().planned(run)).isTrue();
        assertThat(new ClusterRuns(ground.pool, other, "c").take(open)).isFalse();
        assertThat(new ClusterRuns(ground.pool, other, "c").planned(run)).isFalse();
        assertThat(open().driver()).isEqualTo(ground.me);
        assertThat(open().driverLives()).isTrue();
        cluster().letGo(run);
        assertThat(open().driver()).isNull();
    }

    @Test
    void a_run_is_taken_from_the_dead_alone_and_their_transactions_end() throws SQLException {
        ledger.publish(opening(run, "1/2/db", "c"), plan(staged("a")), Map.of());
        ground.sql("update pgsync.run set coordinator = '" + other + "'").node(other, "coordinator", "1 second");
        assertThat(open().stage()).isEqualTo(ClusterRuns.Stage.RUNNING);
        assertThat(open().snapshot()).isEqualTo("snap-1");
        assertThat(open().horizon()).isNotNull();
        assertThat(open().reached()).isEqualTo(4_711L);
        assertThat(cluster().take(open())).isFalse();
        ground.sql("update pgsync.node set heartbeat = clock_timestamp() - interval '6 seconds' where id = '" + other
                + "'");
        try (var frozen = ground.connect();
                var statement = frozen.createStatement()) {
            statement.execute("set application_name = '" + sessionName(other) + "'");
            statement.execute("begin");
            statement.execute("select 1 from pgsync.run for update");

            assertThat(cluster().take(open())).isTrue();

            assertThatThrownBy(() -> statement.execute("commit")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void a_run_that_somebody_holds_is_not_waited_for() throws SQLException {
        asked();
        var open = open();
        try (var holding = ground.connect();
                var statement = holding.createStatement()) {
            statement.execute("begin");
            statement.execute("select 1 from pgsync.run for update");

            assertThat(cluster().take(open)).isFalse();
        }
        assertThat(cluster().take(open)).isTrue();
    }

    @Test
    void a_run_that_cannot_begin_says_why() {
        asked();
        cluster().take(open());
        new ClusterRuns(ground.pool, other, "c").failed(run, 5, "not mine", null);
        cluster().failed(run, 5, "the error", "the remedy");

        assertThat(ground.row("state, exit_code, error, remedy, finished_at is not null", "pgsync.run"))
                .isEqualTo("failed 5 the error the remedy t");
    }

    @Test
    void a_run_that_was_to_be_cancelled_ends_before_it_is_published() {
        asked();
        cluster().take(open());
        assertThat(cluster().cancelled(run)).isFalse();
        ground.sql("update pgsync.run set cancel_requested = true");
        assertThat(open().cancelRequested()).isTrue();
        assertThat(cluster().cancelled(run)).isTrue();
        assertThat(ground.row("state", "pgsync.run")).isEqualTo("cancelled");
    }

    @Test
    void the_report_of_a_rehearsal_is_kept() {
        asked();
        cluster().take(open());
        cluster().rehearsed(run, new RunReport(run, true, List.of(), Duration.ZERO));

        assertThat(ground.row("state, report", "pgsync.run")).isEqualTo("done []");
    }

    @Test
    void nodes_that_left_without_a_word_are_forgotten() {
        ground.node(other, "worker", "2 hours");

        cluster().forgetNodes();

        assertThat(ground.column("select id::text from pgsync.node")).containsExactly(ground.me.toString());
    }

    // --- verified

    @Test
    void tables_that_were_found_equal_are_noted_and_others_are_not() {
        published(staged("a"), staged("b"), staged("c"));
        var books = VerifiedTables.in(ground.pool).orElseThrow();
        var equal = new TableDifferences(1, 1, 0, 0, 0, 0, List.of());
        var differs = new TableDifferences(1, 1, 1, 0, 0, 0, List.of());

        books.record(
                List.of(
                        TableReport.verified(name("a"), equal, Duration.ZERO),
                        TableReport.verified(name("b"), differs, Duration.ZERO),
                        TableReport.unverified(name("c"), Status.FAILED, "e", null, Duration.ZERO)),
                books.now(),
                events::add);

        assertThat(ground.column("select table_name from pgsync.table_state where last_verified is not null"))
                .containsExactly("a");
        assertThat(books.runInTheWay(List.of(name("a")))).hasValue(run);
        assertThat(books.runInTheWay(List.of(name("z")))).isEmpty();
        ground.sql("drop table pgsync.table_state");
        books.record(List.of(TableReport.verified(name("a"), equal, Duration.ZERO)), OffsetDateTime.MAX, events::add);
        assertThat(events).hasSize(1);
        assertThat(VerifiedTables.in(ground.pool)).isEmpty();
    }

    @Test
    void a_task_is_known_by_its_number() {
        published(staged("a"));

        assertThat(ledger.due(run, 1)).containsExactly(new TaskId(1));
    }
}
