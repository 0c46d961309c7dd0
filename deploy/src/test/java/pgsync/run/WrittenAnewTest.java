package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.task.TableReport.Status;
import pgsync.testground.TestServers;

/** Tables that were truncated or written anew between two runs, and have the stamps that they had: no watermark finds their rows. */
@Tag("whole-run")
class WrittenAnewTest {
    private static final String TABLE = "create table t (id int primary key, v text, updated_at timestamptz not null)";
    private static final String LOAD = "insert into t select i, '%s', '2020-01-01Z' from generate_series(1, 100) i";

    @Test
    void a_table_is_compared_once_and_says_why() {
        try (var ground = SyncGround.with(TABLE)) {
            ground.onSource(LOAD.formatted("old"));
            ground.sync().done();
            ground.onSource("truncate t", LOAD.formatted("new"));

            var ran = ground.sync().done();

            assertThat(ran.table("t").mode()).isEqualTo("reconcile");
            assertThat(warned(ran)).isTrue();
            ground.assertEqual();
            var next = ground.sync().done();
            assertThat(next.table("t").mode()).isEqualTo("incremental");
            assertThat(warned(next)).isFalse();
        }
    }

    /** 1. The table is truncated; 2. a run finds it empty and the guard stops it; 3. the same file is loaded. */
    @Test
    void a_table_that_a_guarded_run_found_empty_is_compared_when_it_is_loaded() {
        try (var ground = SyncGround.with(TABLE)) {
            ground.onSource(LOAD.formatted("old"));
            ground.sync().done();
            ground.onSource("truncate t");
            assertThat(ground.sync().table("t").status()).isEqualTo(Status.GUARD);
            ground.onSource(LOAD.formatted("new"));

            ground.sync().done();

            ground.assertEqual();
        }
    }

    /** The same where the run between has nothing to stop at, since it deletes nothing. */
    @Test
    void a_table_that_a_run_without_deletes_found_empty_is_compared_when_it_is_loaded() {
        try (var ground = SyncGround.with(TABLE)) {
            ground.onSource(LOAD.formatted("old"));
            ground.sync("delete=never").done();
            ground.onSource("truncate t");
            ground.sync("delete=never").done();
            ground.onSource(LOAD.formatted("new"));

            ground.sync("delete=never").done();

            ground.assertEqual();
        }
    }

    /** What is remembered is from before the snapshot, so a table that is swapped in between is compared by the next run. */
    @Test
    void a_table_that_is_written_anew_between_a_look_at_it_and_the_snapshot_is_compared_by_the_next_run() {
        try (var ground = SyncGround.with(TABLE)) {
            ground.onSource(LOAD.formatted("old"));
            ground.sync().done();

            ground.sync(once(
                            "discovered ",
                            () -> ground.onSource("begin; truncate t; " + LOAD.formatted("new") + "; commit")))
                    .done();
            ground.sync().done();

            ground.assertEqual();
        }
    }

    @Test
    void a_partition_made_ahead_is_no_reason_to_compare_the_others() {
        try (var ground = SyncGround.with("""
                create table t (id int primary key, updated_at timestamptz not null) partition by range (id);
                create table t1 partition of t for values from (0) to (1000)
                """)) {
            ground.onSource("insert into t select i, '2020-01-01Z' from generate_series(1, 100) i");
            ground.sync().done();
            ground.onBoth("create table t2 partition of t for values from (1000) to (2000)");

            assertThat(ground.sync().done().table("t").mode()).isEqualTo("incremental");
            assertThat(ground.sync().done().table("t").mode()).isEqualTo("incremental");
            ground.onSource("insert into t values (1001, clock_timestamp()), (1002, '2020-01-01Z')");
            assertThat(ground.sync().done().table("t").mode()).isEqualTo("incremental");
            // The target's own partition had no rows until now, and no file that anything is missing in.
            assertThat(ground.sync().done().table("t").mode()).isEqualTo("incremental");
            ground.assertEqual();
        }
    }

    /** 1. The table is truncated and we find it empty; 2. it is loaded before our snapshot; 3. no key is missing. */
    @Test
    void a_table_that_is_loaded_between_a_look_at_it_empty_and_the_snapshot_is_compared_by_the_next_run() {
        try (var ground = SyncGround.with(TABLE)) {
            ground.onSource(LOAD.formatted("old"));
            ground.sync().done();
            ground.onSource("truncate t");

            ground.sync(once("discovered ", () -> ground.onSource(LOAD.formatted("new"))))
                    .done();
            ground.sync().done();

            ground.assertEqual();
        }
    }

    @Test
    void a_partition_that_is_dropped_is_no_reason_to_compare_the_others() {
        try (var ground = SyncGround.with("""
                create table t (id int primary key, updated_at timestamptz not null) partition by range (id);
                create table t1 partition of t for values from (0) to (10);
                create table t2 partition of t for values from (10) to (1000)
                """)) {
            ground.onSource("insert into t select i, '2020-01-01Z' from generate_series(1, 100) i");
            ground.sync().done();
            ground.onSource("drop table t1");

            assertThat(ground.sync().done().table("t").mode()).isEqualTo("incremental");
            ground.assertEqual();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 15, 18})
    void an_unlogged_table_that_a_crash_emptied_is_compared_when_it_is_loaded(int major) {
        try (var source = TestServers.durable(major, Map.of());
                var ground = SyncGround.between(source, TestServers.shared(major))) {
            ground.onBoth(TABLE.replace("create", "create unlogged"));
            ground.onSource(LOAD.formatted("old"));
            ground.sync().done();
            source.stopImmediately();
            source.restart();
            ground.onSource(LOAD.formatted("new"));

            var ran = ground.sync().done();

            assertThat(ran.table("t").mode()).isEqualTo("reconcile");
            ground.assertEqual();
            source.restart();
            assertThat(ground.sync().done().table("t").mode()).isEqualTo("incremental");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 15, 18})
    void an_unlogged_table_of_the_target_that_a_crash_emptied_is_filled_by_a_run_without_deletes(int major) {
        try (var target = TestServers.durable(major, Map.of());
                var ground = SyncGround.between(TestServers.shared(major), target)) {
            ground.onBoth(TABLE.replace("create", "create unlogged"));
            ground.onSource(LOAD.formatted("old"));
            ground.sync("delete=never").done();
            target.stopImmediately();
            target.restart();

            ground.sync("delete=never").done();

            ground.assertEqual();
        }
    }

    private static boolean warned(SyncGround.Ran ran) {
        return ran.events().stream()
                .anyMatch(event -> event instanceof RunEvent.Warning warning
                        && warning.message().contains("written anew or replaced"));
    }

    private static RunEvents once(String told, Runnable then) {
        var done = new AtomicBoolean();
        return event -> {
            if (event instanceof RunEvent.Detail detail && detail.text().contains(told) && !done.getAndSet(true)) {
                then.run();
            }
        };
    }
}
