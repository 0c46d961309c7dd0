package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.config.TableRule;

/** Tables of every shape, and what a person may say about one of them. */
@Tag("whole-run")
class ShapesTest {
    private static final List<String> NONE = List.of();

    @Test
    void only_rows_that_a_filter_lets_through_are_synchronized_and_those_that_leave_it_go() {
        try (var ground = SyncGround.with(
                "create table item (id int primary key, place text, updated_at timestamptz default '2025-01-01')")) {
            ground.rule("item", new TableRule(null, "place = 'here'", NONE, NONE, NONE, null));
            ground.onSource(
                    "insert into item select i, case when i % 2 = 0 then 'here' else 'there' end from generate_series(1, 100) i");
            ground.sync().done();
            assertThat(ground.countOnTarget("select count(*) from item")).isEqualTo(50);
            ground.onTarget("insert into item values (1001, 'there')");
            ground.onSource(
                    "update item set place = 'there', updated_at = now() where id = 2",
                    "update item set place = 'here', updated_at = now() where id = 3",
                    "update item set place = 'elsewhere', updated_at = now() where id = 5",
                    "delete from item where id = 4");

            var ran = ground.sync().done();

            assertThat(ran.upserted()).isEqualTo(1);
            assertThat(ran.deleted()).isEqualTo(2);
            assertThat(ground.countOnTarget("select count(*) from item where place = 'here'"))
                    .isEqualTo(49);
            assertThat(ground.countOnTarget("select count(*) from item where id = 1001"))
                    .as("outside the filter")
                    .isEqualTo(1);
        }
    }

    @Test
    void a_changed_constant_rewrites_every_row_once() {
        try (var ground = SyncGround.with(
                "create table item (id int primary key, region text, updated_at timestamptz default '2025-01-01')")) {
            ground.rule("item", fixed("eu"));
            ground.onSource("insert into item select i, 'source' from generate_series(1, 10) i");
            assertThat(ground.sync().done().upserted()).isEqualTo(10);
            assertThat(ground.sync().done().upserted()).isZero();
            ground.rule("item", fixed("us"));

            assertThat(ground.sync("dry-run").done().upserted()).isEqualTo(10);
            var ran = ground.sync().done();

            assertThat(ran.upserted()).isEqualTo(10);
            assertThat(ran.deleted()).isZero();
            assertThat(ground.onTargetColumn("select distinct region from item"))
                    .containsExactly("us");
            assertThat(ground.sync().done().upserted()).isZero();
        }
    }

    private static TableRule fixed(String region) {
        return TableRule.NONE.withFixed(Map.of("region", new TableRule.FixedValue(region)));
    }

    @Test
    void columns_that_are_left_out_keep_what_the_target_has() {
        try (var ground = SyncGround.with(
                "create table item (id int primary key, shared text, own text default 'mine', updated_at timestamptz default '2025-01-01')")) {
            ground.rule("item", new TableRule(null, null, NONE, NONE, List.of("own"), null));
            ground.onSource(
                    "insert into item (id, shared, own) select i, 'first', 'source' from generate_series(1, 10) i");
            ground.sync().done();
            ground.onTarget("update item set own = 'kept' where id = 1");
            ground.onSource("update item set shared = 'changed', own = 'other', updated_at = now()");

            ground.sync().done();

            assertThat(ground.onTargetColumn("select shared || ' ' || own from item order by id limit 2"))
                    .containsExactly("changed kept", "changed mine");
        }
    }

    @Test
    void only_the_columns_that_are_named_travel() {
        try (var ground = SyncGround.with("create table item (id int primary key, one text, two text)")) {
            ground.rule("item", new TableRule(null, null, NONE, List.of("id", "one"), NONE, null));
            ground.onSource("insert into item values (1, 'one', 'two')");

            ground.sync().done();

            assertThat(ground.onTargetValue("select one || coalesce(two, ' only') from item"))
                    .isEqualTo("one only");
        }
    }

    @Test
    void a_key_and_a_timestamp_may_be_named_for_a_table() {
        try (var ground = SyncGround.with("""
                create table item (id int, code text not null, value text, updated_at timestamptz default '2025-01-01', seen timestamptz default '2025-01-01');
                create unique index on item (code)
                """)) {
            ground.rule("public.item", new TableRule("seen", null, List.of("code"), NONE, NONE, null));
            ground.onSource("insert into item select i, 'code ' || i, 'first' from generate_series(1, 50) i");
            ground.sync().done();
            ground.onSource(
                    "update item set value = 'changed', seen = now() where id = 1",
                    "update item set id = 500, seen = now() where id = 2",
                    "delete from item where id = 3");

            var ran = ground.sync().done();

            assertThat(ran.table("item").mode()).isEqualTo("incremental");
            assertThat(ground.onTargetValue("select watermark_column from pgsync.table_state"))
                    .isEqualTo("seen");
            ground.assertEqual();
        }
    }

    @Test
    void identity_and_generated_columns_arrive_as_they_are() {
        try (var ground = SyncGround.with("""
                create table always (id int generated always as identity primary key, value text, twice text generated always as (value || value) stored,
                                     updated_at timestamptz default '2025-01-01');
                create table counted (id int primary key, n int generated always as identity, updated_at timestamptz default '2025-01-01')
                """)) {
            ground.onSource(
                    "insert into always (value) select 'v' || i from generate_series(1, 50) i",
                    "insert into counted (id) select i from generate_series(1, 50) i");
            ground.sync().done();
            ground.onSource(
                    "update always set value = 'changed', updated_at = now() where id = 1",
                    "delete from always where id = 2",
                    "insert into always (value, updated_at) values ('new', now())",
                    "insert into counted (id, updated_at) values (51, now())");

            ground.sync().done();

            ground.assertEqual();
        }
    }

    @Test
    void sequences_move_forward_and_never_back() {
        try (var ground = SyncGround.with("""
                create table item (id serial primary key, value text);
                create table ahead (id bigint generated by default as identity primary key, value text);
                create table "Odd Name" (id serial primary key)
                """)) {
            ground.onSource(
                    "insert into item (value) select 'v' from generate_series(1, 40)",
                    "insert into ahead (value) values ('v')",
                    "insert into \"Odd Name\" default values");
            ground.onTarget("select setval('ahead_id_seq', 1000)");

            ground.sync().done();

            assertThat(ground.onTargetValue("select nextval('item_id_seq')")).isEqualTo("41");
            assertThat(ground.onTargetValue("select nextval('ahead_id_seq')")).isEqualTo("1001");
            assertThat(ground.onTargetValue("select nextval('\"Odd Name_id_seq\"')"))
                    .isEqualTo("2");
            ground.onSource("select setval('item_id_seq', 500)");
            ground.sync().done();
            assertThat(ground.onTargetValue("select nextval('item_id_seq')")).isEqualTo("501");
        }
    }

    @Test
    void any_identifier_will_do() {
        var schema = """
                create schema "Weird.Schema";
                create type "Weird.Schema"."Mood of ""day\""" as enum ('a b', 'ünï', '''quoted''');
                create table "Weird.Schema"."sel""ect; drop" (
                    "ID" int, "from" int, "Mood" "Weird.Schema"."Mood of ""day\""", "100%%s %d" text, "$1" int[], "updated_at" timestamptz default '2025-01-01',
                    primary key ("from", "ID"));
                create unique index "odd index" on "Weird.Schema"."sel""ect; drop" (("100%%s %d" || '%'));
                create table "Weird.Schema"."ABC" (pgsync_n int, k int primary key, x text);
                create table "Weird.Schema".pgsync_stage (id int primary key, pgsync_t text, excluded text unique);
                create table "Weird.Schema"."a.b" ("c\\d" text primary key, "e'f" text);
                create table "Weird.Schema"."%s%n" ("%s" text, "%n" text)
                """;
        try (var ground = SyncGround.with(schema)) {
            ground.onSource(
                    "insert into \"Weird.Schema\".\"sel\"\"ect; drop\" select i, i, 'ünï', 'x' || i, array[i] from generate_series(1, 30) i",
                    "insert into \"Weird.Schema\".\"ABC\" select i, i, 'x' from generate_series(1, 30) i",
                    "insert into \"Weird.Schema\".pgsync_stage select i, 'x', 'e' || i from generate_series(1, 30) i",
                    "insert into \"Weird.Schema\".\"a.b\" select '\\' || i, '''' from generate_series(1, 30) i",
                    "insert into \"Weird.Schema\".\"%s%n\" values ('%s', '%n')");
            ground.sync("schema=Weird.Schema").done();
            ground.assertEqual();
            ground.onSource(
                    "update \"Weird.Schema\".\"sel\"\"ect; drop\" set \"100%%s %d\" = 'y', \"Mood\" = '''quoted''', updated_at = now() where \"ID\" = 1",
                    "update \"Weird.Schema\".\"sel\"\"ect; drop\" set \"100%%s %d\" = 'x1', updated_at = now() where \"ID\" = 2",
                    "delete from \"Weird.Schema\".\"sel\"\"ect; drop\" where \"ID\" = 3",
                    "update \"Weird.Schema\".\"ABC\" set x = 'y' where k = 5",
                    "delete from \"Weird.Schema\".\"ABC\" where k = 6",
                    "update \"Weird.Schema\".pgsync_stage set excluded = 'parked' where id = 1",
                    "update \"Weird.Schema\".pgsync_stage set excluded = 'e1' where id = 2",
                    "delete from \"Weird.Schema\".pgsync_stage where id = 3",
                    "delete from \"Weird.Schema\".\"a.b\" where \"c\\d\" = '\\3'",
                    "update \"Weird.Schema\".\"a.b\" set \"e'f\" = '\\' where \"c\\d\" = '\\4'",
                    "insert into \"Weird.Schema\".\"%s%n\" values ('%d', null)");

            ground.sync("schema=Weird.Schema", "batch-size=2").done();

            ground.assertEqual();
        }
    }

    @Test
    void partitioned_tables_go_through_their_root_whatever_their_partitions() {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth("""
                    create table event (id int, day date, value text, updated_at timestamptz default '2025-01-01', primary key (id, day))
                        partition by range (day)
                    """);
            ground.onSource(
                    "create table event_1 partition of event for values from ('2024-01-01') to ('2024-07-01')",
                    "create table event_2 partition of event for values from ('2024-07-01') to ('2025-01-01')");
            ground.onTarget("create table event_all partition of event default");
            ground.onSource(
                    "insert into event select i, date '2024-01-01' + i, 'first' from generate_series(0, 360) i");
            ground.sync().done();
            ground.onSource(
                    "update event set day = day + 200, updated_at = now() where id < 10",
                    "delete from event where id between 100 and 110",
                    "update event set value = 'changed', updated_at = now() where id = 300");

            ground.sync().done();

            assertThat(ground.onTargetValue("select md5(string_agg(e::text, ',' order by id, day)) from event e"))
                    .isEqualTo(
                            ground.onSourceValue("select md5(string_agg(e::text, ',' order by id, day)) from event e"));
            assertThat(ground.onTargetColumn("select table_name from pgsync.table_state"))
                    .containsExactly("event");
        }
    }

    @Test
    void a_parent_and_its_heirs_are_tables_of_their_own() {
        try (var ground = SyncGround.with("""
                create table base (id int primary key, value text, updated_at timestamptz default '2025-01-01');
                create table heir (primary key (id), more text) inherits (base)
                """)) {
            ground.onSource(
                    "insert into base select i, 'base' from generate_series(1, 20) i",
                    "insert into heir select i, 'heir', '2025-01-01', 'more' from generate_series(11, 30) i");
            ground.sync().done();
            ground.assertEqual();
            ground.onSource(
                    "delete from only base where id = 15",
                    "update heir set value = 'changed', updated_at = now() where id = 12");

            ground.sync().done();

            ground.assertEqual();
        }
    }

    @Test
    void columns_in_another_order_dropped_ones_and_wider_types_are_no_hindrance() {
        try (var ground = SyncGround.fresh()) {
            ground.onSource(
                    "create table item (gone int, id int primary key, a int, b varchar(10), c jsonb, updated_at timestamptz default '2025-01-01')");
            ground.onSource("alter table item drop column gone");
            ground.onTarget(
                    "create table item (updated_at timestamptz, c jsonb, b text, a bigint, id bigint primary key, extra int default 1)");
            ground.onSource("insert into item (id, a, b, c) select i, i, 'b', '{}' from generate_series(1, 100) i");
            ground.sync().done();
            ground.onSource(
                    "update item set a = 7, updated_at = now() where id = 1",
                    "delete from item where id = 2",
                    "insert into item (id) values (500)");

            var ran = ground.sync().done();

            assertThat(ran.upserted()).isEqualTo(2);
            assertThat(ran.deleted()).isEqualTo(1);
            assertThat(
                            ground.onTargetValue(
                                    "select md5(string_agg(concat_ws(',', id, a, b, c, updated_at), ';' order by id)) from item"))
                    .isEqualTo(
                            ground.onSourceValue(
                                    "select md5(string_agg(concat_ws(',', id, a, b, c, updated_at), ';' order by id)) from item"));
            assertThat(ground.sync("reconcile").done().upserted()).isZero();
        }
    }

    @Test
    void triggers_and_rules_of_the_target_do_not_change_what_arrives() {
        try (var ground = SyncGround.with(
                "create table item (id int primary key, value text, updated_at timestamptz default '2025-01-01')")) {
            ground.onTarget(
                    "create function spoil() returns trigger language plpgsql as $$ begin new.value := 'spoilt'; new.updated_at := now(); return new; end $$",
                    "create trigger spoil before insert or update on item for each row execute procedure spoil()");
            ground.onSource("insert into item select i, 'first' from generate_series(1, 10) i");
            ground.sync().done();
            ground.onSource("update item set value = 'changed', updated_at = now() where id = 1");

            ground.sync().done();

            ground.assertEqual();
        }
    }
}
