package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.task.TableReport.Status;

/** What becomes of the source between a run's snapshot and its reading or deleting. */
@Tag("whole-run")
class MeanwhileTest {
    private static final String RELOAD = "begin; create temp table kept on commit drop as select * from %1$s;"
            + " truncate %1$s; insert into %1$s select * from kept; commit";

    /** A snapshot shows a rewritten partition empty. Stamped with the watermark itself: the next one is behind it. */
    @Test
    void an_update_in_a_partition_that_is_written_anew_during_the_run_is_read_by_the_next() {
        try (var ground = SyncGround.with("""
                create table t (id int primary key, v text, updated_at timestamptz not null default now())
                    partition by range (id);
                create table t1 partition of t for values from (0) to (1000);
                create table t2 partition of t for values from (1000) to (2000)
                """)) {
            ground.onSource("insert into t select i, 'a', now() - interval '1 day' from generate_series(901, 1010) i");
            ground.sync().done();
            ground.onSource("update t set v = 'b', updated_at = '%s' where id = 1005".formatted(ground.watermark("t")));

            var ran = ground.sync(once("horizon ", () -> ground.onSource(RELOAD.formatted("t2"))));

            assertThat(ran.table("t").status()).isEqualTo(Status.FAILED);
            assertThat(ran.table("t").error()).contains("truncated or rewritten");
            assertThat(ground.countOnTarget("select count(*) from t")).isEqualTo(110);
            ground.sync().done();
            ground.assertEqual();
        }
    }

    @Test
    void a_table_that_is_written_anew_before_its_first_copy_does_not_count_as_copied() {
        try (var ground =
                SyncGround.with("create table t (id int primary key, updated_at timestamptz not null default now())")) {
            ground.onSource("insert into t select i, now() - interval '1 day' from generate_series(1, 100) i");

            var ran = ground.sync(once("horizon ", () -> ground.onSource(RELOAD.formatted("t"))), "delete=never");

            assertThat(ran.table("t").status()).isEqualTo(Status.FAILED);
            ground.sync("delete=never").done();
            ground.assertEqual();
        }
    }

    /** The run's snapshot does not have the row, and the source and the target have got it since. */
    @Test
    void a_row_that_the_source_has_again_by_now_is_not_deleted() {
        try (var ground =
                SyncGround.with("create table t (id int primary key, updated_at timestamptz not null default now())")) {
            ground.onSource("insert into t select generate_series(1, 100)");
            ground.sync().done();
            ground.onSource("delete from t where id in (1, 2)");

            var ran = ground.sync(once(
                            "buckets of keys differ",
                            () -> ground.onSource("insert into t values (1, now() - interval '1 day')")))
                    .done();

            assertThat(ran.deleted()).isEqualTo(1);
            assertThat(ground.onTargetColumn("select id from t where id < 4")).containsExactlyInAnyOrder("1", "3");
        }
    }

    /** Keys are asked for again a thousand at a time: those of each thousand. */
    @Test
    void rows_that_the_source_has_again_by_now_are_not_deleted_wherever_they_stand_among_many() {
        try (var ground =
                SyncGround.with("create table t (id int primary key, updated_at timestamptz not null default now())")) {
            ground.onSource("insert into t select generate_series(1, 10000)");
            ground.sync().done();
            ground.onSource("delete from t where id <= 2400");

            var ran = ground.sync(once(
                            "buckets of keys differ",
                            () -> ground.onSource("insert into t select i, now() - interval '1 day'"
                                    + " from generate_series(1, 2400) i where i % 100 = 0")))
                    .done();

            assertThat(ran.deleted()).isEqualTo(2_376);
            assertThat(ground.countOnTarget("select count(*) from t where id <= 2400 and id % 100 = 0"))
                    .isEqualTo(24);
        }
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
