package pgsync.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.worker.apply.Described.table;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.error.Trouble;
import pgsync.task.TableSpec.Canonical;
import pgsync.task.TableSpec.ColumnSpec;
import pgsync.task.TableSpec.Guard;
import pgsync.task.TableSpec.Hash;
import pgsync.task.TableSpec.KeyType;
import pgsync.task.Work;

/** Keys that only one side has: which rows go, which come, and what stops that. */
class CompareKeysTest {
    private static final Work KEYS = new Work.Keys(true, null);

    private final ApplyGround ground = ApplyGround.empty();

    @BeforeEach
    void a_hundred_rows_are_on_both_sides() {
        ground.both(
                "create table item (id int primary key, v text)",
                "insert into item select i, 'v' from generate_series(1, 100) i");
    }

    private static Described item() {
        return table("item", "id", "v");
    }

    @Test
    void what_only_the_target_has_goes_and_what_it_lacks_comes() {
        ground.target("delete from item where id in (5, 100)", "insert into item values (200, 'extra')");

        assertThat(ground.done(item(), KEYS)).isEqualTo("2 1 0");
        ground.assertEqual("item");
    }

    @Test
    void rows_of_one_key_are_not_looked_at() {
        ground.target("update item set v = 'other' where id = 5");

        assertThat(ground.done(item(), KEYS)).isEqualTo("0 0 0");
        assertThat(ground.onTarget("select v from item where id = 5")).isEqualTo("other");
    }

    @Test
    void keys_that_differ_in_their_upper_half_alone_are_other_keys() {
        ground.both("create table wide (id bigint primary key, v text)")
                .source(
                        "insert into wide select 4294967296 + i, 'v' from generate_series(0, 999) i",
                        "insert into wide values (-1, 'v')")
                .target(
                        "insert into wide select i, 'v' from generate_series(0, 999) i",
                        "insert into wide values (4294967295, 'v')");

        assertThat(ground.done(table("wide", "id", "v").forced(), KEYS)).isEqualTo("1001 1001 0");
        ground.assertEqual("wide");
    }

    // --- the guard

    @Test
    void exactly_the_allowed_share_of_the_targets_rows_may_go() {
        ground.source("delete from item where id <= 25");

        assertThat(ground.done(item(), KEYS)).isEqualTo("0 25 0");
        ground.assertEqual("item");
    }

    @Test
    void one_row_more_stops_the_table_before_any_goes() {
        ground.source("delete from item where id <= 26");

        assertThat(ground.stopped(item(), KEYS)).contains("would delete 26 of 100 rows (26.0 %), more than 25 %");
        assertThat(ground.onTarget("select count(*) from item")).isEqualTo("100");
        assertThat(ground.stopped(item().rehearsed(), KEYS)).contains("26 of 100");
        assertThat(ground.done(item().atMost(26), KEYS)).isEqualTo("0 26 0");
        ground.assertEqual("item");
    }

    @Test
    void a_source_without_rows_is_believed_only_when_forced() {
        ground.source("delete from item");

        assertThat(ground.stopped(item().atMost(100), KEYS)).contains("no rows at all", "100");
        assertThat(ground.onTarget("select count(*) from item")).isEqualTo("100");
        assertThat(ground.done(item().forced(), KEYS)).isEqualTo("0 100 0");
        ground.assertEqual("item");
    }

    @Test
    void without_deletes_rows_stay_and_others_come() {
        ground.source("delete from item where id <= 50", "insert into item values (300, 'new')");

        assertThat(ground.done(item().deletingNothing(), new Work.Keys(false, null)))
                .isEqualTo("1 0 0");
        assertThat(ground.onTarget("select count(*) from item")).isEqualTo("101");
    }

    // --- batches and what happens meanwhile

    @ParameterizedTest
    @ValueSource(ints = {7, 5_000})
    void rows_go_and_come_in_batches_of_any_size(int batch) {
        ground.source("delete from item where id <= 20").target("delete from item where id > 80");

        assertThat(ground.done(item().batch(batch), KEYS)).isEqualTo("20 20 0");
        ground.assertEqual("item");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 1_000, 5_000})
    void a_row_that_the_source_has_by_now_is_kept(int batch) throws SQLException {
        ground.target("insert into item select i, 'extra' from generate_series(1001, 4000) i");
        try (var moment = ground.now()) {
            ground.source("insert into item values (1001, 'a'), (2300, 'b'), (4000, 'c')");
            var table = item().forced().batch(batch);
            var claim = ground.claimed(ground.pending(table, KEYS), 1, moment.snapshot(), table, KEYS);

            assertThat(ground.done(claim)).isEqualTo("0 2997 0");
        }
        assertThat(ground.onTarget("select string_agg(id::text, ' ' order by id) from item where id > 1000"))
                .isEqualTo("1001 2300 4000");
    }

    @Test
    void the_source_is_asked_again_before_each_batch() {
        ground.target("insert into item select i, 'extra' from generate_series(1001, 1010) i");
        ground.meanwhile(() -> ground.source("insert into item values (1010, 'back')"));

        assertThat(ground.done(item().batch(3), KEYS)).isEqualTo("0 9 0");
        assertThat(ground.onTarget("select v from item where id = 1010")).isEqualTo("extra");
    }

    @Test
    void thousands_of_missing_rows_are_fetched_key_by_key() {
        ground.source("insert into item select i, 'new' from generate_series(1001, 3000) i");

        assertThat(ground.done(item(), KEYS)).isEqualTo("2000 0 0");
        ground.assertEqual("item");
    }

    @Test
    void when_very_many_are_missing_whole_buckets_are_read() {
        ground.source("insert into item select i, 'new' from generate_series(1001, 11001) i");

        assertThat(ground.done(item(), KEYS)).startsWith("10001 0 ");
        ground.assertEqual("item");
    }

    // --- rehearsals

    @Test
    void a_rehearsal_counts_and_writes_nothing() {
        ground.source("delete from item where id = 1", "insert into item values (200, 'a'), (201, 'b')");
        var before = ground.rows("item");

        assertThat(ground.done(item().rehearsed(), KEYS)).isEqualTo("0 1 0");
        assertThat(ground.done(item().rehearsed(), new Work.Keys(false, null))).isEqualTo("0 0 0");
        assertThat(ground.rows("item")).isEqualTo(before);
    }

    @Test
    void a_rehearsal_leaves_out_what_the_step_before_has_counted() {
        ground.both("alter table item add at timestamptz default '2026-01-01'")
                .source("insert into item select i, 'old', '2025-01-01' from generate_series(1001, 2998) i")
                .source("insert into item values (300, 'new', '2026-02-01'), (301, 'no stamp', null)");
        var table = table("item", "at", "id", "v").timestamp("at").rehearsed();

        assertThat(ground.done(table, new Work.Keys(true, "2026-01-15"))).isEqualTo("1998 0 0");
    }

    // --- which rows

    @Test
    void rows_outside_of_the_filter_are_nobodys_business() {
        ground.target("insert into item values (300, 'mine'), (301, 'v')")
                .source("insert into item values (400, 'mine'), (401, 'v')");

        assertThat(ground.done(item().where("v <> 'mine' -- theirs"), KEYS)).isEqualTo("1 1 0");
        assertThat(ground.onTarget("select string_agg(id::text, ' ' order by id) from item where id > 100"))
                .isEqualTo("300 401");
    }

    @Test
    void rows_that_share_a_key_where_it_is_to_be_unique_stop_the_table() {
        ground.source("alter table item drop constraint item_pkey", "insert into item values (200, 'a'), (200, 'b')")
                .target("insert into item values (300, 'extra')");

        assertThat(ground.failed(Trouble.UNIQUE_VIOLATION, item(), KEYS)).contains("1 keys", "damaged");
        assertThat(ground.onTarget("select count(*) from item")).isEqualTo("101");
    }

    @ParameterizedTest
    @EnumSource(Hash.class)
    void keys_are_told_apart_by_every_hash(Hash hash) {
        ground.both(
                        "create table two (a text, b text, primary key (a, b))",
                        "insert into two select 'a' || i, 'b' from generate_series(1, 100) i")
                .source("insert into two values ('x', 'yz'), ('', 'q''\\')")
                .target("insert into two values ('xy', 'z')");

        assertThat(ground.done(table("two", "a", "b").key("a", "b").hash(hash), KEYS))
                .isEqualTo("2 1 0");
        ground.assertEqual("two");
        assertThat(ground.done(item().hash(hash), KEYS)).isEqualTo("0 0 0");
    }

    @Test
    void equal_keys_of_other_form_are_one_key() {
        ground.both("create table form (n numeric, f float8, l interval, primary key (n, f, l))")
                .source("insert into form values (1.0, 0, '1 day'), (20, 2, '1 hour'), (100, 1, '0')")
                .target("insert into form values (1.00, '-0', '1 day'), (20.000, 2, '1 hour'), (100.0, 1, '0')");
        var table = table("form")
                .column("n", Canonical.NUMERIC)
                .column("f", Canonical.FLOAT)
                .column("l", Canonical.LOOSE)
                .key("n", "f", "l");

        assertThat(ground.done(table, KEYS)).isEqualTo("0 0 0");

        ground.source("insert into form values (10, 0, '1 day')").target("insert into form values (200, 0, '1 day')");
        assertThat(ground.done(table.forced(), KEYS)).isEqualTo("1 1 0");
        assertThat(ground.onTarget("select string_agg(n::text, ' ' order by n) from form"))
                .isEqualTo("1.00 10 20.000 100.0");
    }

    @Test
    void keys_of_types_with_operators_of_their_own_are_named_by_their_types() {
        ground.both("create extension citext", "create table name (n citext primary key, v text)")
                .both("insert into name select 'n' || i, 'v' from generate_series(1, 20) i")
                .source("insert into name values ('New', 'v')")
                .target("insert into name values ('Gone', 'v')", "update name set n = 'N1' where n = 'n1'");
        var table = table("name", "v")
                .column(new ColumnSpec(
                        "n",
                        null,
                        true,
                        Canonical.FOLDED,
                        new KeyType("public.citext", "public.citext", true),
                        null,
                        Guard.NONE))
                .key("n")
                .text();

        assertThat(ground.done(table, KEYS)).isEqualTo("1 1 0");
        assertThat(ground.onTarget("select count(*) from name where n in ('New', 'N1')"))
                .isEqualTo("2");
    }

    @Test
    void arrays_of_floats_are_keys_as_well() {
        ground.both("create table list (f float8[] primary key)", "insert into list values ('{1,2.5}'), ('{}')")
                .source("insert into list values ('{3}')")
                .target("insert into list values ('{4}')");

        assertThat(ground.done(
                        table("list")
                                .column("f", Canonical.FLOAT_ARRAY)
                                .key("f")
                                .atMost(50),
                        KEYS))
                .isEqualTo("1 1 0");
        ground.assertEqual("list");
    }

    // --- who objects

    @Test
    void a_trigger_that_keeps_rows_is_no_success() {
        ground.target(
                "create function keep() returns trigger language plpgsql as 'begin return null; end'",
                "create trigger keep before delete on item for each row execute function keep()",
                "alter table item enable always trigger keep",
                "insert into item values (300, 'kept')");

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, item().triggers("keep"), KEYS))
                .contains("keep", "1 rows");
        assertThat(ground.run(item(), KEYS)).isInstanceOf(pgsync.task.Outcome.Done.class);
    }
}
