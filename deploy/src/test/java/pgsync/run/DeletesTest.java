package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.task.TableReport.Status;

/** Rows that the source no longer has go, and never more of them than the guard allows. */
@Tag("whole-run")
class DeletesTest {
    private static final String TWO_TABLES = """
            create table item (id int primary key, value text, updated_at timestamptz not null default now());
            create table other (id int primary key, value text, updated_at timestamptz not null default now())
            """;

    @Test
    void rows_that_the_source_deleted_go_and_nothing_else() {
        try (var ground = filled()) {
            ground.onSource("delete from item where id % 7 = 0");

            var ran = ground.sync().done();

            assertThat(ran.table("item").rowsDeleted()).isEqualTo(14);
            assertThat(ran.table("item").rowsUpserted()).isZero();
            assertThat(ran.table("other").rowsDeleted()).isZero();
            ground.assertEqual();
        }
    }

    @Test
    void the_guard_stops_one_table_before_it_loses_a_row_and_lets_the_others_go_on() {
        try (var ground = filled()) {
            ground.onSource(
                    "delete from item where id <= 26",
                    "update other set value = 'changed', updated_at = now() where id = 1");

            var ran = ground.sync();

            assertThat(ran.table("item").status()).isEqualTo(Status.GUARD);
            assertThat(ran.table("item").error()).contains("26", "100", "25");
            assertThat(ran.table("item").remedy()).contains("-force-deletes", "-max-delete-percent");
            assertThat(ran.table("item").rowsDeleted()).isZero();
            assertThat(ground.countOnTarget("select count(*) from item")).isEqualTo(100);
            assertThat(ran.table("other").status()).isEqualTo(Status.DONE);
            assertThat(ground.onTargetValue("select value from other where id = 1"))
                    .isEqualTo("changed");
        }
    }

    @Test
    void exactly_the_allowed_share_may_go() {
        try (var ground = filled()) {
            ground.onSource("delete from item where id <= 25");

            assertThat(ground.sync().done().table("item").rowsDeleted()).isEqualTo(25);
            ground.assertEqual();
        }
    }

    @Test
    void a_higher_share_or_force_lets_the_deletes_through() {
        try (var ground = filled()) {
            ground.onSource("delete from item where id <= 26", "delete from other where id <= 80");

            var higher = ground.sync("max-delete-percent=30");
            assertThat(higher.table("item").status()).isEqualTo(Status.DONE);
            assertThat(higher.table("other").status()).isEqualTo(Status.GUARD);

            assertThat(ground.sync("force-deletes").done().table("other").rowsDeleted())
                    .isEqualTo(80);
            ground.assertEqual();
        }
    }

    @Test
    void a_source_that_became_empty_is_believed_only_with_force() {
        try (var ground = filled()) {
            ground.onSource("truncate item");

            var refused = ground.sync("max-delete-percent=100");
            assertThat(refused.table("item").status()).isEqualTo(Status.GUARD);
            assertThat(refused.table("item").error()).contains("no rows at all");
            assertThat(ground.countOnTarget("select count(*) from item")).isEqualTo(100);

            ground.sync("force-deletes").done();
            ground.assertEqual();
        }
    }

    @Test
    void a_guarded_table_is_tried_again_by_the_next_run_and_loses_no_change_meanwhile() {
        try (var ground = filled()) {
            ground.onSource(
                    "delete from item where id > 50",
                    "update item set value = 'while stopped', updated_at = now() where id = 1");
            ground.sync();

            ground.sync("force-deletes").done();

            ground.assertEqual();
        }
    }

    @Test
    void with_delete_never_rows_stay_and_new_ones_still_come() {
        try (var ground = filled()) {
            ground.onSource("delete from item where id <= 10", "insert into item values (500, 'new', now())");

            var ran = ground.sync("delete=never").done();

            assertThat(ran.deleted()).isZero();
            assertThat(ground.countOnTarget("select count(*) from item")).isEqualTo(101);
        }
    }

    @Test
    void deletes_of_many_batches_end_equal() {
        try (var ground = filled()) {
            ground.onSource("delete from item where id % 5 = 0");

            assertThat(ground.sync("batch-size=3").done().table("item").rowsDeleted())
                    .isEqualTo(20);
            ground.assertEqual();
        }
    }

    @Test
    void a_row_with_an_old_stamp_that_the_target_lacks_is_fetched() {
        try (var ground = filled()) {
            ground.onSource("insert into item values (900, 'restored', '2001-01-01')");

            assertThat(ground.sync().done().table("item").rowsUpserted()).isEqualTo(1);
            ground.assertEqual();
        }
    }

    /** One query, several queries by key, one query for everything in the buckets that differ. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 2_500, 10_001})
    void rows_with_old_stamps_that_the_target_lacks_are_fetched_however_many_and_told_beforehand(int missing) {
        try (var ground = SyncGround.with(
                "create table t (id int primary key, v text, updated_at timestamptz default '2025-01-01')")) {
            ground.onSource("insert into t select i, 'v' || i from generate_series(1, 20000) i");
            ground.sync().done();
            ground.onTarget("delete from t where id <= " + missing);

            assertThat(ground.sync("dry-run").done().table("t").rowsUpserted()).isEqualTo(missing);
            var ran = ground.sync().done().table("t");

            assertThat(ran.rowsUpserted()).isEqualTo(missing);
            assertThat(ran.rowsDeleted()).isZero();
            ground.assertEqual();
        }
    }

    /** Key type and SQL for ten keys of it, of which the third goes, the fourth changes and an eleventh comes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "int: i",
                "bigint: 9223372036854775000 + i",
                "smallint: -i",
                "uuid: md5(i::text)::uuid",
                "numeric: case when i % 2 = 0 then i::numeric(10,2) else i::numeric end",
                "text: (array['','a b','it''s','\"q\"','back\\slash','tab\t','new\nline','ünï','😀','NULL','{a,b}'])[i]",
                "varchar(20): 'x' || i",
                "char(8): 'x' || i",
                "timestamptz: timestamptz '2024-01-01 00:00:00.000001+00' + i * interval '1 microsecond'",
                "timestamp: timestamp '2024-03-31 02:30' + i * interval '1 hour'",
                "date: date '0044-03-15 BC' + i",
                "float8: i / 3.0",
                "float8: case i when 3 then 'NaN' when 5 then '-0' when 7 then '-infinity' else i::text end::float8",
                "bytea: decode(lpad(to_hex(i), 2, '0'), 'hex')",
                "inet: inet '10.0.0.0' + i",
                "interval: i * interval '1 day'",
                "boolean: i = 1",
                "bit varying(12): i::bit(12)",
                "int[]: array[i, null, 3]",
                "money: i::money",
                "macaddr: ('08:00:2b:01:02:' || lpad(to_hex(i), 2, '0'))::macaddr",
            })
    void keys_of_every_kind_are_recognised(String typeAndValue) {
        var parts = typeAndValue.split(": ", 2);
        var keys = parts[0].equals("boolean") ? 1 : 10;
        try (var ground = SyncGround.with(
                "create table item (k %s primary key, value text, updated_at timestamptz default '2025-01-01')"
                        .formatted(parts[0]))) {
            ground.onSource("create view keyed as select i, (%s)::%s as k from generate_series(1, 11) i"
                    .formatted(parts[1], parts[0]));
            ground.onSource("insert into item (k, value) select k, 'first' from keyed where i <= " + keys);
            ground.sync().done();
            ground.onSource("create view gone as select k from keyed where i = " + Math.min(3, keys));
            ground.onSource(
                    "delete from item using gone where item.k = gone.k",
                    "update item set value = 'second', updated_at = now() where k = (select k from keyed where i = 4)",
                    "insert into item (k, value) select k, 'new' from keyed where i = 11");

            var ran = ground.sync("max-delete-percent=100", "include=item").done();

            assertThat(ran.deleted()).isEqualTo(1);
            ground.assertEqual();
            assertThat(ground.sync("reconcile").done().upserted()).isZero();
        }
    }

    @Test
    void a_key_whose_stored_form_changed_is_the_same_key() {
        try (var ground = SyncGround.with(
                "create table item (k numeric primary key, updated_at timestamptz default '2025-01-01')")) {
            ground.onSource("insert into item (k) values (1.0), (2.50), (100), (0.00), ('NaN'), (-3.10)");
            ground.sync().done();
            ground.onSource(
                    "update item set k = 1.00, updated_at = now() where k = 1",
                    "update item set k = 2.5 where k = 2.5",
                    "update item set k = 100.000 where k = 100");

            var ran = ground.sync().done();

            assertThat(ran.deleted()).isZero();
            assertThat(ground.onTargetValue("select k::text from item where k = 1"))
                    .isEqualTo("1.00");
            ground.sync("reconcile").done();
            ground.assertEqual();
        }
    }

    @Test
    void keys_without_case_are_recognised_by_the_equality_of_their_type() {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth(
                    "create schema extras",
                    "create extension citext schema extras",
                    "create table item (k extras.citext primary key, value text, updated_at timestamptz default '2025-01-01')");
            ground.onSource("insert into item (k, value) select 'Key' || i, 'first' from generate_series(1, 20) i");
            ground.sync().done();
            ground.onSource(
                    "set search_path = public, extras",
                    "update item set k = upper(k::text) where k = 'key5'::extras.citext",
                    "update item set k = upper(k::text), updated_at = now() where k = 'key6'::extras.citext",
                    "delete from item where k = 'key7'::extras.citext",
                    "insert into item (k, value) values ('NEW', 'new')");

            var ran = ground.sync().done();

            assertThat(ran.deleted()).isEqualTo(1);
            assertThat(ground.onTargetColumn("select k::text from item where k::text in ('KEY6', 'NEW') order by 1"))
                    .isEqualTo(List.of("KEY6", "NEW"));
            ground.sync("reconcile").done();
            ground.assertEqual();
        }
    }

    @Test
    void a_value_without_case_that_moved_to_another_row_is_found_in_its_way() {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth(
                    "create schema extras",
                    "create extension citext schema extras",
                    "create table item (id int primary key, mail extras.citext unique, updated_at timestamptz default '2025-01-01')");
            ground.onSource(
                    "insert into item select i, 'Mail' || i from generate_series(1, 20) i",
                    "insert into item values (30, null), (31, null)");
            ground.sync().done();
            ground.onSource(
                    "update item set mail = 'parked' where id = 1",
                    "update item set mail = 'MAIL1', updated_at = now() where id = 2",
                    "update item set mail = 'mail2', updated_at = now() where id = 1");

            ground.sync("batch-size=1").done();

            ground.assertEqual();
        }
    }

    /** Types of extensions and of people compare by operators that pg_catalog does not have. */
    @Test
    void keys_of_types_that_are_not_built_in_are_compared_and_deleted() {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth(
                    "create extension ltree",
                    "create extension hstore",
                    "create type mood as enum ('sad', 'ok', 'happy')",
                    "create type pair as (a int, b text)",
                    "create domain code as text check (value ~ '^[a-z0-9]+$')",
                    "create table tree (k ltree primary key, value text)",
                    "create table bag (k hstore primary key, value text)",
                    "create table feeling (k mood primary key, value text)",
                    "create table couple (k pair primary key, value text)",
                    "create table coded (k code primary key, value text)",
                    "create table span (k int4range primary key, value text)");
            ground.onSource(
                    "insert into tree select ('top.n' || i)::ltree, 'v' from generate_series(1, 10) i",
                    "insert into bag select hstore('a', i::text), 'v' from generate_series(1, 10) i",
                    "insert into feeling values ('sad', 'v'), ('ok', 'v'), ('happy', 'v')",
                    "insert into couple select row(i, 'b')::pair, 'v' from generate_series(1, 10) i",
                    "insert into coded select 'c' || i, 'v' from generate_series(1, 10) i",
                    "insert into span select int4range(i, i + 5), 'v' from generate_series(1, 10) i");
            ground.sync().done();
            ground.assertEqual();
            for (var table : List.of("tree", "bag", "feeling", "couple", "coded", "span")) {
                ground.onSource(
                        "delete from " + table + " where ctid = (select min(ctid) from " + table + ")",
                        "update " + table + " set value = 'w' where ctid = (select max(ctid) from " + table + ")");
            }

            var ran = ground.sync("max-delete-percent=50").done();

            ground.assertEqual();
            assertThat(ran.deleted()).isEqualTo(6);
            assertThat(ran.upserted()).isEqualTo(6);
        }
    }

    @Test
    void keys_of_several_columns_are_not_confused() {
        try (var ground = SyncGround.with(
                "create table item (a text, b date, c int, updated_at timestamptz default '2025-01-01', primary key (b, c, a))")) {
            ground.onSource(
                    "insert into item select a, date '2024-01-01' + b, c from (values ('x,y'), ('x'), ('(x'), ('\"'), ('')) t (a), "
                            + "generate_series(1, 5) b, generate_series(1, 5) c");
            ground.sync().done();
            ground.onSource(
                    "delete from item where a = 'x' and c = 2", "delete from item where a = '' and b = '2024-01-03'");

            assertThat(ground.sync().done().deleted()).isEqualTo(10);
            ground.assertEqual();
        }
    }

    private static SyncGround filled() {
        var ground = SyncGround.with(TWO_TABLES);
        ground.onSource(
                "insert into item select i, 'first', '2025-01-01' from generate_series(1, 100) i",
                "insert into other select i, 'first', '2025-01-01' from generate_series(1, 100) i");
        ground.sync().done();
        return ground;
    }
}
