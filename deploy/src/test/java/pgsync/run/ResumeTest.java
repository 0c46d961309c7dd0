package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.coordinator.moment.OldestTransaction;
import pgsync.error.Stopped;
import pgsync.local.LocalEngine.Parts;
import pgsync.task.TableReport.Status;
import pgsync.worker.session.TargetSession.FenceCheck;

/** A first copy that is stopped in its middle goes on where it was. */
@Tag("whole-run")
class ResumeTest {
    /** 2 KB a row: 15,000 rows are 30 MB, three slices and more. */
    private static final String WIDE =
            "insert into wide select i, repeat(md5(i::text), 60)%s from generate_series(1, 15000) i";

    @ParameterizedTest
    @ValueSource(strings = {", updated_at timestamptz default '2025-01-01'", ""})
    void a_copy_that_was_stopped_goes_on_and_copies_no_finished_slice_again(String stamp) throws Exception {
        try (var ground = wide(stamp)) {
            stopAfterOneSlice(ground);
            var done = finishedSlices(ground);
            assertThat(done).hasSize(1);
            var copied = ground.countOnTarget("select count(*) from wide");
            assertThat(ground.onTargetColumn("select status from pgsync.sync_log"))
                    .containsExactly("cancelled");
            var touched = stamp.isEmpty() ? "" : ", updated_at = now()";
            ground.onSource(
                    "update wide set body = 'changed'" + touched + " where id % 1000 = 1",
                    "delete from wide where id % 1000 = 2",
                    "insert into wide (id, body) select i, 'new' from generate_series(20001, 20100) i");

            var ran = ground.sync().done();

            assertThat(ran.table("wide").mode()).isEqualTo("resume");
            assertThat(finishedSlices(ground)).containsAll(done).hasSizeGreaterThanOrEqualTo(3);
            assertThat(ran.table("wide").rowsUpserted())
                    .as("the finished slice is not counted again")
                    .isLessThanOrEqualTo(15_000 + 100 + 15 - copied);
            ground.assertEqual();
            assertThat(ground.sync().done().upserted()).isZero();
        }
    }

    @Test
    void a_copy_that_was_stopped_and_whose_table_changed_its_shape_begins_anew() throws Exception {
        try (var ground = wide("")) {
            stopAfterOneSlice(ground);
            ground.onBoth("alter table wide add column more int");
            ground.onSource("update wide set more = 1 where id = 1");

            ground.sync("force-deletes").done();

            ground.assertEqual();
        }
    }

    @Test
    void an_incremental_run_that_broke_off_goes_on_at_the_stamp_that_it_reached() {
        try (var ground = anHourBehind()) {
            ground.onSource(
                    "insert into t select i, now() - (61 - i) * interval '30 seconds' from generate_series(1, 50) i");
            ground.onTarget(
                    "create function stop() returns trigger language plpgsql as"
                            + " 'begin if new.id = 31 then raise exception ''not now''; end if; return new; end'",
                    "create trigger stop before insert on t for each row execute procedure stop()",
                    "alter table t enable always trigger stop");
            var broken = ground.sync("batch-size=10").table("t");
            assertThat(broken.status()).isEqualTo(Status.FAILED);
            assertThat(ground.countOnTarget("select count(*) from t")).isEqualTo(30);
            ground.onTarget("drop trigger stop on t");

            var ran = ground.sync("batch-size=10").done().table("t");

            assertThat(ran.rowsUpserted()).isEqualTo(20);
            assertThat(ran.rowsUnchanged())
                    .as("the row at that stamp is read again, those before it are not")
                    .isEqualTo(1);
            ground.assertEqual();
        }
    }

    @Test
    void rows_without_a_stamp_say_nothing_about_how_far_a_run_came() {
        try (var ground = SyncGround.with("create table t (id int primary key, v text, updated_at timestamptz)")) {
            ground.onSource(
                    "insert into t select i, 'old', case when i > 20 then now() - interval '2 hours' end from generate_series(1, 40) i");
            ground.sync().done();
            ground.onTarget(
                    "update pgsync.table_state set watermark = now() - interval '1 hour'",
                    "alter table t add constraint stop check (v <> 'new')");
            ground.onSource("update t set v = 'new', updated_at = now() - interval '30 minutes' where id > 20");
            assertThat(ground.sync("batch-size=10").table("t").status()).isEqualTo(Status.FAILED);
            ground.onTarget("alter table t drop constraint stop");

            ground.sync("batch-size=10").done();

            ground.assertEqual();
        }
    }

    @Test
    void rows_of_one_stamp_arrive_in_one_transaction_however_small_the_batches() {
        try (var ground = anHourBehind()) {
            ground.onSource(
                    "insert into t select i, now() - interval '30 minutes' + case when i between 5 and 13 then 7 else i end"
                            + " * interval '1 second' from generate_series(1, 20) i");

            ground.sync("batch-size=2").done();

            ground.assertEqual();
            assertThat(ground.countOnTarget("select count(distinct xmin::text) from t where id between 5 and 13"))
                    .isOne();
            assertThat(ground.countOnTarget("select count(distinct xmin::text) from t"))
                    .isGreaterThan(5);
        }
    }

    private static SyncGround anHourBehind() {
        var ground = SyncGround.with("create table t (id int primary key, updated_at timestamptz not null)");
        ground.sync().done();
        ground.onTarget("update pgsync.table_state set watermark = now() - interval '1 hour'");
        return ground;
    }

    @Test
    void rows_show_up_a_slice_at_a_time_and_never_half_a_slice() throws Exception {
        try (var ground = wide("")) {
            stopAfterOneSlice(ground);

            assertThat(ground.countOnTarget("select count(*) from wide"))
                    .isEqualTo(ground.countOnTarget("select sum(rows_upserted) from pgsync.task where status = 'DONE'"))
                    .isBetween(1_000L, 14_000L);
        }
    }

    /** Slot after slot waits at its fence, except one; when that has ended, the run is interrupted as by a signal. */
    private static void stopAfterOneSlice(SyncGround ground) throws Exception {
        var first = new AtomicInteger();
        var never = new CountDownLatch(1);
        ground.parts(new Parts(settings -> new OldestTransaction(Duration.ofMinutes(10)), (connection, claim) -> {
            if (first.getAndIncrement() > 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new Stopped("wait in a test", e);
                }
            }
            return FenceCheck.inTarget().holds(connection, claim);
        }));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new Thread[1];
            var started = new CountDownLatch(1);
            var run = threads.submit(() -> {
                running[0] = Thread.currentThread();
                started.countDown();
                return ground.sync();
            });
            started.await();
            SyncGround.await(
                    "one slice is done",
                    () -> ground.countOnTarget("select count(*) from pg_class where relname = 'task' and relkind = 'r'")
                                    == 1
                            && ground.countOnTarget("select count(*) from pgsync.task where status = 'DONE'") == 1);
            running[0].interrupt();
            assertThatThrownBy(run::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(Stopped.class);
        }
        ground.parts(Parts.REAL);
    }

    private static java.util.List<String> finishedSlices(SyncGround ground) {
        return ground.onTargetColumn(
                "select id || ' ' || attempt || ' ' || finished_at from pgsync.task where kind = 'COPY' and status = 'DONE' order by id");
    }

    private static SyncGround wide(String stamp) {
        var ground = SyncGround.with("create table wide (id int primary key, body text" + stamp + ");"
                + " alter table wide alter column body set storage plain");
        ground.onSource(WIDE.formatted(stamp.isEmpty() ? "" : ", '2025-01-01'"));
        return ground;
    }
}
