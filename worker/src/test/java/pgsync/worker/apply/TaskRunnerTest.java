package pgsync.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.worker.apply.Described.table;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pgsync.claim.Claim;
import pgsync.error.Trouble;
import pgsync.event.RunEvent;
import pgsync.task.Outcome;
import pgsync.task.Slice;
import pgsync.task.Work;

/** How attempts end, which connections a runner keeps between them, and that nobody meets what a failure left on one. */
class TaskRunnerTest {
    private static final Work RECONCILE = new Work.Reconcile();
    private static final Work KEYS = new Work.Keys(true, null);

    private final ApplyGround ground = ApplyGround.empty();

    @BeforeEach
    void ten_rows_are_on_the_source() {
        ground.both("create table item (id int primary key, v text)")
                .source("insert into item select i, 'v' from generate_series(1, 10) i");
    }

    private static Described item() {
        return table("item", "id", "v");
    }

    /** The sessions of runners on both sides, by their numbers. */
    private String connected() {
        return Objects.requireNonNull(ground.onTarget(
                "select coalesce(string_agg(pid::text, ' ' order by pid), 'nobody') from pg_stat_activity"
                        + " where application_name like 'pgsync %' and datname like 'apply%'"));
    }

    private void assertNobodyConnected() {
        // The server notices it a moment later.
        for (var looks = 0; looks < 10_000 && !connected().equals("nobody"); looks++) {
            Thread.onSpinWait();
        }
        assertThat(connected()).isEqualTo("nobody");
    }

    // --- how attempts end

    private enum End {
        FENCE_LOST(Outcome.FenceLost.class),
        GUARD_STOPPED(Outcome.GuardStopped.class),
        FAILED(Outcome.Failed.class),
        A_MISTAKE(Outcome.Failed.class),
        GIVEN_BACK(Outcome.GivenBack.class);

        private final Class<? extends Outcome> outcome;

        End(Class<? extends Outcome> outcome) {
            this.outcome = outcome;
        }
    }

    private Outcome end(End end, TaskRunner runner) {
        return switch (end) {
            case FENCE_LOST -> {
                var claim = ground.claimed(item(), RECONCILE);
                ground.target("update pgsync.task set fence = fence + 1");
                yield runner.run(claim);
            }
            case GUARD_STOPPED -> {
                ground.target("insert into item select i, 'v' from generate_series(1, 20) i");
                yield runner.run(ground.claimed(item(), KEYS));
            }
            case FAILED -> runner.run(ground.claimed(table("item", "id", "missing"), RECONCILE));
            case A_MISTAKE -> runner.run(ground.claimed(item(), unfit(KEYS)));
            case GIVEN_BACK -> interrupted(runner, ground.claimed(item(), RECONCILE));
        };
    }

    /** No plan has such a step. */
    private static Work unfit(Work rows) {
        return new Work.UpsertCircle(List.of(new Work.UpsertCircle.Member(item().spec(), rows)));
    }

    private static Outcome interrupted(TaskRunner runner, Claim claim) {
        var outcome = new AtomicReference<Outcome>();
        var thread = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            outcome.set(runner.run(claim));
        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return outcome.get();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void an_attempt_that_does_not_reach_its_end_gives_its_connections_up_and_the_next_one_works(End end) {
        try (var runner = ground.runner()) {
            runner.connectAhead();

            assertThat(end(end, runner)).isInstanceOf(end.outcome);
            assertNobodyConnected();
            ground.target("delete from item");
            assertThat(runner.run(ground.claimed(item(), RECONCILE))).isInstanceOf(Outcome.Done.class);
            ground.assertEqual("item");
        }
    }

    @Test
    void a_mistake_of_ours_is_told_as_one() {
        assertThat(ground.failed(Trouble.UNKNOWN, item(), unfit(KEYS)))
                .contains("a mistake in pgsync", "no way to bring the rows of a circle");
    }

    @Test
    void a_stop_says_what_it_came_into() {
        try (var runner = ground.runner()) {
            runner.connectAhead();

            assertThat(interrupted(runner, ground.claimed(item(), RECONCILE)))
                    .isInstanceOfSatisfying(
                            Outcome.GivenBack.class,
                            given -> assertThat(given.reason()).startsWith("stopped during "));
        }
    }

    @Test
    void a_task_says_what_it_begins_with() {
        ground.done(item(), RECONCILE, KEYS);

        assertThat(ground.events().stream().filter(RunEvent.TableStarted.class::isInstance))
                .containsExactly(new RunEvent.TableStarted(item().name(), "incremental"));
    }

    // --- connections

    @Test
    void tasks_that_end_well_follow_each_other_on_the_same_connections() {
        try (var runner = ground.runner()) {
            runner.connectAhead();
            var ahead = connected();
            assertThat(ahead.split(" ")).hasSize(2);

            runner.run(ground.claimed(item(), RECONCILE));
            runner.run(ground.claimed(item(), RECONCILE));
            assertThat(connected()).isEqualTo(ahead);

            // Whoever deletes looks at the keys on a third one.
            for (var round = 0; round < 2; round++) {
                ground.target("insert into item values (99, 'extra')");
                assertThat(runner.run(ground.claimed(item(), KEYS))).isInstanceOf(Outcome.Done.class);
            }
            ground.assertEqual("item");
            assertThat(connected().split(" ")).hasSizeLessThanOrEqualTo(3).contains(ahead.split(" "));
        }
        assertNobodyConnected();
    }

    @Test
    void a_side_that_lets_nobody_in_is_told_by_the_task_and_not_ahead_of_it() {
        try (var runner = ground.runnerWithoutTarget()) {
            runner.connectAhead();
            assertNobodyConnected();

            assertThat(runner.run(ground.claimed(item(), RECONCILE)))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.trouble()).isEqualTo(Trouble.NO_SUCH_DATABASE));
        }
    }

    @Test
    void a_connection_that_broke_while_nothing_was_to_do_is_replaced() {
        try (var runner = ground.runner()) {
            runner.rest();
            assertThat(runner.run(ground.claimed(item(), RECONCILE))).isInstanceOf(Outcome.Done.class);
            ground.source("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name like 'pgsync %' and datname = current_database()");

            runner.rest();

            assertThat(runner.run(ground.claimed(item(), RECONCILE))).isInstanceOf(Outcome.Done.class);
        }
    }

    // --- moments

    private Claim claimed(ApplyGround.Moment moment) {
        return ground.claimed(ground.pending(item(), RECONCILE), 1, moment.snapshot(), item(), RECONCILE);
    }

    @Test
    void a_moment_that_a_runner_is_in_lasts_for_it_when_others_cannot_enter_it_any_more() throws SQLException {
        try (var runner = ground.runner()) {
            Claim next;
            try (var moment = ground.now()) {
                assertThat(runner.run(claimed(moment))).isInstanceOf(Outcome.Done.class);
                next = claimed(moment);
            }
            ground.source("insert into item values (11, 'later')");

            assertThat(runner.run(next)).isInstanceOf(Outcome.Done.class);
            assertThat(ground.rows("item")).doesNotContain("later");
        }
    }

    @Test
    void whoever_rested_enters_the_moment_again() throws SQLException {
        try (var runner = ground.runner();
                var moment = ground.now()) {
            assertThat(runner.run(claimed(moment))).isInstanceOf(Outcome.Done.class);
            runner.rest();
            ground.source("insert into item values (11, 'later')");

            assertThat(runner.run(claimed(moment))).isInstanceOf(Outcome.Done.class);
            assertThat(ground.rows("item")).doesNotContain("later");
        }
    }

    @Test
    void a_rehearsed_slice_leaves_no_transaction_open() {
        try (var runner = ground.runner()) {
            var copy = new Work.Copy(new Slice.Whole(), true);
            assertThat(runner.run(ground.claimed(item().rehearsed(), copy))).isInstanceOf(Outcome.Done.class);
            assertThat(ground.onTarget("select count(*) from pg_stat_activity where application_name like 'pgsync %'"
                            + " and datname = current_database() and state <> 'idle'"))
                    .isEqualTo("0");
        }
    }
}
