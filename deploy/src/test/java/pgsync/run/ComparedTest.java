package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.config.TableRule;
import pgsync.task.TableReport.Status;

/** Tables whose changes no timestamp tells: rows and keys are compared by digest. */
@Tag("whole-run")
class ComparedTest {
    private static final String KEYED = "create table item (id int primary key, value text, amount numeric, doc json)";
    private static final String KEYLESS = "create table line (what text, n int, doc json)";

    @Test
    void a_table_without_timestamp_gets_every_change_and_moves_only_what_differs() {
        try (var ground = SyncGround.with(KEYED)) {
            ground.onSource("insert into item select i, 'first', i, '{\"a\":1}' from generate_series(1, 20000) i");
            ground.sync().done();
            ground.onSource(
                    "update item set value = 'changed' where id in (3, 3000, 19999)",
                    "update item set doc = '{ \"a\":1}' where id = 4",
                    "update item set amount = 5.00 where id = 5",
                    "delete from item where id in (9, 10000)",
                    "insert into item values (-1, null, null, null)");

            var ran = ground.sync().done().table("item");

            assertThat(ran.mode()).isEqualTo("digest");
            assertThat(ran.rowsUpserted()).isEqualTo(6);
            assertThat(ran.rowsDeleted()).isEqualTo(2);
            assertThat(ran.rowsUnchanged()).as("only the buckets that differ").isLessThan(2_000);
            ground.assertEqual();
            assertThat(ground.sync().done().upserted()).isZero();
        }
    }

    @Test
    void values_swapped_between_rows_are_seen() {
        try (var ground = SyncGround.with(KEYED)) {
            ground.onSource("insert into item values (1, 'a', 1), (2, 'b', 2), (3, null, 3), (4, 'null', 4)");
            ground.sync().done();
            ground.onSource(
                    "update item set value = case id when 1 then 'b' else 'a' end where id < 3",
                    "update item set value = case id when 3 then 'null' end where id >= 3");

            assertThat(ground.sync().done().upserted()).isEqualTo(4);
            ground.assertEqual();
        }
    }

    @Test
    void a_table_without_key_is_a_multiset() {
        try (var ground = SyncGround.with(KEYLESS)) {
            ground.onSource(
                    "insert into line select 'twice', 1 from generate_series(1, 2)",
                    "insert into line select 'row', i, '{}' from generate_series(1, 500) i",
                    "insert into line values (null, null, null), (null, null, null)");
            ground.sync().done();
            ground.assertEqual();

            assertThat(ground.sync().done().upserted()).isZero();

            ground.onSource("insert into line values ('twice', 1)", "delete from line where n = 7");
            ground.sync().done();
            ground.assertEqual();
            assertThat(ground.countOnTarget("select count(*) from line where what = 'twice'"))
                    .isEqualTo(3);
        }
    }

    @Test
    void one_of_two_equal_rows_that_went_is_missed() {
        try (var ground = SyncGround.with(KEYLESS)) {
            ground.onSource(
                    "insert into line select 'pair', 1 from generate_series(1, 2)",
                    "insert into line select 'x', 2 from generate_series(1, 2)");
            ground.sync().done();
            ground.onSource("delete from line where ctid in (select min(ctid) from line group by what)");

            // Half of the rows go: more than the guard lets through unasked.
            ground.sync("max-delete-percent=50").done();

            ground.assertEqual();
        }
    }

    @Test
    void a_table_without_key_that_became_empty_is_kept_without_force() {
        try (var ground = SyncGround.with(KEYLESS)) {
            ground.onSource("insert into line values ('a', 1)");
            ground.sync().done();
            ground.onSource("truncate line");

            assertThat(ground.sync().table("line").status()).isEqualTo(Status.GUARD);
            assertThat(ground.countOnTarget("select count(*) from line")).isEqualTo(1);
            ground.sync("force-deletes").done();
            ground.assertEqual();
        }
    }

    /** Rows that are in the target before the first run are compared, not believed. */
    @Test
    void a_target_that_somebody_filled_is_compared_and_mended() {
        try (var ground =
                SyncGround.with("create table item (id int primary key, value text, updated_at timestamptz)")) {
            ground.onSource("insert into item select i, 'right', '2025-01-01' from generate_series(1, 1000) i");
            ground.onTarget(
                    "insert into item select i, 'right', '2025-01-01' from generate_series(1, 1010) i",
                    "update item set value = 'wrong' where id in (5, 500)",
                    "delete from item where id = 77");

            var ran = ground.sync().done().table("item");

            assertThat(ran.mode()).isEqualTo("reconcile");
            assertThat(ran.rowsUpserted()).isEqualTo(3);
            assertThat(ran.rowsDeleted()).isEqualTo(10);
            ground.assertEqual();
            assertThat(ground.sync().done().table("item").mode()).isEqualTo("incremental");
        }
    }

    @Test
    void a_target_that_holds_much_more_than_the_source_is_guarded() {
        try (var ground =
                SyncGround.with("create table item (id int primary key, value text, updated_at timestamptz)")) {
            ground.onSource("insert into item select i, 'right', '2025-01-01' from generate_series(1, 10) i");
            ground.onTarget("insert into item select i, 'own', '2025-01-01' from generate_series(11, 100) i");

            assertThat(ground.sync().table("item").status()).isEqualTo(Status.GUARD);
            assertThat(ground.countOnTarget("select count(*) from item where value = 'own'"))
                    .isEqualTo(90);
            ground.sync("force-deletes").done();
            ground.assertEqual();
        }
    }

    @Test
    void damage_with_an_old_stamp_is_mended_by_reconcile() {
        try (var ground =
                SyncGround.with("create table item (id int primary key, value text, updated_at timestamptz)")) {
            ground.onSource("insert into item select i, 'right', '2025-01-01' from generate_series(1, 1000) i");
            ground.sync().done();
            ground.onTarget("update item set value = 'damaged' where id = 5");

            assertThat(ground.sync().done().upserted())
                    .as("beyond any watermark")
                    .isZero();
            assertThat(ground.sync("reconcile").done().upserted()).isEqualTo(1);
            ground.assertEqual();
        }
    }

    @Test
    void a_rule_may_ask_for_reconcile_or_replace_of_one_table() {
        try (var ground = SyncGround.with("""
                create table checked (id int primary key, value text, updated_at timestamptz);
                create table swapped (id int primary key, value text, updated_at timestamptz)
                """)) {
            ground.rule("checked", new TableRule(null, null, List.of(), List.of(), List.of(), "reconcile"));
            ground.rule("swapped", new TableRule(null, null, List.of(), List.of(), List.of(), "replace"));
            ground.onSource(
                    "insert into checked select i, 'right', '2025-01-01' from generate_series(1, 100) i",
                    "insert into swapped select i, 'right', '2025-01-01' from generate_series(1, 100) i");
            ground.sync().done();
            ground.onTarget(
                    "update checked set value = 'damaged' where id = 5",
                    "update swapped set value = 'damaged' where id = 5");

            var ran = ground.sync().done();

            assertThat(ran.table("checked").mode()).isEqualTo("reconcile");
            assertThat(ran.table("swapped").mode()).isEqualTo("replace");
            ground.assertEqual();
        }
    }

    @Test
    void a_source_that_is_another_database_is_compared_and_not_continued() {
        try (var ground =
                        SyncGround.with("create table item (id int primary key, value text, updated_at timestamptz)");
                var other = SyncGround.fresh()) {
            ground.onSource("insert into item select i, 'one', '2025-01-01' from generate_series(1, 100) i");
            other.onSource("create table item (id int primary key, value text, updated_at timestamptz)");
            other.onSource("insert into item select i, 'two', '2025-01-01' from generate_series(1, 100) i");
            ground.sync().done();

            ground.sourceIs(other);
            var ran = ground.sync().done();

            assertThat(ran.table("item").mode()).isEqualTo("reconcile");
            assertThat(ran.warnings()).anySatisfy(w -> assertThat(w).contains("1 tables", "another database"));
            assertThat(ran.upserted()).isEqualTo(100);
            assertThat(ground.sync().done().warnings())
                    .as("it is the source now")
                    .isEmpty();
            assertThat(ground.countOnTarget("select count(*) from item where value = 'two'"))
                    .isEqualTo(100);
        }
    }
}
