package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.config.TableRule;
import pgsync.testground.RandomChanges;
import pgsync.testground.SampleSchema;

/** A rehearsal reads everything, writes nothing, and tells what the run after it does. */
@Tag("whole-run")
class DryRunTest {
    private static final List<String> NONE = List.of();

    @Test
    void a_rehearsal_of_a_first_run_writes_nothing_and_tells_what_the_run_will_do() throws SQLException {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth(SampleSchema.sql());
            try (var connection = ground.connectSource()) {
                SampleSchema.fill(connection, 300, 3);
            }

            var rehearsed = ground.sync("dry-run").done();

            assertThat(rehearsed.report().dryRun()).isTrue();
            assertThat(ground.onTargetColumn("select nspname from pg_namespace where nspname = 'pgsync'"))
                    .isEmpty();
            assertThat(ground.countOnTarget("select count(*) from orders")).isZero();
            assertSameCounts(rehearsed, ground.sync().done());
            ground.assertEqual();
        }
    }

    /** Whether publications let it be changed would be asked of the server with statements that this role may not even begin. */
    @Test
    void a_role_that_only_reads_the_target_may_rehearse_what_is_published() {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth(
                    "create table part (id int primary key, v text) partition by range (id)",
                    "create table part_1 partition of part for values from (0) to (10)");
            ground.onSource("insert into part values (1, 'a')");
            ground.onTarget(
                    "create publication changes for table part with (publish_via_partition_root = true)",
                    "drop role if exists rehearser",
                    "create role rehearser login password 'pw'",
                    "grant usage on schema public to rehearser",
                    "grant select on all tables in schema public to rehearser");
            ground.targetRole("rehearser", "pw");

            assertThat(ground.sync("dry-run").done().upserted()).isEqualTo(1);

            ground.onTarget("drop owned by rehearser", "drop role rehearser");
        }
    }

    @Test
    void a_rehearsal_of_a_later_run_tells_the_same_counts_as_the_run() throws SQLException {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth(SampleSchema.sql());
            try (var connection = ground.connectSource()) {
                SampleSchema.fill(connection, 300, 3);
            }
            ground.sync().done();
            try (var connection = ground.connectSource()) {
                new RandomChanges(5).apply(connection, 200);
            }
            ground.onSource(
                    "insert into settings values ('restored', 'x')",
                    "delete from settings where name <> 'restored' and ctid = (select min(ctid) from settings)");
            ground.onSource("insert into categories (id, name, updated_at) values (100000, 'restored', '2001-01-01')");
            var log = ground.countOnTarget("select count(*) from pgsync.sync_log");
            var state = ground.onTargetColumn("select s::text from pgsync.table_state s order by 1");
            var rows = ground.countOnTarget("select count(*) from orders");

            var rehearsed = ground.sync("dry-run", "max-delete-percent=100").done();

            assertThat(ground.countOnTarget("select count(*) from pgsync.sync_log"))
                    .isEqualTo(log);
            assertThat(ground.onTargetColumn("select s::text from pgsync.table_state s order by 1"))
                    .isEqualTo(state);
            assertThat(ground.countOnTarget("select count(*) from orders")).isEqualTo(rows);
            assertSameCounts(rehearsed, ground.sync("max-delete-percent=100").done());
            ground.assertEqual();
        }
    }

    @Test
    void a_rehearsal_tells_the_counts_of_the_run_in_every_mode() {
        try (var ground = SyncGround.with("""
                create table stamped (id int primary key, v text, updated_at timestamptz default '2025-01-01');
                create table compared (id int primary key, v text);
                create table keyless (v text, n int);
                create table filtered (v text, n int);
                create table swapped (id int primary key, v text, updated_at timestamptz default '2025-01-01');
                create table checked (id int primary key, v text, updated_at timestamptz default '2025-01-01')
                """)) {
            ground.rule("filtered", new TableRule(null, "n < 5", NONE, NONE, NONE, null));
            ground.rule("swapped", new TableRule(null, null, NONE, NONE, NONE, "replace"));
            ground.rule("checked", new TableRule(null, null, NONE, NONE, NONE, "reconcile"));
            for (var keyed : List.of("stamped", "compared", "swapped", "checked")) {
                ground.onSource("insert into %s select i, 'v' || i from generate_series(1, 20) i".formatted(keyed));
            }
            for (var keyless : List.of("keyless", "filtered")) {
                ground.onSource(
                        "insert into %s select 'v' || i %% 7, i %% 7 from generate_series(1, 20) i".formatted(keyless));
            }
            ground.onTarget("insert into filtered values ('outside', 9)", "insert into keyless values ('v1', 1)");
            assertSameCounts(
                    ground.sync("dry-run", "max-delete-percent=100").done(),
                    ground.sync("max-delete-percent=100").done());
            for (var keyed : List.of("stamped", "compared", "swapped", "checked")) {
                ground.onSource(
                        "delete from %s where id = 1".formatted(keyed),
                        "update %s set v = 'changed' where id in (2, 3)".formatted(keyed),
                        "insert into %s select i, 'new' from generate_series(101, 104) i".formatted(keyed));
            }
            for (var keyless : List.of("keyless", "filtered")) {
                ground.onSource(
                        "delete from %s where ctid = (select min(ctid) from %1$s where n = 2)".formatted(keyless),
                        "update %s set v = 'changed' where n = 3".formatted(keyless),
                        "insert into %s values ('v1', 1), ('v1', 1), ('new', 1)".formatted(keyless));
            }

            var rehearsed = ground.sync("dry-run", "max-delete-percent=100").done();

            var ran = ground.sync("max-delete-percent=100").done();
            assertSameCounts(rehearsed, ran);
            assertThat(rehearsed.table("keyless").rowsUnchanged())
                    .isEqualTo(ran.table("keyless").rowsUnchanged())
                    .isPositive();
            assertThat(ran.table("keyless").rowsDeleted()).isEqualTo(4);
            assertThat(ran.table("keyless").rowsUpserted()).isEqualTo(6);
            assertSameCounts(ground.sync("dry-run").done(), ground.sync().done());
        }
    }

    @Test
    void a_rehearsal_tells_that_the_guard_would_stop_a_table() {
        try (var ground =
                SyncGround.with("create table t (id int primary key, updated_at timestamptz default now())")) {
            ground.onSource("insert into t select generate_series(1, 10)");
            ground.sync().done();
            ground.onSource("delete from t where id <= 4");

            var rehearsed = ground.sync("dry-run").table("t");

            assertThat(rehearsed.status()).isEqualTo(ground.sync().table("t").status());
            assertThat(rehearsed.error()).contains("would delete 4 of 10 rows");
            assertThat(ground.sync("dry-run", "delete=never").table("t").status())
                    .isEqualTo(pgsync.task.TableReport.Status.DONE);
        }
    }

    private static void assertSameCounts(SyncGround.Ran rehearsed, SyncGround.Ran real) {
        assertThat(real.report().tables()).hasSameSizeAs(rehearsed.report().tables());
        for (var table : rehearsed.report().tables()) {
            var done = real.table(table.table().table());
            assertThat(done.mode()).as(table.table().table()).isEqualTo(table.mode());
            assertThat(done.rowsUpserted() + " upserted, " + done.rowsDeleted() + " deleted")
                    .as(table.table().table())
                    .isEqualTo(table.rowsUpserted() + " upserted, " + table.rowsDeleted() + " deleted");
        }
    }
}
