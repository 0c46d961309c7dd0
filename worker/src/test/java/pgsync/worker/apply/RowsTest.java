package pgsync.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.worker.apply.Described.table;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.error.Trouble;
import pgsync.task.Slice;
import pgsync.task.TableSpec.Canonical;
import pgsync.task.TableSpec.ColumnSpec;
import pgsync.task.TableSpec.Guard;
import pgsync.task.TableSpec.Hash;
import pgsync.task.Work;

/** Rows that are copied, compared and upserted. */
class RowsTest {
    private static final Work RECONCILE = new Work.Reconcile();

    private final ApplyGround ground = ApplyGround.empty();

    private static Described item() {
        return table("item", "id", "v");
    }

    private ApplyGround withItems(int rows) {
        return ground.both("create table item (id int primary key, v text)")
                .source("insert into item select i, 'v' || i from generate_series(1, %d) i".formatted(rows));
    }

    private ApplyGround withSameItems(int rows) {
        return withItems(rows)
                .target("insert into item select i, 'v' || i from generate_series(1, %d) i".formatted(rows));
    }

    // --- compared by whole rows

    @Test
    void rows_that_differ_or_are_missing_come_and_none_goes() {
        withSameItems(100)
                .target(
                        "update item set v = 'other' where id = 7",
                        "delete from item where id = 8",
                        "insert into item values (500, 'extra')");

        assertThat(ground.done(item(), RECONCILE)).matches("2 0 \\d+");
        ground.target("delete from item where id = 500");
        ground.assertEqual("item");
        assertThat(ground.done(item(), RECONCILE)).isEqualTo("0 0 0");
    }

    @Test
    void a_comparison_tells_what_it_found() {
        withSameItems(1_000);
        ground.done(item(), RECONCILE);
        ground.target("update item set v = null where id = 7", "delete from item where id = 8");
        ground.done(item(), RECONCILE);

        assertThat(ground.told())
                .containsSubsequence(
                        "public.item: rows on the source 1,000, on the target 1,000, digests equal",
                        "public.item: rows on the source 1,000, on the target 999, digests differ")
                .last()
                .asString()
                .matches("public.item: [12] of 8 buckets differ");
    }

    @Test
    void only_rows_of_differing_buckets_are_read() {
        withSameItems(1_000).target("update item set v = null where id = 7");

        var counts = ground.done(item(), RECONCILE).split(" ");

        assertThat(counts[0]).isEqualTo("1");
        assertThat(Integer.parseInt(counts[2])).isBetween(50, 300);
        ground.assertEqual("item");
    }

    @Test
    void an_empty_target_gets_every_row() {
        withItems(1_000);

        assertThat(ground.done(item().batch(300), RECONCILE)).isEqualTo("1000 0 0");
        ground.assertEqual("item");
        assertThat(ground.progress()).isEqualTo(1_000);
    }

    @Test
    void an_empty_source_changes_nothing() {
        withItems(0).target("insert into item values (1, 'stays')");

        assertThat(ground.done(item(), RECONCILE)).isEqualTo("0 0 0");
        assertThat(ground.rows("item")).isEqualTo("(1,stays)");
    }

    @Test
    void a_rehearsal_counts_what_differs_and_writes_nothing() {
        withSameItems(100).target("update item set v = 'other' where id <= 3", "delete from item where id = 4");
        var before = ground.rows("item");

        assertThat(ground.done(item().rehearsed(), RECONCILE)).isEqualTo("4 0 96");
        assertThat(ground.rows("item")).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Hash.class)
    void values_that_changed_places_are_noticed(Hash hash) {
        ground.both("create table pair (id int primary key, a text, b text)")
                .source("insert into pair values (1, 'x', 'y'), (2, 'p', 'q'), (3, null, ''), (4, 'same', 'same')")
                .target("insert into pair values (1, 'y', 'x'), (2, 'pq', ''), (3, '', null), (4, 'same', 'same')");

        assertThat(ground.done(table("pair", "id", "a", "b").hash(hash), RECONCILE))
                .isEqualTo("3 0 1");
        ground.assertEqual("pair");
    }

    @Test
    void the_filter_holds_on_both_sides() {
        withSameItems(10)
                .source("update item set v = 'other' where id in (1, 9)")
                .target("insert into item values (11, 'stays')");

        assertThat(ground.done(item().where("id < 9"), RECONCILE)).isEqualTo("1 0 7");
        assertThat(ground.onTarget("select string_agg(v, ' ' order by id) from item where id in (1, 9, 11)"))
                .isEqualTo("other v9 stays");
    }

    @Test
    void a_type_that_prints_otherwise_is_cast_before_it_is_compared() {
        ground.source("create table item (id int primary key, v date)", "insert into item values (1, '2026-01-01')")
                .target(
                        "create table item (id bigint primary key, v timestamp)",
                        "insert into item values (1, '2026-01-01 00:00')");
        var table = item().column(new ColumnSpec(
                        "v", "timestamp without time zone", true, Canonical.TEXT, null, null, Guard.NONE))
                .text();

        assertThat(ground.done(table, RECONCILE)).isEqualTo("0 0 0");
        ground.source("update item set v = '2026-01-02'");
        assertThat(ground.done(table, RECONCILE)).isEqualTo("1 0 0");
        assertThat(ground.rows("item")).contains("2026-01-02 00:00:00");
    }

    @Test
    void a_fixed_value_stands_for_the_sources() {
        withItems(2);
        var table = item().column(new ColumnSpec("v", null, true, Canonical.TEXT, null, "'fixed'::text", Guard.NONE));

        assertThat(ground.done(table, RECONCILE)).isEqualTo("2 0 0");
        assertThat(ground.rows("item")).isEqualTo("(1,fixed) (2,fixed)");
        assertThat(ground.done(table, RECONCILE)).isEqualTo("0 0 0");
    }

    @Test
    void floats_are_compared_by_their_bytes() {
        ground.both("create table f (id int primary key, a float4, b float8[])")
                .source("insert into f values (1, 0.1, '{0.1}'), (2, 1, '{2}'), (3, null, null)")
                .target("insert into f values (1, 0.1, '{0.1}'), (2, 1.0000001, '{2}'), (3, null, '{}')");
        var table = table("f", "id").column("a", Canonical.FLOAT).column("b", Canonical.FLOAT_ARRAY);

        assertThat(ground.done(table, RECONCILE)).isEqualTo("2 0 1");
        ground.assertEqual("f");
    }

    @Test
    void values_that_a_newer_server_would_take_for_others_are_errors() {
        ground.both("create table g (id int primary key, c \"char\", i interval)")
                .source("insert into g values (1, 'x', '1 day'), (2, '', '1 hour')");
        var table = table("g", "id")
                .column(new ColumnSpec("c", null, true, Canonical.TEXT, null, null, Guard.BYTES_BEYOND_ASCII))
                .column(new ColumnSpec("i", null, true, Canonical.LOOSE, null, null, Guard.LONGEST_INTERVALS))
                .text();

        assertThat(ground.done(table, RECONCILE)).isEqualTo("2 0 0");
        ground.assertEqual("g");
        ground.source(
                "insert into g values (3, null, '178956970 years 7 mons 2147483647 days 2562047788:00:54.775807')");
        assertThat(ground.failed(Trouble.BAD_VALUE, table, RECONCILE)).contains("interval");
    }

    @Test
    void rows_of_heirs_are_rows_of_other_tables() {
        withSameItems(2)
                .both("create table heir () inherits (item)")
                .source("insert into heir values (7, 'theirs')", "insert into item values (3, 'new')")
                .target("insert into heir values (8, 'theirs')");

        assertThat(ground.done(item(), RECONCILE, new Work.Keys(true, null))).isEqualTo("1 0 2");
        assertThat(ground.onTarget("select string_agg(id::text, ' ' order by id) from item"))
                .isEqualTo("1 2 3 8");
    }

    // --- what an upsert touches

    @Test
    void rows_that_are_the_same_are_not_written_again() {
        withSameItems(3).target("update item set v = 'other' where id = 2");
        var before = ground.onTarget("select ctid::text || xmin::text from item where id = 1");

        assertThat(ground.done(item(), new Work.Copy(new Slice.Whole(), false))).isEqualTo("1 0 2");
        assertThat(ground.onTarget("select ctid::text || xmin::text from item where id = 1"))
                .isEqualTo(before);
        ground.assertEqual("item");
    }

    @Test
    void equal_values_of_another_form_are_brought_in_the_sources() {
        ground.both("create table n (id numeric primary key, v json)")
                .source("insert into n values (1.0, '{\"a\": 1}')")
                .target("insert into n values (1.00, '{\"a\":1}')");
        var table = table("n")
                .column("id", Canonical.NUMERIC)
                .column("v", Canonical.TEXT)
                .key("id");

        assertThat(ground.done(table, RECONCILE)).isEqualTo("1 0 0");
        ground.assertEqual("n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_table_of_nothing_but_its_key_gets_what_it_lacks(boolean arbiter) {
        ground.both("create table k (id int primary key)")
                .source("insert into k values (1), (2)")
                .target("insert into k values (2)");
        var table = table("k", "id");

        assertThat(ground.done(arbiter ? table : table.withoutArbiter(), RECONCILE))
                .isEqualTo("1 0 1");
        ground.assertEqual("k");
    }

    @Test
    void a_key_that_on_conflict_cannot_name_is_updated_and_inserted_apart() {
        ground.source(
                        "create table item (id int primary key, v text)",
                        "insert into item values (1, 'a'), (2, 'b'), (3, 'c')")
                .target(
                        "create table item (id int primary key deferrable, v text)",
                        "insert into item values (1, 'a'), (2, 'x')");

        assertThat(ground.done(item().withoutArbiter(), RECONCILE)).isEqualTo("2 0 1");
        ground.assertEqual("item");
    }

    @Test
    void an_identity_column_that_is_always_generated_keeps_the_sources_values() {
        ground.both("create table a (id int generated always as identity primary key, v text)")
                .source("insert into a overriding system value values (7, 'a'), (9, 'b')");
        var table = table("a", "v")
                .column(new ColumnSpec("id", null, false, Canonical.INTEGER, null, null, Guard.NONE))
                .key("id")
                .overriding();

        assertThat(ground.done(table, RECONCILE)).isEqualTo("2 0 0");
        ground.source("update a set v = 'c' where id = 9");
        assertThat(ground.done(table, RECONCILE)).isEqualTo("1 0 1");
        ground.assertEqual("a");
        assertThat(ground.done(table.withoutArbiter(), RECONCILE)).isEqualTo("0 0 0");
        ground.source("insert into a overriding system value values (11, 'd')");
        assertThat(ground.done(table, RECONCILE)).isEqualTo("1 0 2");
        ground.assertEqual("a");
    }

    // --- changed since

    private Described stamped() {
        return table("s", "at", "id", "v").timestamp("at");
    }

    private ApplyGround withStamps() {
        return ground.both("create table s (id int primary key, v text, at timestamptz)");
    }

    @Test
    void rows_of_the_bound_itself_and_without_a_stamp_are_read() {
        withStamps()
                .source(
                        "insert into s values (1, 'older', '2025-12-31 23:59:59.999999+00'), (2, 'bound', '2026-01-01+00'),"
                                + " (3, 'newer', '2026-01-02+00'), (4, 'none', null), (5, 'before', '-infinity'), (6, 'after', 'infinity')");

        assertThat(ground.done(stamped(), new Work.Upsert("2026-01-01+00", "2026-03-01+00")))
                .isEqualTo("5 0 0");
        assertThat(ground.onTarget("select string_agg(id::text, ' ' order by id) from s"))
                .isEqualTo("2 3 4 5 6");
        ground.source("update s set v = 'not stamped' where id in (1, 2)");
        assertThat(ground.done(stamped(), new Work.Upsert("2026-01-01+00", null)))
                .isEqualTo("1 0 4");
    }

    /** The last of them breaks a constraint of the target. */
    private String positionAfter(String rows, Work upsert) {
        withStamps().target("alter table s add check (id <> 99)").source("insert into s values " + rows);
        ground.failed(Trouble.CONSTRAINT_VIOLATION, stamped().batch(2), upsert);
        return ground.onTarget("select coalesce(position, 'none') from pgsync.table_state where table_name = 's'");
    }

    @Test
    void each_batch_records_how_far_it_came() {
        assertThat(positionAfter(
                        "(1, 'a', '2026-01-01+00'), (2, 'b', '2026-01-02+00'), (99, 'c', '2026-01-03+00')",
                        new Work.Upsert("2026-01-01+00", "2026-02-01+00")))
                .isEqualTo("2026-01-02 00:00:00+00");
        assertThat(ground.rows("s")).contains("(1,", "(2,");
    }

    @Test
    void rows_of_one_stamp_share_a_batch() {
        assertThat(positionAfter(
                        "(1, 'a', '2026-01-01+00'), (2, 'b', '2026-01-02+00'), (3, 'c', '2026-01-02+00'),"
                                + " (4, 'd', '2026-01-02+00'), (5, 'e', '2026-01-03+00'), (99, 'f', '2026-01-04+00')",
                        new Work.Upsert("2026-01-01+00", "2026-02-01+00")))
                .isEqualTo("2026-01-02 00:00:00+00");
        assertThat(ground.onTarget("select string_agg(id::text, ' ' order by id) from s"))
                .isEqualTo("1 2 3 4");
    }

    @Test
    void no_position_is_recorded_beyond_the_horizon() {
        assertThat(positionAfter(
                        "(1, 'a', '2026-01-01+00'), (2, 'b', '2027-01-02+00'), (99, 'c', '2027-01-03+00')",
                        new Work.Upsert("2026-01-01+00", "2026-02-01+00")))
                .isEqualTo("2026-02-01 00:00:00+00");
    }

    @Test
    void no_position_is_recorded_without_a_horizon() {
        assertThat(positionAfter(
                        "(1, 'a', '2026-01-01+00'), (2, 'b', '2026-01-02+00'), (99, 'c', '2026-01-03+00')",
                        new Work.Upsert("2026-01-01+00", null)))
                .isEqualTo("none");
    }

    @Test
    void rows_without_a_stamp_leave_the_position_alone() {
        assertThat(positionAfter(
                        "(1, 'a', null), (2, 'b', null), (99, 'c', '2026-01-03+00')",
                        new Work.Upsert("2026-01-01+00", "2026-02-01+00")))
                .isEqualTo("none");
        assertThat(ground.onTarget("select count(*) from s")).isEqualTo("2");
    }

    // --- slices

    @Test
    void the_slices_of_a_table_are_together_all_of_it() {
        ground.both("create table item (id int primary key, v text)")
                .source("insert into item select i, repeat('x', 1000) from generate_series(1, 100) i");
        Slice[] blocks = {new Slice.Blocks(0, 3), new Slice.Blocks(3, 7), new Slice.Blocks(7, -1)};
        var straight = true;
        for (var slice : blocks) {
            ground.done(item(), new Work.Copy(slice, straight));
        }
        ground.assertEqual("item");

        ground.target("delete from item");
        Slice[] keys = {new Slice.Keys("id", null, 10L), new Slice.Keys("id", 10L, 60L), new Slice.Keys("id", 60L, null)
        };
        assertThat(ground.done(item(), new Work.Copy(keys[0], straight))).isEqualTo("9 0 0");
        assertThat(ground.done(item(), new Work.Copy(keys[1], straight))).isEqualTo("50 0 0");
        assertThat(ground.done(item(), new Work.Copy(keys[2], straight))).isEqualTo("41 0 0");
        ground.assertEqual("item");

        ground.target("delete from item");
        assertThat(ground.done(item(), new Work.Copy(new Slice.Keys("id", null, null), straight)))
                .isEqualTo("100 0 0");
        ground.assertEqual("item");
    }

    @Test
    void a_row_in_the_way_of_a_straight_copy_is_upserted_by_the_next_attempt() {
        withItems(3).target("insert into item values (2, 'in the way')");
        var copy = new Work.Copy(new Slice.Whole(), true);
        var task = ground.pending(item(), copy);

        assertThat(ground.run(ground.claimed(task, 1, null, item(), copy)))
                .isInstanceOfSatisfying(
                        pgsync.task.Outcome.Failed.class,
                        failed -> assertThat(failed.trouble()).isEqualTo(Trouble.SERIALIZATION));
        assertThat(ground.rows("item")).isEqualTo("(2,\"in the way\")");
        assertThat(ground.done(ground.claimed(task, 2, null, item(), copy))).isEqualTo("3 0 0");
        ground.assertEqual("item");
    }

    @Test
    void other_troubles_of_a_straight_copy_are_what_they_are() {
        withItems(3).target("alter table item add check (id < 3)");

        ground.failed(Trouble.CONSTRAINT_VIOLATION, item(), new Work.Copy(new Slice.Whole(), true));
    }

    @Test
    void a_table_without_a_key_is_copied_at_once_or_not_at_all() {
        ground.both("create table b (v text)").source("insert into b values ('x'), ('x')");
        var copy = new Work.Copy(new Slice.Whole(), true);
        var task = ground.pending(table("b", "v"), copy);

        assertThat(ground.run(ground.claimed(task, 2, null, table("b", "v"), copy))
                        .toString())
                .contains("without a key");
        ground.target("create unique index on b (v)");
        assertThat(ground.failed(Trouble.UNIQUE_VIOLATION, table("b", "v"), copy))
                .contains("b_v_idx");
        ground.target("drop index b_v_idx");
        assertThat(ground.done(table("b", "v"), copy)).isEqualTo("2 0 0");
        ground.assertEqual("b");
    }

    @Test
    void what_triggers_make_of_rows_is_seen_before_they_are_believed() {
        withItems(2)
                .target(
                        "create function spoil() returns trigger language plpgsql as 'begin new.v := upper(new.v); return new; end'",
                        "create trigger spoil before insert or update on item for each row execute function spoil()",
                        "alter table item enable always trigger spoil");
        var copy = new Work.Copy(new Slice.Whole(), true);

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, item().triggers("spoil"), copy))
                .contains("2 rows", "spoil");
        assertThat(ground.rows("item")).isEqualTo("null");
        ground.source("update item set v = 'V'");
        assertThat(ground.done(item().triggers("spoil"), copy)).isEqualTo("2 0 0");
    }

    @Test
    void a_rehearsed_copy_counts() {
        withItems(5);

        assertThat(ground.done(item().rehearsed(), new Work.Copy(new Slice.Whole(), true)))
                .isEqualTo("5 0 0");
        assertThat(ground.rows("item")).isEqualTo("null");
    }
}
