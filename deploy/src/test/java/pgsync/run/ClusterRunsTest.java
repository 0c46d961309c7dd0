package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.board.LocalBoard;
import pgsync.coordinator.ledger.Ledger;
import pgsync.coordinator.ledger.Orphans;
import pgsync.coordinator.ledger.Superseded;
import pgsync.error.RunHeld;
import pgsync.event.RunEvent;
import pgsync.request.RunRequest;
import pgsync.schedule.Schedule;
import pgsync.task.NodeId;
import pgsync.task.RunId;

/** Runs of a cluster when coordinators and workers come, go, fall silent or are of another cluster. */
@Tag("whole-run")
class ClusterRunsTest {
    private static final NodeId SILENT = new NodeId(new java.util.UUID(0, 1));

    private final LocalBoard board = new LocalBoard();
    private final SyncGround ground = SyncGround.with(
            "create table a (id int primary key, v text, updated_at timestamptz not null default now());"
                    + "create table b (id int primary key, v text, updated_at timestamptz not null default now())");
    private Member first;
    private Member second;

    @BeforeEach
    void two_nodes() {
        ground.onSource(
                "insert into a select i, 'a', now() - interval '1 day' from generate_series(1, 1000) i",
                "insert into b select i, 'b', now() - interval '1 day' from generate_series(1, 1000) i");
        first = new Member(ground, board, "coordinator");
        second = new Member(ground, board, "coordinator");
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        ground.close();
    }

    private String state(RunId run) {
        return ground.onTargetValue("select state from pgsync.run where id = '" + run + "'");
    }

    private void awaitState(RunId run, String state) {
        SyncGround.await("run is " + state, () -> state.equals(state(run)));
    }

    private void awaitPublished(RunId run) {
        SyncGround.await(
                "tasks are there",
                () -> ground.countOnTarget("select count(*) from pgsync.task where run_id = '" + run + "'") == 2);
    }

    @Test
    void a_run_that_was_asked_for_is_done_by_whoever_works() {
        first.leads();
        second.works(null);

        var run = second.asks();

        awaitState(run, "done");
        ground.assertEqual();
        assertThat(first.reports).hasSize(1);
    }

    @Test
    void while_a_run_waits_for_a_coordinator_no_other_can_be_asked_for() {
        first.asks();

        assertThatThrownBy(() -> second.asks()).isInstanceOf(RunHeld.class).hasMessageContaining("is being planned");
    }

    @Test
    void tables_that_a_run_holds_cannot_be_asked_for_and_others_can() {
        first.leads();
        var run = first.asks(new RunRequest(List.of("a"), List.of(), RunRequest.Mode.SYNC, false));
        SyncGround.await(
                "a is held",
                () -> ground.countOnTarget("select count(*) from pgsync.table_state where current_run = '" + run + "'")
                        == 1);

        assertThatThrownBy(() -> first.asks())
                .isInstanceOf(RunHeld.class)
                .hasMessageContaining(run.toString())
                .hasMessageContaining("public.a");
        var other = first.asks(new RunRequest(List.of("b"), List.of(), RunRequest.Mode.SYNC, false));

        second.works(null);
        awaitState(run, "done");
        awaitState(other, "done");
        ground.assertEqual();
    }

    @Test
    void only_the_coordinator_that_was_there_first_takes_runs_up() {
        second.leads();
        var run = second.asks();
        second.works(null);
        first.leads();

        awaitState(run, "done");

        assertThat(ground.onTargetValue("select coordinator from pgsync.run")).isEqualTo(first.id.toString());
    }

    @Test
    void a_coordinator_that_leaves_hands_its_run_over_with_the_horizon_it_had() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        var horizon = ground.onTargetValue("select horizon from pgsync.run");
        var snapshot = ground.onTargetValue("select snapshot from pgsync.run");
        first.stopsLeading();
        first.fallsSilent();

        second.leads();
        second.works(null);

        awaitState(run, "done");
        assertThat(ground.onTargetValue("select horizon from pgsync.run")).isEqualTo(horizon);
        assertThat(ground.onTargetValue("select snapshot from pgsync.run")).isNotEqualTo(snapshot);
        assertThat(ground.onTargetValue("select coordinator from pgsync.run")).isEqualTo(second.id.toString());
        ground.assertEqual();
    }

    @Test
    void what_commits_between_two_snapshots_of_a_run_is_read_by_it_or_by_the_next() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        first.stopsLeading();
        first.fallsSilent();
        ground.onSource("update a set v = 'new', updated_at = now() where id = 7", "delete from b where id = 8");
        second.leads();
        second.works(null);
        awaitState(run, "done");

        var next = second.asks();

        awaitState(next, "done");
        ground.assertEqual();
    }

    @Test
    void a_coordinator_that_was_thought_dead_does_not_touch_the_run_any_more() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        ground.onTarget("update pgsync.run set coordinator = '" + second.id + "'");

        assertThatThrownBy(() -> new Ledger(first.databases.target(), first.id).progress(run))
                .isInstanceOf(Superseded.class);
        second.leads();
        second.works(null);
        awaitState(run, "done");
        assertThat(first.reports).isEmpty();
        assertThat(first.failures).isEmpty();
    }

    @Test
    void a_run_of_a_leader_that_lost_its_thread_is_driven_again() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        first.stopsLeading();
        first.leads();
        second.works(null);

        awaitState(run, "done");
    }

    @Test
    void a_cancelled_run_ends_although_nobody_works() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);

        assertThat(first.requests().cancel(run)).isTrue();

        awaitState(run, "cancelled");
        assertThat(ground.countOnTarget("select count(*) from pgsync.table_state where current_run is not null"))
                .isZero();
        assertThat(first.requests().cancel(run)).isFalse();
    }

    @Test
    void a_run_that_waits_for_a_coordinator_can_be_cancelled() {
        var run = first.asks();

        assertThat(first.requests().cancel(run)).isTrue();

        assertThat(state(run)).isEqualTo("cancelled");
    }

    private static final RunRequest VERIFY = new RunRequest(List.of(), List.of(), RunRequest.Mode.VERIFY, false);

    @Test
    void a_verification_that_was_asked_for_keeps_what_it_found_and_changes_no_row() {
        first.leads();
        second.works(null);
        awaitState(first.asks(), "done");
        ground.onTarget("update a set v = 'damaged' where id = 7", "delete from b where id in (8, 9)");

        var run = first.asks(VERIFY);

        awaitState(run, "done");
        assertThat(ground.onTargetValue("select mode || ' ' || dry_run from pgsync.run where id = '" + run + "'"))
                .isEqualTo("verify false");
        assertThat(ground.onTargetColumn(
                        "select e.\"table\" || ' ' || e.status || ' ' || (e.differences ->> 'different')"
                                + " || ' ' || (e.differences ->> 'missing') from pgsync.run r, jsonb_to_recordset(r.report::jsonb)"
                                + " as e (\"table\" text, status text, differences jsonb) where r.id = '" + run
                                + "' order by 1"))
                .containsExactly("a done 1 0", "b done 0 2");
        assertThat(ground.countOnTarget("select count(*) from a where v = 'damaged'"))
                .isOne();
        assertThat(ground.countOnTarget("select count(*) from b")).isEqualTo(998);
    }

    @Test
    void a_table_that_a_cluster_found_equal_has_the_time_of_it() {
        first.leads();
        second.works(null);
        awaitState(first.asks(), "done");
        ground.onTarget("update a set v = 'damaged' where id = 7");

        awaitState(first.asks(VERIFY), "done");

        assertThat(ground.onTargetColumn("select table_name from pgsync.table_state where last_verified is not null"))
                .containsExactly("b");
    }

    @Test
    void a_verification_that_hangs_on_a_lock_is_cancelled_and_leaves_the_way_free() throws Exception {
        first.leads();
        second.works(null);
        awaitState(first.asks(), "done");
        try (var holder = ground.connectTarget()) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("lock table a in access exclusive mode");
            }
            var run = first.asks(VERIFY);
            SyncGround.await(
                    "it waits for the lock",
                    () -> ground.countOnTarget("select count(*) from pg_locks where not granted") > 0);

            assertThatThrownBy(() -> first.asks())
                    .isInstanceOf(RunHeld.class)
                    .hasMessage("run %s is verifying".formatted(run));
            assertThat(first.requests().cancel(run)).isTrue();

            awaitState(run, "cancelled");
            SyncGround.await(
                    "nothing of it goes on on the target",
                    () -> ground.countOnTarget("select count(*) from pg_locks where not granted") == 0);
            holder.rollback();
        }
        awaitState(first.asks(), "done");
    }

    @Test
    void a_dry_run_can_be_cancelled_while_it_works() {
        first.leads();
        var run = first.asks(new RunRequest(List.of(), List.of(), RunRequest.Mode.SYNC, true));
        SyncGround.await(
                "it is planned", () -> first.told.stream().anyMatch(event -> event instanceof RunEvent.Planned));
        assertThat(state(run)).isEqualTo("planning");

        assertThat(first.requests().cancel(run)).isTrue();

        awaitState(run, "cancelled");
    }

    @Test
    void verifications_that_are_cancelled_leave_every_connection_to_those_after_them() throws Exception {
        first.leads();
        second.works(null);
        awaitState(first.asks(), "done");
        try (var holder = ground.connectTarget()) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("lock table a in access exclusive mode");
            }
            for (var i = 0; i < 6; i++) {
                var run = first.asks(VERIFY);
                SyncGround.await(
                        "it waits for the lock",
                        () -> ground.countOnTarget("select count(*) from pg_locks where not granted") > 0);
                first.requests().cancel(run);
                awaitState(run, "cancelled");
                SyncGround.await(
                        "it waits no more",
                        () -> ground.countOnTarget("select count(*) from pg_locks where not granted") == 0);
            }
            holder.rollback();
        }

        awaitState(first.asks(), "done");
        ground.assertEqual();
    }

    @Test
    void a_verification_in_which_a_table_cannot_be_compared_has_failed() throws Exception {
        first.leads();
        second.works(null);
        awaitState(first.asks(), "done");
        try (var holder = ground.connectTarget()) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("lock table a in access exclusive mode");
            }
            var run = first.asks(VERIFY);
            SyncGround.await(
                    "it waits for the lock",
                    () -> ground.countOnTarget("select count(*) from pg_locks where not granted") > 0);

            ground.onTarget("select pg_terminate_backend(pid) from pg_locks where not granted");

            awaitState(run, "failed");
            assertThat(ground.onTargetColumn(
                            "select e ->> 'status' from pgsync.run r, jsonb_array_elements(r.report::jsonb) e"
                                    + " where r.id = '" + run + "' order by e ->> 'table'"))
                    .containsExactly("failed", "done");
            holder.rollback();
        }
    }

    @Test
    void a_verification_whose_coordinator_leaves_is_begun_again_by_the_next() throws Exception {
        first.leads();
        second.works(null);
        awaitState(first.asks(), "done");
        second.leads();
        final RunId run;
        try (var holder = ground.connectTarget()) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("lock table a in access exclusive mode");
            }
            run = first.asks(VERIFY);
            SyncGround.await(
                    "it waits for the lock",
                    () -> ground.countOnTarget("select count(*) from pg_locks where not granted") > 0);
            first.stopsLeading();
            first.fallsSilent();
            holder.rollback();
        }

        awaitState(run, "done");
        SyncGround.await("the second one has told it", () -> second.reports.size() == 1);
    }

    @Test
    void a_run_that_cannot_begin_says_why_in_its_row() {
        first.leads("include=nothing_like_that");

        var run = first.asks();

        awaitState(run, "failed");
        assertThat(ground.onTargetValue("select error from pgsync.run")).contains("nothing_like_that");
        assertThat(ground.onTargetValue("select exit_code from pgsync.run")).isEqualTo("70");
    }

    @Test
    void scheduled_runs_come_one_after_the_other() {
        first.leads(Schedule.parse("1s"));
        second.leads(Schedule.parse("1s"));
        second.works(null);

        SyncGround.await(
                "three runs", () -> ground.countOnTarget("select count(*) from pgsync.run where state = 'done'") >= 3);
        first.stopsLeading();
        second.stopsLeading();

        assertThat(ground.countOnTarget("select count(*) from pgsync.run a join pgsync.run b on b.id <> a.id"
                        + " and b.started_at < a.finished_at and b.finished_at > a.started_at"))
                .as("runs that overlap")
                .isZero();
        assertThat(ground.countOnTarget("select count(*) from pgsync.run where requested_by <> 'schedule'"))
                .isZero();
        ground.assertEqual();
    }

    @Test
    void ticks_that_were_missed_are_one() {
        first.leads();
        ground.onTarget("insert into pgsync.run (id, mode, state, requested_by, cluster, started_at, finished_at)"
                + " values (gen_random_uuid(), 'sync', 'done', 'schedule', '" + Member.CLUSTER
                + "', now() - interval '1 day', now() - interval '1 day')");
        first.stopsLeading();
        second.works(null);

        first.leads(Schedule.parse("1h"));

        SyncGround.await(
                "a run of the schedule",
                () -> ground.countOnTarget("select count(*) from pgsync.run where state = 'done'") == 2);
        first.stopsLeading();
        assertThat(ground.countOnTarget("select count(*) from pgsync.run")).isEqualTo(2);
    }

    @Test
    void a_node_that_is_connected_to_another_source_gets_no_task() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        second.works("1/2/elsewhere");
        SyncGround.await("the other node has looked at the board", () -> board.waiting() == 0);

        assertThat(ground.countOnTarget("select count(*) from pgsync.task where attempt > 0"))
                .isZero();

        first.works(ground.onTargetValue("select source_identity from pgsync.run"));
        awaitState(run, "done");
    }

    @Test
    void an_identity_whose_system_one_role_may_not_read_names_the_same_source() {
        assertThat(ground.onTargetValue("select pgsync.same_source('123/4/a', 'unknown/4/a')"))
                .isEqualTo("t");
        assertThat(ground.onTargetValue("select pgsync.same_source('123/4/a', '124/4/a')"))
                .isEqualTo("f");
        assertThat(ground.onTargetValue("select pgsync.same_source('unknown/4/a', '124/5/a')"))
                .isEqualTo("f");
    }

    /** Somebody claimed the first task and says nothing. */
    private long claimedBySilent(RunId run) {
        ground.onTarget("insert into pgsync.node (id, name, role, version, heartbeat) values ('" + SILENT
                + "', 'silent', 'worker', 'test', clock_timestamp() - interval '1 minute')");
        var task = ground.countOnTarget("select min(id) from pgsync.task where run_id = '" + run + "'");
        ground.onTarget("update pgsync.task set status = 'CLAIMED', owner = '" + SILENT
                + "', fence = 1, attempt = 1, started_at = now() where id = " + task);
        return task;
    }

    @Test
    void the_task_of_a_node_that_says_nothing_goes_to_another_one() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        var task = claimedBySilent(run);
        second.works(null);

        awaitState(run, "done");

        assertThat(ground.onTargetValue("select requeues from pgsync.task where id = " + task))
                .isEqualTo("1");
        assertThat(first.told)
                .anyMatch(e -> e instanceof RunEvent.Requeued requeued
                        && requeued.from().equals(SILENT));
        ground.assertEqual();
    }

    @Test
    void the_task_of_a_node_that_lives_stays_with_it() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        var task = claimedBySilent(run);
        ground.onTarget(
                "update pgsync.node set heartbeat = clock_timestamp() + interval '1 hour' where name = 'silent'");

        new Orphans(first.databases.target(), second.id, first.told::add).requeue(run);

        assertThat(ground.onTargetValue("select owner from pgsync.task where id = " + task))
                .isEqualTo(SILENT.toString());
    }

    @Test
    void a_frozen_owner_in_the_middle_of_a_transaction_is_cut_off() throws Exception {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        var task = claimedBySilent(run);
        try (var frozen = ground.connectTarget();
                var statement = frozen.createStatement()) {
            frozen.setAutoCommit(false);
            statement.execute("set application_name = '" + SILENT.applicationName() + "'");
            statement.execute("select 1 from pgsync.task where id = " + task + " and fence = 1 for share");
            second.works(null);

            awaitState(run, "done");

            assertThatThrownBy(frozen::commit).isInstanceOf(java.sql.SQLException.class);
        }
        ground.assertEqual();
    }

    /** The statement that gives the task back waits for the one that is cut off, and must not be cut off with it. */
    @Test
    void a_worker_that_is_asked_to_stop_gives_its_task_back_at_once() throws Exception {
        ground.sync().done();
        ground.onSource("update a set v = 'new', updated_at = now()");
        try (var other = ground.connectTarget();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table a in access exclusive mode");
            first.leads();
            second.works(null);
            var run = first.asks();
            SyncGround.await(
                    "the worker waits for the table",
                    () -> ground.countOnTarget("select count(*) from pg_locks l join pg_class c on c.oid = l.relation"
                                    + " where c.relname = 'a' and not l.granted")
                            > 0);

            second.drains();

            assertThat(ground.onTargetColumn("select status || ' ' || requeues from pgsync.task where run_id = '" + run
                            + "' and table_name = 'a'"))
                    .containsOnly("PENDING 0");
        }
    }

    @Test
    void a_task_that_ended_twenty_nodes_is_given_up() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        var task = claimedBySilent(run);
        ground.onTarget("update pgsync.task set requeues = 20 where id = " + task);
        second.works(null);

        awaitState(run, "failed");

        assertThat(ground.onTargetValue("select last_error from pgsync.task where id = " + task))
                .contains("20 nodes died");
        assertThat(ground.countOnTarget("select count(*) from pgsync.sync_log where status = 'done'"))
                .isEqualTo(1);
    }

    @Test
    void a_run_of_one_machine_waits_for_no_cluster_that_is_dead() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        first.stopsLeading();
        first.fallsSilent();
        second.fallsSilent();
        ground.onTarget("update pgsync.run set started_at = now() - interval '1 hour'");

        ground.sync().done();

        assertThat(state(run)).isEqualTo("failed");
        ground.assertEqual();
    }

    @Test
    void a_run_of_one_machine_does_not_take_tables_from_a_cluster_that_will_go_on() {
        first.leads();
        var run = first.asks();
        awaitPublished(run);
        first.stopsLeading();
        first.fallsSilent();

        assertThatThrownBy(() -> ground.sync()).isInstanceOf(RunHeld.class);

        assertThat(state(run)).isEqualTo("running");
    }
}
