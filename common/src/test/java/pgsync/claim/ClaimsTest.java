package pgsync.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.board.TaskBoard;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.state.StateSchema;
import pgsync.task.Counts;
import pgsync.task.Fence;
import pgsync.task.NodeId;
import pgsync.task.Outcome;
import pgsync.task.RunId;
import pgsync.task.TaskId;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

class ClaimsTest {
    private static final TaskId TASK = new TaskId(1);
    private static final Outcome.Failed LOST = new Outcome.Failed(Trouble.CONNECTION_LOST, "it broke", "wait");

    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String database = server.freshDatabase("claims");
    private final NodeId me = new NodeId(UUID.randomUUID());
    private final RunId run = new RunId(UUID.randomUUID());
    private final Board board = new Board();
    private final InHand inHand = new InHand(Duration.ZERO);
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, me, Pause.real());
    private Pool pool;
    private Claims claims;

    @BeforeEach
    void a_running_run_has_one_task() {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        pool = connector.pool(Side.TARGET, Endpoint.parse(server.url(database), surroundings), 1);
        StateSchema.ensure(pool);
        sql(
                "insert into pgsync.node (id, name, role, version, heartbeat) values ('" + me
                        + "', 'me', 'worker', '1', 'infinity')",
                "insert into pgsync.run (id, mode, state, requested_by, coordinator, source_identity, settings_fingerprint,"
                        + " source_reached, snapshot) values ('" + run.value() + "', 'sync', 'running', 'me', '" + me
                        + "', '1/2/db', 'f', 4711, 'snap-1')",
                "insert into pgsync.table_state (schema_name, table_name, source_identity, mode, current_run) values ('s', 't',"
                        + " '1/2/db', 'digest', '" + run.value() + "')");
        task("t", 0);
        board.offer(TASK);
        claims = new Claims(pool, board, me, null, inHand);
    }

    @AfterEach
    void close() {
        connector.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.dropDatabase(database);
    }

    // --- to claim

    @Test
    void a_claim_is_what_the_row_says() {
        sql("update pgsync.task set fence = 7, attempt = 2, position = 3, snapshot = 'snap-1'");

        assertThat(claims.next())
                .hasValue(new Claim(TASK, run, new Fence(8), 3, 3, "snap-1", 4_711L, "digest", Samples.spec()));
        assertThat(row("status, owner, fence, attempt, snapshot, started_at is not null"))
                .isEqualTo("(CLAIMED," + me + ",8,3,snap-1,t)");
        assertThat(board.locked).containsExactly(TASK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update pgsync.task set status = 'DONE' where id = 1",
                "update pgsync.task set not_before = clock_timestamp() + interval '1 hour' where id = 1",
                "update pgsync.run set cancel_requested = true",
                "update pgsync.run set state = 'done', finished_at = now()",
                "update pgsync.node set heartbeat = clock_timestamp() - interval '6 seconds'",
                "update pgsync.task set stage = 1 where id = 1; insert into pgsync.task (run_id, schema_name, table_name,"
                        + " kind, gate, spec) select id, 's', 'u', 'COPY', 'g', '' from pgsync.run",
            })
    void what_is_not_to_be_claimed_is_left_alone(String why) {
        sql(why);

        assertThat(claims.next()).isEmpty();
        assertThat(row("fence, owner")).isEqualTo("(0,)");
        assertThat(board.locked).isEmpty();
    }

    @Test
    void a_task_that_another_slot_has_locked_is_not_asked_for() {
        board.locked.add(TASK);

        assertThat(claims.next()).isEmpty();
        assertThat(row("status")).isEqualTo("PENDING");
        assertThat(board.locked).containsExactly(TASK);
    }

    @Test
    void only_tasks_of_the_source_that_we_reach_are_claimed() {
        assertThat(of("9/9/db").next()).isEmpty();
        board.offer(TASK);
        assertThat(of("1/2/db").next()).isPresent();
    }

    @Test
    void a_slice_that_was_begun_in_another_snapshot_bears_the_name_of_none() {
        sql("update pgsync.task set attempt = 1, snapshot = 'snap-0'");

        assertThat(claims.next()).map(Claim::snapshot).hasValue("snap-1");
        assertThat(row("snapshot is null")).isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "5, 3200"})
    void a_task_that_another_version_wrote_is_left_to_others(int attempt, int backoff) {
        sql("update pgsync.task set spec = '{}', attempt = " + (attempt - 1));
        var before = clock();

        assertThat(claims.next()).isEmpty();

        assertThat(row("status, owner")).isEqualTo("(PENDING,)");
        assertDueAfter(before, backoff);
        assertThat(row("last_error"))
                .isEqualTo("the task was written by another version of pgsync than node " + me + " runs");
        assertThat(board.locked).isEmpty();
        assertThat(inHand.holds(TASK)).isFalse();
    }

    @Test
    void a_task_that_nobody_can_read_fails_in_the_end() {
        sql("update pgsync.task set spec = '{}', attempt = 5");

        assertThat(claims.next()).isEmpty();

        assertThat(row("status, remedy, guard")).isEqualTo("(FAILED,\"run one version on all nodes\",f)");
        assertThat(server.value(database, "select cancel_requested from pgsync.run"))
                .isEqualTo("f");
    }

    // --- what became of it

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 400", "5, 3200"})
    void a_broken_attempt_is_tried_again_later_and_later(int attempt, int backoff) {
        var claim = claimed(attempt);
        var before = clock();

        claims.ended(claim, LOST);

        assertThat(row("status, owner, last_error, fence")).isEqualTo("(PENDING,,\"it broke\",1)");
        assertDueAfter(before, backoff);
        assertPutDown();
    }

    @Test
    void the_sixth_attempt_was_the_last() {
        claims.ended(claimed(6), LOST);

        assertThat(row("status, owner, last_error, remedy, guard, finished_at is not null"))
                .isEqualTo("(FAILED,,\"it broke (tried 6 times)\",wait,f,t)");
        assertThat(cancelRequested()).isEqualTo("f");
        assertPutDown();
    }

    @ParameterizedTest
    @CsvSource({"7, 12800", "8, 12800", "19, 12800"})
    void without_a_snapshot_it_is_asked_for_longer(int attempt, int backoff) {
        var claim = claimed(attempt);
        var before = clock();

        claims.ended(claim, new Outcome.Failed(Trouble.SNAPSHOT_GONE, "gone", "wait"));

        assertThat(row("status")).isEqualTo("PENDING");
        assertDueAfter(before, backoff);
    }

    @Test
    void but_not_for_ever() {
        claims.ended(claimed(20), new Outcome.Failed(Trouble.SNAPSHOT_GONE, "gone", "wait"));

        assertThat(row("status, last_error")).isEqualTo("(FAILED,\"gone (tried 20 times)\")");
    }

    @Test
    void a_failure_of_a_table_ends_what_is_left_of_it_and_closes_its_books() {
        task("t", 0);
        task("t", 1);
        task("u", 0);

        claims.ended(claimed(1), new Outcome.Failed(Trouble.BAD_VALUE, "no number", "compare the types"));

        assertThat(server.column(database, "select status || ' ' || fence from pgsync.task order by id"))
                .containsExactly("FAILED 1", "CANCELLED 1", "CANCELLED 1", "PENDING 0");
        assertThat(server.column(
                        database, "select table_name || ' ' || status || ' ' || error from pgsync.sync_log order by 1"))
                .containsExactly("t failed no number");
        assertThat(cancelRequested()).isEqualTo("f");
    }

    @Test
    void what_fails_for_every_table_stops_the_run() {
        claims.ended(claimed(1), new Outcome.Failed(Trouble.DISK_FULL, "full", "free space"));

        assertThat(row("status, remedy")).isEqualTo("(FAILED,\"free space\")");
        assertThat(cancelRequested()).isEqualTo("t");
    }

    @Test
    void the_guard_is_told_apart() {
        claims.ended(claimed(1), new Outcome.GuardStopped("too many", "look"));

        assertThat(row("status, last_error, remedy, guard")).isEqualTo("(FAILED,\"too many\",look,t)");
        assertThat(cancelRequested()).isEqualTo("f");
    }

    @Test
    void an_attempt_that_was_given_back_does_not_count() {
        var claim = claimed(3);
        sql("update pgsync.task set not_before = clock_timestamp() + interval '1 hour'");

        claims.ended(claim, new Outcome.GivenBack("stopping"));

        assertThat(row("status, owner, attempt, not_before <= clock_timestamp()"))
                .isEqualTo("(PENDING,,2,t)");
        assertPutDown();
    }

    @Test
    void an_attempt_in_a_snapshot_that_is_gone_counts() {
        var claim = claimed(3);
        sql("update pgsync.run set snapshot = 'snap-2'");

        claims.ended(claim, new Outcome.GivenBack(null));

        assertThat(row("status, attempt")).isEqualTo("(PENDING,3)");
    }

    @Test
    void nothing_is_recorded_of_what_is_recorded_already_or_no_longer_ours() {
        claims.ended(claimed(1), new Outcome.Done(Counts.NONE));
        assertThat(row("status")).isEqualTo("CLAIMED");
        assertPutDown();

        sql("update pgsync.task set status = 'PENDING', owner = null");
        claims.ended(claimed(1), new Outcome.FenceLost());
        assertThat(row("status")).isEqualTo("CLAIMED");
        assertPutDown();
    }

    @Test
    void whoever_was_overtaken_records_nothing() {
        var claim = claimed(6);
        sql("update pgsync.task set fence = fence + 1");

        claims.ended(claim, new Outcome.Failed(Trouble.DISK_FULL, "full", "free space"));
        claims.ended(claim, LOST);
        claims.ended(claim, new Outcome.GivenBack(null));

        assertThat(row("status, last_error is null, attempt")).isEqualTo("(CLAIMED,t,6)");
        assertThat(cancelRequested()).isEqualTo("f");
        assertThat(server.value(database, "select count(*) from pgsync.sync_log"))
                .isEqualTo("0");
    }

    @Test
    void an_end_that_cannot_be_recorded_frees_the_lock_and_leaves_no_transaction_behind() {
        var claim = claimed(1);
        sql("alter table pgsync.task rename to hidden");

        assertThatThrownBy(() -> claims.ended(claim, new Outcome.GuardStopped("too many", "look")))
                .isInstanceOf(StepFailed.class);

        assertThat(board.locked).isEmpty();
        assertThat(inHand.holds(TASK)).isTrue();
        sql("alter table pgsync.hidden rename to task");
        claims.ended(claim, LOST);
        assertThat(row("status")).isEqualTo("PENDING");
        assertThat(
                        server.value(
                                database,
                                "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'"))
                .isEqualTo("0");
    }

    // --- claims that nobody works on

    @Test
    void a_claim_whose_answer_was_lost_is_taken_back_at_once() {
        sql("alter table pgsync.task rename to hidden");
        var alone = new Claims(pool, board, me);
        assertThatThrownBy(alone::next).isInstanceOf(StepFailed.class);
        assertThat(board.locked).containsExactly(TASK);
        assertThatThrownBy(alone::next).isInstanceOf(StepFailed.class);
        assertThat(board.locked).containsExactly(TASK);

        sql(
                "alter table pgsync.hidden rename to task",
                "update pgsync.task set status = 'CLAIMED', fence = 1, owner = '" + me
                        + "', not_before = clock_timestamp() + interval '1 hour'");
        assertThat(alone.next()).isEmpty();

        assertThat(row("status, fence, owner, not_before <= clock_timestamp()")).isEqualTo("(PENDING,2,,t)");
        assertThat(board.locked).isEmpty();
    }

    @Test
    void a_claim_that_nobody_works_on_at_two_looks_is_taken_back() {
        board.offered.clear();
        sql("update pgsync.task set status = 'CLAIMED', fence = 4, owner = '" + me + "'");

        assertThat(claims.next()).isEmpty();
        assertThat(row("status, fence")).isEqualTo("(CLAIMED,4)");
        assertThat(claims.next()).isEmpty();
        assertThat(row("status, fence")).isEqualTo("(PENDING,5)");
    }

    @Test
    void what_we_work_on_and_what_others_do_stays() {
        task("u", 0);
        sql("update pgsync.task set status = 'CLAIMED', owner = '" + UUID.randomUUID() + "' where id = 2");
        var claim = claimed(1);

        assertThat(claims.next()).isEmpty();
        assertThat(claims.next()).isEmpty();

        assertThat(inHand.holds(claim.task())).isTrue();
        assertThat(server.column(database, "select status from pgsync.task order by id"))
                .containsExactly("CLAIMED", "CLAIMED");
    }

    // --- ground

    private Claims of(String source) {
        return new Claims(pool, board, me, source, inHand);
    }

    private Claim claimed(int attempt) {
        sql("update pgsync.task set snapshot = 'snap-1', attempt = " + (attempt - 1) + " where id = 1");
        board.offer(TASK);
        return claims.next().orElseThrow();
    }

    private void assertPutDown() {
        assertThat(board.locked).isEmpty();
        assertThat(board.changes).isPositive();
        assertThat(inHand.holds(TASK)).isFalse();
        board.changes = 0;
    }

    /** The server set the time somewhere between {@code before} and now. */
    private void assertDueAfter(String before, int milliseconds) {
        var wait = "interval '" + milliseconds + " milliseconds'";
        assertThat(row("not_before >= '" + before + "'::timestamptz + " + wait
                        + " and not_before <= clock_timestamp() + " + wait))
                .isEqualTo("t");
    }

    private String clock() {
        return String.valueOf(server.value(database, "select clock_timestamp()"));
    }

    private String cancelRequested() {
        return String.valueOf(server.value(database, "select cancel_requested from pgsync.run"));
    }

    private String row(String columns) {
        var one = columns.contains(",") ? "row(" + columns + ")" : "(" + columns + ")";
        return String.valueOf(server.value(database, "select " + one + "::text from pgsync.task where id = 1"))
                .replaceAll("^true$", "t")
                .replaceAll("^false$", "f");
    }

    private void sql(String... statements) {
        server.sql(database, statements);
    }

    private void task(String table, int stage) {
        sql("insert into pgsync.task (run_id, schema_name, table_name, kind, gate, stage, spec) values ('" + run.value()
                + "', 's', '" + table + "', 'COPY', 'g', " + stage + ", '"
                + Samples.spec().toJson() + "')");
    }

    /** Gives what it has at once. */
    private static final class Board implements TaskBoard {
        private final Queue<TaskId> offered = new ArrayDeque<>();
        private final Set<TaskId> locked = new HashSet<>();
        private int changes;

        @Override
        public void offer(TaskId task) {
            offered.add(task);
        }

        @Override
        public Optional<TaskId> poll(Duration atMost) {
            return Optional.ofNullable(offered.poll());
        }

        @Override
        public boolean tryLock(TaskId task) {
            return locked.add(task);
        }

        @Override
        public void unlock(TaskId task) {
            locked.remove(task);
        }

        @Override
        public int waiting() {
            return offered.size();
        }

        @Override
        public void changed() {
            changes++;
        }

        @Override
        public void awaitChange(Duration atMost) {}
    }
}
