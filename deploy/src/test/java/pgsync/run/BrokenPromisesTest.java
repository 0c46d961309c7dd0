package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.connect.Surroundings;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.local.LocalEngine;
import pgsync.task.TableReport;
import pgsync.testground.TestServer;

/** Ways in which a run could say that a table is done although it is not. */
@Tag("whole-run")
class BrokenPromisesTest {
    private static final String SCHEMA =
            "create table t (id int primary key, v text, updated_at timestamptz not null default now())";

    @Test
    void a_column_that_joins_later_is_filled_in_rows_that_nobody_touched_since() {
        try (var ground = SyncGround.with(SCHEMA)) {
            ground.onSource("insert into t select i, 'a', now() - interval '1 day' from generate_series(1, 100) i");
            ground.sync().done();
            ground.onSource("alter table t add column late text default 'there'");
            ground.onTarget("alter table t add column late text");

            ground.sync().done();

            ground.assertEqual();
        }
    }

    @Test
    void the_shape_counts_as_seen_only_after_a_run_that_completed() {
        try (var ground = SyncGround.with(SCHEMA)) {
            ground.onSource("insert into t select i, 'a', now() - interval '1 day' from generate_series(1, 100) i");
            ground.sync().done();
            ground.onSource("alter table t add column late text default 'there'");
            ground.onTarget(
                    "alter table t add column late text", "alter table t add constraint nothing check (late is null)");
            assertThat(ground.sync().table("t").status()).isEqualTo(TableReport.Status.FAILED);
            ground.onTarget("alter table t drop constraint nothing");

            ground.sync().done();

            ground.assertEqual();
        }
    }

    /** Half of the slices are read in one snapshot, the other half in another one, and rows move and go in between. */
    @Test
    void a_first_copy_that_lost_its_snapshot_ends_equal() {
        try (var ground = SyncGround.with(
                "create table t (id int primary key, v text, updated_at timestamptz not null default now(), pad text)"
                        + " with (fillfactor = 10)")) {
            ground.onSource(
                    "insert into t select i, 'a', now() - interval '1 day', repeat('x', 300) from generate_series(1, 10000) i",
                    "analyze t");
            var lost = new AtomicBoolean();
            var report = sync(ground, "parallel=2", event -> {
                if (event instanceof RunEvent.Progress) {
                    synchronized (lost) {
                        if (!lost.getAndSet(true)) {
                            ground.onSource(
                                    "delete from t where id % 10 = 0",
                                    "update t set v = 'b', updated_at = now() where id % 10 = 1",
                                    "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_export_snapshot%'"
                                            + " and datname = current_database() and pid <> pg_backend_pid()");
                            var first = ground.onTargetValue("select snapshot from pgsync.run");
                            SyncGround.await(
                                    "there is a new snapshot",
                                    () -> !ground.onTargetValue("select snapshot from pgsync.run")
                                            .equals(first));
                        }
                    }
                }
            });

            assertThat(report.status()).as(report.error()).isEqualTo(TableReport.Status.DONE);
            assertThat(ground.countOnTarget("select count(distinct stage) from pgsync.task"))
                    .isEqualTo(2);
            ground.assertEqual();
        }
    }

    @Test
    void values_that_change_rows_never_take_rows_of_other_tables_along() {
        try (var ground = SyncGround.with("create table parent (id int primary key, code text unique,"
                + " updated_at timestamptz not null default now());"
                + "create table child (id int primary key, parent_id int references parent on delete set null,"
                + " updated_at timestamptz not null default now())")) {
            ground.onSource(
                    "insert into parent values (1, 'a', now() - interval '1 day'), (2, 'b', now() - interval '1 day')",
                    "insert into child values (1, 1, now() - interval '1 day'), (2, 2, now() - interval '1 day')");
            ground.onTarget(
                    "drop role if exists pgsync_plain",
                    "create role pgsync_plain login password 'plain'",
                    "grant all on schema public to pgsync_plain",
                    "grant all on parent, child to pgsync_plain",
                    "grant create on database \"" + ground.targetName() + "\" to pgsync_plain");
            ground.targetRole("pgsync_plain", "plain");
            ground.sync().done();
            ground.onSource("begin; update parent set code = 'x' where id = 1;"
                    + "update parent set code = 'a', updated_at = now() where id = 2;"
                    + "update parent set code = 'b', updated_at = now() where id = 1; commit");

            ground.sync().done();

            assertThat(ground.countOnTarget("select count(*) from child where parent_id is null"))
                    .isZero();
            ground.assertEqual();
        }
    }

    @Test
    void a_table_without_a_key_is_not_emptied_by_a_source_that_lost_its_rows() {
        try (var ground = SyncGround.with("create table t (v int)")) {
            ground.onSource("insert into t select generate_series(1, 100)");
            ground.sync().done();
            ground.onSource("delete from t where v > 10");

            assertThat(ground.sync().table("t").status()).isEqualTo(TableReport.Status.GUARD);
            assertThat(ground.countOnTarget("select count(*) from t")).isEqualTo(100);
            ground.sync("force-deletes").done();
            ground.assertEqual();
        }
    }

    private static TableReport sync(SyncGround ground, String flag, RunEvents events) {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        var report = new LocalEngine("test", surroundings, LocalEngine.Parts.REAL).sync(ground.settings(flag), events);
        return report.tables().getFirst();
    }
}
