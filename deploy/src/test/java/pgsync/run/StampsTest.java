package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What timestamp columns hold besides plain times, and what shares a transaction because of them. */
@Tag("whole-run")
class StampsTest {
    @ParameterizedTest
    @ValueSource(strings = {"timestamptz", "timestamp", "date", "timestamptz(0)"})
    void changes_are_found_by_every_type_of_timestamp_column(String type) {
        try (var ground = SyncGround.with(
                "create table item (id int primary key, value text, updated_at %s default now())".formatted(type))) {
            ground.onSource("insert into item select i, 'first', '2025-01-01' from generate_series(1, 100) i");
            ground.sync().done();
            ground.onSource(
                    "update item set value = 'changed', updated_at = now() where id <= 5",
                    "insert into item values (200, 'new', now())",
                    "delete from item where id = 100");

            var ran = ground.sync().done();

            assertThat(ran.table("item").mode()).isEqualTo("incremental");
            assertThat(ran.upserted()).isEqualTo(6);
            ground.assertEqual();
        }
    }

    @Test
    void rows_without_a_stamp_are_always_in_doubt() {
        try (var ground = items()) {
            ground.onSource("insert into item values (900, 'first', null)");
            ground.sync().done();
            ground.onSource(
                    "update item set value = 'changed' where id = 900",
                    "update item set updated_at = null, value = 'lost its stamp' where id = 7");

            ground.sync().done();

            ground.assertEqual();
        }
    }

    @Test
    void infinite_stamps_are_synchronized_and_move_no_watermark() {
        try (var ground = items()) {
            ground.onSource("insert into item values (901, 'for ever', 'infinity'), (902, 'never', '-infinity')");
            ground.sync().done();
            ground.onSource(
                    "update item set value = 'changed' where id in (901, 902)",
                    "update item set value = 'to the end', updated_at = 'infinity' where id = 1",
                    "update item set value = 'to the beginning', updated_at = '-infinity' where id = 2",
                    "update item set value = 'plain', updated_at = now() where id = 3");

            ground.sync("batch-size=1").done();

            ground.assertEqual();
            assertThat(ground.onTargetValue("select isfinite(watermark) and watermark < now() from pgsync.table_state"))
                    .isEqualTo("t");
        }
    }

    @Test
    void a_stamp_in_the_future_hides_nothing_that_comes_after_it() {
        try (var ground = items()) {
            ground.onSource(
                    "update item set value = 'from the future', updated_at = now() + interval '10 years' where id = 1");
            ground.sync().done();
            ground.onSource(
                    "update item set value = 'plain', updated_at = now() where id = 2",
                    "update item set value = 'from the future again' where id = 1");

            ground.sync().done();

            ground.assertEqual();
        }
    }

    /** Who reads the target by stamp must never see half of what shares one. */
    @Test
    void rows_of_one_stamp_share_one_transaction_whatever_the_batch_size() {
        try (var ground = items()) {
            ground.onTarget(
                    "create table audit (id int, stamp timestamptz, xid bigint)",
                    """
                    create function note() returns trigger language plpgsql as $$ begin
                        insert into public.audit values (new.id, new.updated_at, pg_catalog.txid_current()); return null; end $$
                    """,
                    "create trigger note after insert or update on item for each row execute procedure note()",
                    "alter table item enable always trigger note");
            ground.onSource(
                    "update item set value = 'changed', updated_at = timestamptz '2030-01-01' + (id / 7) * interval '1 s' where id < 77",
                    "update item set value = 'changed', updated_at = '2030-02-01' where id >= 77");

            ground.sync("batch-size=10", "exclude=audit").done();

            assertThat(ground.countOnTarget("select count(*) from audit")).isEqualTo(100);
            assertThat(ground.onTargetColumn(
                            "select stamp::text from audit group by stamp having count(distinct xid) > 1"))
                    .isEmpty();
            // Groups of 7 rows (the first of 6): a batch of 10 takes two whole ones, the last batch 7 and the 24 of the
            // end.
            assertThat(ground.onTargetColumn("select count(*)::text from audit group by xid order by min(stamp)"))
                    .isEqualTo(List.of("13", "14", "14", "14", "14", "31"));
            ground.onTarget("drop trigger note on item", "drop table audit");
            ground.assertEqual();
        }
    }

    /** A batch that breaks in its middle leaves nothing, and the ones before it stay. */
    @Test
    void a_batch_commits_as_one_and_with_its_position() {
        try (var ground = items()) {
            ground.onTarget("alter table item add constraint no_trouble check (value <> 'trouble')");
            var before = ground.onTargetValue("select watermark from pgsync.table_state");
            // After the first watermark and, by the time of the next run, before the second.
            ground.onSource(
                    "update item set value = 'changed', updated_at = timestamptz '" + before
                            + "' + id * interval '1 ms'",
                    "update item set value = 'trouble' where id = 55",
                    "select pg_sleep(0.2)");

            var failed = ground.sync("batch-size=10");

            assertThat(failed.table("item").error()).contains("no_trouble");
            assertThat(ground.countOnTarget("select count(*) from item where value = 'changed'"))
                    .isEqualTo(50);
            assertThat(ground.onTargetColumn("select id::text from item where value = 'changed' and id > 50"))
                    .isEmpty();
            assertThat(failed.table("item").rowsUpserted()).isEqualTo(50);
            assertThat(ground.onTargetValue("select watermark from pgsync.table_state"))
                    .isEqualTo(before);
            assertThat(
                            ground.onTargetValue(
                                    "select position::timestamptz = (select updated_at from item where id = 50) from pgsync.table_state"))
                    .isEqualTo("t");
            ground.onSource("update item set value = 'mended' where id = 55");
            var mended = ground.sync("batch-size=10").done();
            ground.assertEqual();
            assertThat(mended.upserted()).as("continued where it had stopped").isEqualTo(50);
            assertThat(mended.table("item").rowsUnchanged()).as("inclusive").isEqualTo(1);
        }
    }

    /** Row 30 joins the first batch because row 1 wants its value; rows 6 to 29, whose stamps are older, are read after that. */
    @Test
    void a_row_that_joins_a_batch_for_its_unique_value_does_not_take_the_position_past_rows_that_were_not_read() {
        try (var ground = SyncGround.with(
                "create table item (id int primary key, place int unique, value text, updated_at timestamptz default now())")) {
            ground.onSource("insert into item select i, i, 'first', '2025-01-01' from generate_series(1, 30) i");
            ground.sync().done();
            ground.onTarget("alter table item add constraint no_trouble check (value <> 'trouble')");
            var before = ground.onTargetValue("select watermark from pgsync.table_state");
            ground.onSource(
                    "update item set value = 'changed', updated_at = timestamptz '" + before
                            + "' + id * interval '1 ms'",
                    "update item set value = 'trouble' where id = 8",
                    "update item set place = null where id = 1",
                    "update item set place = 1 where id = 30",
                    "update item set place = 30 where id = 1",
                    "select pg_sleep(0.2)");

            var failed = ground.sync("batch-size=5");

            assertThat(failed.table("item").error()).contains("no_trouble");
            ground.onSource("update item set value = 'mended' where id = 8");
            ground.sync("batch-size=5").done();
            ground.assertEqual();
        }
    }

    @Test
    void the_first_of_several_timestamp_columns_that_a_table_has_is_taken() {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth(
                    "create table one (id int primary key, modified timestamptz, changed timestamptz)",
                    "create table two (id int primary key, changed timestamptz)",
                    "create table three (id int primary key, modified text, changed timestamptz)");
            for (var table : List.of("one", "two", "three")) {
                ground.onSource("insert into " + table + " (id, changed) values (1, now())");
            }

            ground.sync("timestamp=modified,changed").done();

            assertThat(ground.onTargetColumn(
                            "select table_name || ' ' || watermark_column from pgsync.table_state order by 1"))
                    .isEqualTo(List.of("one modified", "three changed", "two changed"));
        }
    }

    private static SyncGround items() {
        var ground = SyncGround.with(
                "create table item (id int primary key, value text, updated_at timestamptz default now())");
        ground.onSource("insert into item select i, 'first', '2025-01-01' from generate_series(1, 100) i");
        ground.sync().done();
        return ground;
    }
}
