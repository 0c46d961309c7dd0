package pgsync.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.worker.apply.Described.table;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.error.Trouble;
import pgsync.task.Slice;
import pgsync.task.TableSpec.Canonical;
import pgsync.task.TableSpec.ColumnSpec;
import pgsync.task.TableSpec.Guard;
import pgsync.task.TableSpec.UniquePart;
import pgsync.task.TableSpec.UniqueSpec;
import pgsync.task.Work;

/** Values that may be there once and moved to another row: what is taken out of the way, and what is left alone. */
class StandInTheWayTest {
    private static final Work RECONCILE = new Work.Reconcile();
    private static final Work UPSERT = new Work.Upsert("2026-01-01+00", null);

    private final ApplyGround ground = ApplyGround.empty();

    private static Described item() {
        return table("item", "at", "id", "u").timestamp("at").unique("item_u", "u");
    }

    /** Rows 1 to 3 with values a, b and c, none of them stamped lately. */
    private ApplyGround withItems(String constraint) {
        return ground.both("create table item (id int primary key, u text, at timestamptz default '2025-01-01')")
                .both("insert into item values (1, 'a'), (2, 'b'), (3, 'c')")
                .target(constraint.isEmpty() ? "select 1" : constraint);
    }

    private static final String UNIQUE = "create unique index item_u on item (u)";
    private static final String EXCLUSION = "alter table item add constraint item_u exclude using btree (u with =)";

    private void onSource(String set) {
        ground.source("update item set at = '2026-02-01', " + set);
    }

    // --- values that moved

    @ParameterizedTest
    @ValueSource(strings = {UNIQUE, EXCLUSION})
    void values_that_changed_places_arrive(String constraint) {
        withItems(constraint);
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");
        var table = constraint.equals(UNIQUE)
                ? item()
                : table("item", "at", "id", "u").timestamp("at");

        assertThat(ground.done(table, UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNIQUE, EXCLUSION})
    void whoever_holds_a_value_is_brought_as_well(String constraint) {
        withItems(constraint);
        onSource("u = 'x' where id = 2");
        ground.source(
                "update item set u = 'y' where id = 3", "update item set at = '2026-02-02', u = 'c' where id = 2");
        var table = constraint.equals(UNIQUE)
                ? item()
                : table("item", "at", "id", "u").timestamp("at");

        assertThat(ground.done(table, UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item");
    }

    @Test
    void whoever_holds_a_value_is_brought_as_it_was_in_the_runs_moment() throws SQLException {
        withItems(UNIQUE);
        ground.source("update item set u = 'x' where id = 2");
        onSource("u = 'b' where id = 1");
        try (var moment = ground.now()) {
            ground.source("update item set u = 'later' where id = 2");

            assertThat(ground.done(
                            ground.claimed(ground.pending(item(), UPSERT), 1, moment.snapshot(), item(), UPSERT)))
                    .isEqualTo("2 0 0");
        }
        assertThat(ground.onTarget("select string_agg(u, ' ' order by id) from item"))
                .isEqualTo("b x c");
    }

    @Test
    void a_chain_is_followed_to_its_end() {
        withItems(UNIQUE);
        ground.source("update item set u = case id when 1 then 'b' when 2 then 'c' else 'd' end");
        onSource("u = u where id = 1");

        assertThat(ground.done(item(), UPSERT)).isEqualTo("3 0 0");
        ground.assertEqual("item");
    }

    @Test
    void a_row_in_the_way_that_the_source_has_no_longer_goes() {
        withItems(UNIQUE);
        ground.source("delete from item where id = 3");
        onSource("u = 'c' where id = 1");

        assertThat(ground.done(item().atMost(34), UPSERT)).isEqualTo("1 1 0");
        ground.assertEqual("item");
    }

    /** As when a source was filled anew and counts its rows from another number. */
    @ParameterizedTest
    @CsvSource({"1, 75 75 25", "7, 79 79 21", "5000, 100 100 0"})
    void a_source_whose_rows_have_other_keys_does_not_exchange_more_rows_than_the_guard_lets_go(
            int batch, String left) {
        withItems(UNIQUE)
                .both("insert into item select i, 'v' || i, '2025-01-01' from generate_series(4, 100) i")
                // Rows of one stamp would be one batch.
                .source("update item set at = timestamptz '2026-02-01' + id * interval '1 s', id = id + 1000");

        assertThat(ground.stopped(item().batch(batch), UPSERT))
                .contains(
                        "of 100 rows (", " %), more than 25 %: other rows of the source have their unique values now");
        assertThat(ground.onTarget("select count(*) filter (where id <= 100) >= 75 and count(*) = 100 from item"))
                .isEqualTo("t");
        assertThat(ground.stopped(item().batch(batch), UPSERT)).contains("of 100 rows (");
        assertThat(ground.onTarget("select count(*) filter (where id <= 100) >= 75 from item"))
                .as("another run that takes its share as well")
                .isEqualTo("t");
        assertThat(ground.done(item().batch(batch).forced(), UPSERT)).isEqualTo(left);
        ground.assertEqual("item");
    }

    @Test
    void a_row_in_the_way_that_may_not_go_stops_the_table() {
        withItems(UNIQUE);
        ground.source("delete from item where id = 3");
        onSource("u = 'c' where id = 1");
        var before = ground.rows("item");

        assertThat(ground.failed(Trouble.UNIQUE_VIOLATION, item().deletingNothing(), UPSERT))
                .contains("1 target rows", "-delete never");
        assertThat(ground.failed(Trouble.UNIQUE_VIOLATION, item().where("id < 3"), UPSERT))
                .contains("1 target rows", "where keeps them");
        assertThat(ground.rows("item")).isEqualTo(before);
    }

    @Test
    void without_deletes_a_value_still_moves_between_rows_that_stay() {
        withItems(UNIQUE);
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");

        assertThat(ground.done(item().deletingNothing().where("id < 3"), UPSERT))
                .isEqualTo("2 0 0");
        ground.assertEqual("item");
    }

    @Test
    void more_than_a_query_of_rows_in_the_way_are_brought() {
        ground.both("create table item (id int primary key, u text, at timestamptz default '2025-01-01')")
                .both("insert into item select i, 'v' || i from generate_series(1, 2500) i")
                .target(UNIQUE);
        ground.source(
                "update item set u = 'v' || (id % 2500 + 1)", "update item set at = '2026-02-01' where id % 2 = 0");

        assertThat(ground.done(item().batch(5_000), UPSERT)).isEqualTo("2500 0 0");
        ground.assertEqual("item");
    }

    @Test
    void a_chain_brings_what_it_goes_through_and_no_more() {
        withChainOf(60);
        ground.target("delete from item where id between 10 and 15");

        assertThat(ground.done(item(), UPSERT)).isEqualTo("9 0 0");
    }

    @Test
    void a_chain_through_many_rows_brings_all_that_differ() {
        withChainOf(60);

        assertThat(ground.done(item(), UPSERT)).isEqualTo("60 0 0");
        ground.assertEqual("item");
    }

    /** What has no row on the source stands in the way of one that only a comparison of everything brings. */
    @Test
    void a_long_chain_ends_at_a_row_that_the_source_has_no_more() {
        withChainOf(60);
        ground.target("insert into item values (61, 'v61')");

        assertThat(ground.done(item(), UPSERT)).isEqualTo("60 1 0");
        ground.assertEqual("item");
    }

    @Test
    void a_long_chain_does_not_take_a_row_that_may_not_go() {
        withChainOf(60);
        ground.target("insert into item values (61, 'v61')");
        var before = ground.rows("item");

        assertThat(ground.failed(Trouble.UNIQUE_VIOLATION, item().deletingNothing(), UPSERT))
                .contains("1 target rows", "-delete never");
        assertThat(ground.rows("item")).isEqualTo(before);
    }

    /** Every row wants the value of the next one; only the first has a new stamp. */
    private void withChainOf(int rows) {
        ground.both("create table item (id int primary key, u text, at timestamptz default '2025-01-01')")
                .both("insert into item select i, 'v' || i from generate_series(1, " + rows + ") i")
                .target(UNIQUE)
                .source("update item set u = 'v' || (id + 1)", "update item set at = '2026-02-01' where id = 1");
    }

    // --- what counts as the same value

    @Test
    void nulls_are_in_nobodys_way() {
        withItems(UNIQUE);
        ground.target("update item set u = null where id = 3");
        ground.source("update item set u = null where id = 3");
        onSource("u = case id when 1 then 'b' else null end where id < 3");

        assertThat(ground.done(item(), UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item");
    }

    @Test
    void every_column_of_an_index_counts() {
        ground.both("create table item (id int primary key, a text, b text, at timestamptz default '2025-01-01')")
                .both("insert into item values (1, 'x', 'p'), (2, 'x', 'q'), (3, 'y', 'p')")
                .target("create unique index item_u on item (a, b)")
                .source(
                        "update item set at = '2026-02-01', b = case id when 1 then 'q' else 'p' end where id < 3",
                        "update item set b = 'not stamped' where id = 3");
        var table = table("item", "at", "id", "a", "b").timestamp("at").unique("item_u", "a", "b");

        assertThat(ground.done(table, UPSERT)).isEqualTo("2 0 0");
        assertThat(ground.rows("item")).contains("(3,y,p,");
        assertThat(ground.rows("item")).contains("(1,x,q,", "(2,x,p,");
    }

    @Test
    void where_null_equals_null_it_is_in_the_way() {
        withItems("create unique index item_u on item (coalesce(u, 'none'))");
        ground.both("update item set u = null where id = 3");
        onSource("u = null where id = 1");
        ground.source("update item set u = 'z' where id = 3");
        var table = table("item", "at", "id", "u")
                .timestamp("at")
                .unique(new UniqueSpec("item_u", List.of(new UniquePart("u", false)), true));

        assertThat(ground.done(table, UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item");
    }

    @Test
    void parts_of_types_with_operators_of_their_own_are_compared_by_these() {
        ground.both("create extension citext")
                .both("create table item (id int primary key, u citext, at timestamptz default '2025-01-01')")
                .both("insert into item values (1, 'a'), (2, 'b')")
                .target(UNIQUE);
        onSource("u = case id when 1 then 'B' else 'A' end");
        var table = table("item", "at", "id", "u")
                .timestamp("at")
                .text()
                .unique(new UniqueSpec("item_u", List.of(new UniquePart("u", true)), false));

        assertThat(ground.done(table, UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item");
    }

    @Test
    void exclusions_are_looked_at_with_their_operators_and_conditions() {
        ground.both("create table item (id int primary key, u int4range, at timestamptz default '2025-01-01')")
                .both("insert into item values (1, '[1,5)'), (2, '[5,9)'), (3, '[20,30)'), (4, 'empty')")
                .target("alter table item add constraint item_u exclude using gist (u with &&) where (id < 4)")
                .source("update item set u = '[7,9)' where id = 2");
        onSource("u = '[4,7)' where id = 1");
        var table = table("item", "at", "id", "u").timestamp("at").text();

        assertThat(ground.done(table, UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item");
    }

    @Test
    void an_exclusion_by_a_generated_column_counts_when_all_it_needs_travels() {
        ground.both("create table item (id int primary key, u text, at timestamptz default '2025-01-01')")
                .both("insert into item values (1, 'a'), (2, 'b')")
                .target(
                        "alter table item add g text generated always as (lower(u)) stored",
                        "alter table item add constraint item_g exclude using btree (g with =)");
        onSource("u = case id when 1 then 'B' else 'A' end");

        assertThat(ground.done(table("item", "at", "id", "u").timestamp("at"), UPSERT))
                .isEqualTo("2 0 0");
        assertThat(ground.onTarget("select string_agg(id || u || g, ' ' order by id) from item"))
                .isEqualTo("1Bb 2Aa");
    }

    // --- constraints that are looked at when it is too late

    @ParameterizedTest
    @CsvSource({"unique (u),true", "unique (u),false", "exclude using btree (u with =),true"})
    void rows_that_break_a_deferrable_constraint_are_not_written(String constraint, boolean stageFirst) {
        ground.source("create table item (id int primary key, u text)", "insert into item values (1, 'a'), (2, 'a')")
                .target(
                        "create table item (id int primary key, u text)",
                        "alter table item add constraint item_u " + constraint + " deferrable initially deferred");
        var table = table("item", "id", "u");
        var work = stageFirst ? RECONCILE : new Work.Copy(new Slice.Whole(), true);

        // A first copy that finds values twice tries again through the stage.
        assertThat(ground.failed(
                        stageFirst ? Trouble.UNIQUE_VIOLATION : Trouble.SERIALIZATION,
                        constraint.startsWith("unique") ? table.unique("item_u", "u") : table,
                        work))
                .contains("deferrable constraint", "item_u");
        assertThat(ground.rows("item")).isEqualTo("null");
        ground.source("update item set u = 'b' where id = 2");
        assertThat(ground.done(table, work)).isEqualTo("2 0 0");
        ground.assertEqual("item");
    }

    @Test
    void a_deferrable_constraint_lets_values_change_places() {
        withItems("alter table item add constraint item_u unique (u) deferrable initially deferred");
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");

        assertThat(ground.done(item(), UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item");
        onSource("u = 'c' where id = 1");
        assertThat(ground.failed(Trouble.UNIQUE_VIOLATION, item(), UPSERT)).contains("item_u");
    }

    // --- columns that only the target has

    @Test
    void rows_that_were_out_of_the_way_for_a_moment_keep_the_targets_own_columns() {
        withItems(UNIQUE).target("alter table item add own text", "update item set own = 'mine' || id");
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");
        ground.source("insert into item values (4, 'new', '2026-02-01')");

        assertThat(ground.done(item().partOfRows(), UPSERT)).isEqualTo("3 0 0");
        assertThat(ground.onTarget("select string_agg(id || u || coalesce(own, '-'), ' ' order by id) from item"))
                .isEqualTo("1bmine1 2amine2 3cmine3 4new-");
    }

    @Test
    void a_generated_column_is_nobodys_own() {
        withItems(UNIQUE)
                .target(
                        "alter table item add g text generated always as (u || 'g') stored",
                        "alter table item add own int")
                .target("update item set own = id");
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");

        assertThat(ground.done(item().partOfRows(), UPSERT)).isEqualTo("2 0 0");
        assertThat(ground.onTarget("select string_agg(id || g || own, ' ' order by id) from item"))
                .isEqualTo("1bg1 2ag2 3cg3");
    }

    // --- where others refer to the rows

    private ApplyGround withChildren(String action) {
        return withItems("create unique index item_u on item (u)")
                .both("create table child (id int primary key, item int references item " + action + ")")
                .both("insert into child values (1, 1), (2, 2)");
    }

    @Test
    void rows_that_others_refer_to_are_emptied_for_a_moment_instead_of_deleted() {
        withChildren("on delete cascade").target("alter table item add own text default 'mine'");
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");

        assertThat(ground.done(item().bound().partOfRows(), UPSERT)).isEqualTo("2 0 0");
        assertThat(ground.onTarget("select string_agg(id || u || own, ' ' order by id) from item"))
                .isEqualTo("1bmine 2amine 3cmine");
        assertThat(ground.rows("child")).isEqualTo("(1,1) (2,2)");
    }

    @Test
    void a_row_that_the_source_lacks_is_emptied_and_left_for_the_deletes() {
        withChildren("");
        ground.source("delete from child where id = 2", "delete from item where id = 2");
        onSource("u = 'b' where id = 1");

        assertThat(ground.done(item().bound().forced(), UPSERT)).isEqualTo("1 0 0");
        assertThat(ground.onTarget("select string_agg(id || coalesce(u, '-'), ' ' order by id) from item"))
                .isEqualTo("1b 2- 3c");
    }

    @ParameterizedTest
    @CsvSource({"on delete cascade", "on delete set null", "on delete set default"})
    void rows_that_cannot_change_for_a_moment_and_take_others_along_stay(String action) {
        withChildren(action).target("alter table item alter u set not null, alter u type varchar(1)");
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");

        assertThat(ground.failed(Trouble.FOREIGN_KEY_VIOLATION, item().bound(), UPSERT))
                .contains("public.child");
        assertThat(ground.rows("child")).isEqualTo("(1,1) (2,2)");
        assertThat(ground.onTarget("select string_agg(id || u, ' ' order by id) from item"))
                .isEqualTo("1a 2b 3c");
    }

    @ParameterizedTest
    @CsvSource({
        "int2, 1, 2",
        "int4, 1, 2",
        "int8, 1, 2",
        "numeric, 1.5, 2.5",
        "text, a, b",
        "varchar(40), a, b",
        "char(40), a, b",
        "bytea, \\x00, \\x01",
        "uuid, 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000002",
        "date, 2026-01-01, 2026-01-02",
        "timestamp, 2026-01-01, 2026-01-02",
        "timestamptz, 2026-01-01, 2026-01-02",
        "wanted, 1, 2"
    })
    void values_that_are_never_empty_are_others_for_a_moment(String type, String one, String other) {
        ground.both(
                "create domain wanted as int check (value > 0)",
                "create table item (id int primary key, u " + type + " not null, at timestamptz default '2025-01-01')",
                "insert into item values (1, '" + one + "'), (2, '" + other + "')",
                "create table child (id int primary key, item int references item on delete cascade)",
                "insert into child values (1, 1), (2, 2)");
        ground.target(UNIQUE);
        ground.source("update item set at = '2026-02-01', u = (select i.u from item i where i.id <> item.id)");

        assertThat(ground.done(item().bound().text(), UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item", "child");
    }

    @Test
    void the_place_in_a_list_changes_for_a_moment_and_not_the_list() {
        ground.both(
                "create table list (id int primary key)",
                "insert into list values (1), (2)",
                "create table item (id int primary key, list int not null references list, place int not null check (place > 0), at timestamptz default '2025-01-01')",
                "insert into item values (1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 2, 1)",
                "create table child (id int primary key, item int references item on delete cascade)",
                "insert into child select id, id from item");
        ground.target("alter table item add constraint item_u unique (list, place)");
        ground.source("update item set at = '2026-02-01', place = place % 3 + 1 where list = 1");
        var list = table("item", "at", "id", "list", "place").timestamp("at").unique("item_u", "list", "place");

        assertThat(ground.done(list.bound(), UPSERT)).isEqualTo("3 0 0");
        ground.assertEqual("item", "child", "list");
    }

    @Test
    void what_an_expression_is_made_of_changes_for_a_moment() {
        withChildren("on delete cascade")
                .target(
                        "alter table item alter u set not null",
                        "drop index item_u",
                        "create unique index item_u on item (lower(u)) where u <> 'no'");
        onSource("u = case id when 1 then 'B' else 'a' end where id < 3");

        assertThat(ground.done(item().unique("item_l", "lower(u)").bound(), UPSERT))
                .isEqualTo("2 0 0");
        ground.assertEqual("item", "child");
    }

    @Test
    void an_expression_that_does_not_heed_the_change_keeps_rows_where_they_are() {
        withChildren("on delete cascade")
                .target(
                        "alter table item alter u set not null",
                        "drop index item_u",
                        "create unique index item_u on item (left(u, 1))");
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");

        assertThat(ground.failed(
                        Trouble.FOREIGN_KEY_VIOLATION,
                        item().unique("item_l", "\"left\"(u, 1)").bound(),
                        UPSERT))
                .contains("public.child");
        assertThat(ground.onTarget("select string_agg(id || u, ' ' order by id) from item"))
                .isEqualTo("1a 2b 3c");
    }

    @Test
    void what_a_check_does_not_let_be_empty_is_another_for_a_moment() {
        withChildren("on delete cascade").target("alter table item add check (u is not null)");
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");

        assertThat(ground.done(item().bound(), UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item", "child");
    }

    @Test
    void a_domain_that_wants_a_value_lets_rows_be_exchanged() {
        ground.both(
                        "create domain something as text check (value is not null)",
                        "create table item (id int primary key, u something, at timestamptz default '2025-01-01')",
                        "insert into item values (1, 'a'), (2, 'b')",
                        "create table child (id int primary key, item int references item)",
                        "insert into child values (1, 1)")
                .target(UNIQUE);
        onSource("u = case id when 1 then 'b' else 'a' end");

        assertThat(ground.done(item().bound().text(), UPSERT)).isEqualTo("2 0 0");
        ground.assertEqual("item", "child");
    }

    @Test
    void a_column_that_others_refer_to_is_not_emptied() {
        withItems("alter table item add unique (u)")
                .target(
                        "create table child (u text references item (u) on update cascade)",
                        "insert into child values ('a')");
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");

        assertThat(ground.done(item().unique("item_u_key", "u").bound(), UPSERT))
                .isEqualTo("2 0 0");
        assertThat(ground.rows("child")).isEqualTo("(a)");
        ground.assertEqual("item");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "create table child (item int references item)"})
    void tables_that_are_kept_in_step_do_not_change_while_rows_are_out_of_the_way(String child) {
        withItems(UNIQUE)
                .target(
                        "create table kept (id int primary key, n int)",
                        "insert into kept values (1, 0)",
                        "create function also() returns trigger language plpgsql as"
                                + " 'begin update public.kept set n = n + 1; return null; end'",
                        "create trigger also after insert or update or delete on item for each row execute function also()",
                        child.isEmpty() ? "select 1" : child);
        ground.pending(table("kept", "id", "n"), RECONCILE);
        onSource("u = case id when 1 then 'b' else 'a' end where id < 3");

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, item().bound().triggers("also"), UPSERT))
                .contains("public.kept");
        assertThat(ground.rows("kept")).isEqualTo("(1,0)");
        assertThat(ground.onTarget("select string_agg(id || u, ' ' order by id) from item"))
                .isEqualTo("1a 2b 3c");
    }

    // --- identity columns

    @Test
    void an_identity_column_beside_the_key_gets_the_sources_values() {
        ground.both("create table a (id int primary key, n int generated always as identity, v text)")
                .source("insert into a overriding system value values (1, 10, 'x'), (2, 20, 'y'), (3, 30, 'z')")
                .target("insert into a overriding system value values (1, 10, 'x'), (2, 21, 'y'), (3, 30, 'other')");
        var table = table("a", "id", "v")
                .column(new ColumnSpec("n", null, false, Canonical.INTEGER, null, null, Guard.NONE))
                .overriding();

        assertThat(ground.done(table, RECONCILE)).isEqualTo("2 0 1");
        ground.assertEqual("a");
        ground.source("update a set v = 'later' where id = 1");
        assertThat(ground.done(table, RECONCILE)).isEqualTo("1 0 2");
        ground.assertEqual("a");
    }
}
