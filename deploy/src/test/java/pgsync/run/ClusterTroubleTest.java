package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.board.LocalBoard;
import pgsync.claim.Claims;
import pgsync.claim.InHand;
import pgsync.coordinator.ledger.Ledger;
import pgsync.coordinator.ledger.Superseded;
import pgsync.task.RunId;

/** Runs of a cluster of which a part is cut off, mistaken, of another version or late. */
@Tag("whole-run")
class ClusterTroubleTest {
    private static final String NOBODYS = "00000000-0000FFFF-1";

    private final LocalBoard board = new LocalBoard();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Long> stopped = new ArrayList<>();
    private final SyncGround ground = SyncGround.with(
            "create table a (id int primary key, v text, updated_at timestamptz not null default now());"
                    + "create table b (id int primary key, v text, updated_at timestamptz not null default now())");

    ClusterTroubleTest() {
        ground.onSource(
                "insert into a select i, 'a', now() - interval '1 day' from generate_series(1, 100) i",
                "insert into b select i, 'b', now() - interval '1 day' from generate_series(1, 100) i");
    }

    @AfterEach
    void close() throws Exception {
        for (var pid : stopped) {
            signal("CONT", pid);
        }
        for (var closeable : open) {
            closeable.close();
        }
        ground.close();
    }

    private Member coordinator() {
        return member("coordinator");
    }

    private Member worker() {
        return member("worker");
    }

    private Member member(String role) {
        var member = new Member(ground, board, role);
        open.add(member);
        return member;
    }

    private String state(RunId run) {
        return ground.onTargetValue("select state from pgsync.run where id = '" + run + "'");
    }

    private void awaitState(RunId run, String state) {
        SyncGround.await("run is " + state, () -> state.equals(state(run)));
    }

    private RunId published(Member by, int tasks) {
        var run = by.asks();
        SyncGround.await(
                "tasks are there",
                () -> ground.countOnTarget("select count(*) from pgsync.task where run_id = '" + run + "'") == tasks);
        return run;
    }

    /** The run stays, and nobody drives it. */
    private RunId leftBehind(int tasks) {
        var dead = coordinator().leads();
        var run = published(dead, tasks);
        dead.stopsLeading();
        dead.fallsSilent();
        return run;
    }

    @Test
    void a_single_run_takes_the_tables_of_one_that_was_killed() {
        var killed = leftBehind(2);

        worker().works(null);
        var report = coordinator().runsOnce();

        assertThat(state(killed)).isEqualTo("failed");
        assertThat(state(report.run())).isEqualTo("done");
        ground.assertEqual();
    }

    @Test
    void a_request_that_nobody_can_read_fails_and_the_next_one_is_done() {
        var unread = new RunId(UUID.randomUUID());
        var leader = coordinator();
        ground.onTarget("insert into pgsync.run (id, mode, state, requested_by, cluster, request) values ('" + unread
                + "', 'sync', 'planning', 'a later version', '" + Member.CLUSTER + "', '{\"wish\": 1}')");
        leader.leads();
        awaitState(unread, "failed");
        worker().works(null);

        awaitState(leader.asks(), "done");
    }

    @Test
    void a_run_whose_planning_is_broken_off_by_a_server_is_planned_again() throws Exception {
        var leader = coordinator();
        var run = leader.asks();
        worker().works(null);
        try (var other = ground.connectTarget();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table pgsync.table_state");
            leader.leads();
            SyncGround.await(
                    "planning waits and is cut off",
                    () -> ground.countOnTarget("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                    + " where wait_event_type = 'Lock' and datname = current_database()"
                                    + " and application_name = '" + leader.id.applicationName() + "'")
                            > 0);
        }

        awaitState(run, "done");
        ground.assertEqual();
    }

    @Test
    void a_task_that_no_node_can_read_fails_its_table_and_no_slot_dies_of_it() {
        var leader = coordinator().leads();
        var run = published(leader, 2);
        ground.onTarget("update pgsync.task set spec = '{\"wish\": 1}' where table_name = 'a'");
        worker().works(null);

        awaitState(run, "failed");

        assertThat(ground.onTargetValue("select error from pgsync.sync_log where table_name = 'a'"))
                .contains("another version");
        assertThat(ground.onTargetValue("select status from pgsync.sync_log where table_name = 'b'"))
                .isEqualTo("done");
    }

    @Test
    void a_claim_that_lands_when_nobody_waits_for_it_any_more_goes_back() {
        var leader = coordinator().leads();
        var run = published(leader, 2);
        var worker = worker();
        ground.onTarget("update pgsync.task set status = 'CLAIMED', owner = '" + worker.id
                + "', fence = 1, attempt = 1, started_at = now() where table_name = 'a'");

        worker.works(null);

        awaitState(run, "done");
        ground.assertEqual();
    }

    @Test
    void who_says_nothing_claims_nothing() {
        var silent = worker();
        silent.fallsSilent();
        var run = published(coordinator().leads(), 2);
        SyncGround.await("tasks are on the board", () -> board.waiting() == 2);

        var claimed = new Claims(silent.databases.target(), board, silent.id, null, new InHand()).next();

        assertThat(claimed).isEmpty();
        worker().works(null);
        awaitState(run, "done");
    }

    @Test
    void a_run_that_was_taken_over_can_be_cancelled_while_its_source_is_away() {
        var run = leftBehind(2);
        var second = coordinator();
        ground.through(
                "postgres://postgres:secret@127.0.0.1:9/source",
                ground.settings().requiredTarget().reveal());
        var third = coordinator();
        assertThat(third.requests().cancel(run)).isTrue();
        second.fallsSilent();

        third.leads();

        awaitState(run, "cancelled");
        assertThat(ground.countOnTarget("select count(*) from pgsync.table_state where current_run is not null"))
                .isZero();
    }

    @Test
    void a_coordinator_that_reads_another_source_takes_no_run_over() {
        var run = leftBehind(2);
        var elsewhere = new Member(ground, board, "coordinator", "1/2/elsewhere");
        open.add(elsewhere);
        elsewhere.leads();
        worker().works(null);

        var heir = coordinator().leads();

        awaitState(run, "done");
        assertThat(ground.onTargetValue("select coordinator from pgsync.run")).isEqualTo(heir.id.toString());
        ground.assertEqual();
    }

    @Test
    void who_lost_a_run_to_another_coordinator_cannot_close_it() {
        var leader = coordinator().leads();
        var run = published(leader, 2);
        ground.onTarget("update pgsync.run set coordinator = '" + UUID.randomUUID() + "'");

        assertThatThrownBy(() -> new Ledger(leader.databases.target(), leader.id)
                        .abandon(run, "failed", "failed", "thought dead"))
                .isInstanceOf(Superseded.class);

        assertThat(state(run)).isEqualTo("running");
    }

    @Test
    void workers_are_told_the_snapshot_that_is_held_whatever_became_of_telling_them() {
        var leader = coordinator().leads();
        var run = published(leader, 2);

        ground.onTarget("update pgsync.run set snapshot = '" + NOBODYS + "'");

        SyncGround.await("told again", () -> !NOBODYS.equals(ground.onTargetValue("select snapshot from pgsync.run")));
        worker().works(null);
        awaitState(run, "done");
        ground.assertEqual();
    }

    @Test
    void rows_that_a_slice_left_behind_in_another_snapshot_do_not_stay() {
        ground.onBoth("create table wide (id int primary key, body text, updated_at timestamptz default '2025-01-01');"
                + " alter table wide alter column body set storage plain");
        ground.onSource("insert into wide select i, repeat(md5(i::text), 60) from generate_series(1, 15000) i");
        var dead = coordinator().leads();
        var run = dead.asks();
        SyncGround.await(
                "slices are there",
                () -> ground.countOnTarget(
                                "select count(*) from pgsync.task where table_name = 'wide' and kind = 'COPY'")
                        > 1);
        // An attempt through the stage that committed a batch and ended; then the source deleted the row.
        ground.onTarget(
                "insert into wide (id, body) values (20000, 'was there')",
                "update pgsync.task t set attempt = 2, snapshot = r.snapshot from pgsync.run r where t.id ="
                        + " (select min(id) from pgsync.task where table_name = 'wide' and kind = 'COPY')");
        dead.stopsLeading();
        dead.fallsSilent();

        coordinator().leads();
        worker().works(null);

        awaitState(run, "done");
        ground.assertEqual();
    }

    @Test
    void a_source_that_does_not_answer_gets_another_connection_and_keeps_no_transaction() throws Exception {
        var leader = coordinator().leads();
        published(leader, 2);
        var before = ground.onTargetValue("select snapshot from pgsync.run");
        var holders = "select %s from pg_stat_activity where application_name = '" + leader.id.applicationName()
                + "' and datname = current_database() and xact_start is not null";
        stop(ground.countOnSource(holders.formatted("pid")));

        SyncGround.await(
                "another snapshot", () -> !before.equals(ground.onTargetValue("select snapshot from pgsync.run")));
        resume();

        SyncGround.await(
                "the first transaction has ended", () -> ground.countOnSource(holders.formatted("count(*)")) == 1);
        worker().works(null);
        SyncGround.await("done", () -> "done".equals(ground.onTargetValue("select state from pgsync.run")));
        ground.assertEqual();
    }

    @Test
    void a_heartbeat_that_is_not_answered_goes_over_another_connection() throws Exception {
        var node = worker();
        stop(ground.countOnTarget("select pid from pg_stat_activity where application_name = '"
                + node.id.applicationName() + "' and query like '%insert into pgsync.node%'"));
        var at = ground.onTargetValue("select clock_timestamp()");

        SyncGround.await(
                "the node says that it lives",
                () -> ground.countOnTarget("select count(*) from pgsync.node where id = '" + node.id
                                + "' and heartbeat > '" + at + "'::timestamptz + interval '1 second'")
                        == 1);
    }

    private void stop(long pid) throws IOException, InterruptedException {
        signal("STOP", pid);
        stopped.add(pid);
    }

    private void resume() throws IOException, InterruptedException {
        for (var pid : stopped) {
            signal("CONT", pid);
        }
        stopped.clear();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
