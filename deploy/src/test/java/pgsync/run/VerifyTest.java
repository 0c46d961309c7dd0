package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.config.TableRule;
import pgsync.task.TableDifferences;
import pgsync.task.TableDifferences.Example;
import pgsync.task.TableDifferences.Kind;
import pgsync.task.TableReport;

/** A verification finds what a run cannot see, says which rows, and changes none. */
@Tag("whole-run")
class VerifyTest {
    private static final String USERS = """
            create table users (
                id int primary key, name text, score numeric, updated_at timestamptz default '2025-01-01'
            )
            """;

    private final SyncGround ground = SyncGround.with(USERS);

    @AfterEach
    void drop() {
        ground.close();
    }

    private TableDifferences found(String table) {
        return found(ground.verify(), table);
    }

    private static TableDifferences found(SyncGround.Ran ran, String table) {
        var report = ran.table(table);
        assertThat(report.status()).as("%s", report).isEqualTo(TableReport.Status.DONE);
        return Objects.requireNonNull(report.differences());
    }

    private void fill(int rows) {
        ground.onSource(
                "insert into users select i, 'name ' || i, i * 1.5 from generate_series(1, %d) i".formatted(rows));
        ground.sync();
    }

    @Test
    void tables_in_step_are_equal() {
        fill(5_000);

        assertThat(found("users")).isEqualTo(new TableDifferences(5_000, 5_000, 0, 0, 0, 0, List.of()));
    }

    @Test
    void a_row_changed_behind_our_back_is_named_with_its_columns() {
        fill(5_000);
        ground.onTarget("update users set name = 'another', score = 1.50 where id in (1, 4711)");

        assertThat(found("users"))
                .isEqualTo(new TableDifferences(
                        5_000,
                        5_000,
                        2,
                        0,
                        0,
                        0,
                        List.of(
                                new Example(Kind.DIFFERENT, "1", List.of("name", "score")),
                                new Example(Kind.DIFFERENT, "4711", List.of("name", "score")))));
    }

    @Test
    void what_both_sides_compute_is_compared() {
        var replace =
                "create or replace function loud(t text) returns text language sql immutable as $$ select t || '%s' $$";
        ground.onBoth(
                replace.formatted("!"),
                "create table computed (id int primary key, name text, loud text generated always as (loud(name)) stored)");
        ground.onTarget(replace.formatted("?"), "insert into computed values (1, 'a')", replace.formatted("!"));
        ground.onSource("insert into computed values (1, 'a'), (2, 'b')");
        ground.sync();

        assertThat(found("computed").examples()).containsExactly(new Example(Kind.DIFFERENT, "1", List.of("loud")));
    }

    @Test
    void rows_that_one_side_lacks_are_named() {
        fill(100);
        ground.onTarget("delete from users where id = 17", "insert into users values (101, 'nobody', 1)");

        assertThat(found("users").examples())
                .containsExactly(new Example(Kind.EXTRA, "101", List.of()), new Example(Kind.MISSING, "17", List.of()));
    }

    @Test
    void null_is_not_the_empty_text() {
        ground.onSource("insert into users values (1, null, null)");
        ground.sync();
        ground.onTarget("update users set name = ''");

        assertThat(found("users").different()).isOne();
    }

    @Test
    void nothing_is_written() {
        fill(10);
        ground.onTarget("update users set name = 'another' where id = 1", "delete from users where id = 2");
        ground.verify();

        assertThat(ground.onTargetColumn("select concat_ws(' ', count(*), min(name) filter (where id = 1)) from users"))
                .containsExactly("9 another");
    }

    @Test
    void what_the_source_changed_since_the_last_run_is_counted_apart() {
        fill(10);
        ground.onSource("update users set name = 'new', updated_at = now() + interval '1 minute' where id = 1");
        ground.onTarget("update users set name = 'another' where id = 2");
        var found = found("users");

        assertThat(found.different()).isEqualTo(2);
        assertThat(found.newer()).isOne();
    }

    @Test
    void a_table_without_a_key_is_compared_as_a_multiset() {
        ground.onBoth("create table log (line text)");
        ground.onSource("insert into log values ('a'), ('a'), ('b'), (null)");
        ground.sync();
        ground.onTarget("delete from log where line = 'b'", "insert into log values ('a')");

        assertThat(found("log")).isEqualTo(new TableDifferences(4, 4, 0, 1, 1, 0, List.of()));
    }

    @Test
    void more_differences_than_examples_are_counted() {
        fill(3_000);
        ground.onTarget("update users set score = -1");
        var found = found("users");

        assertThat(found.different()).isEqualTo(3_000);
        assertThat(found.examples()).hasSize(5);
    }

    @Test
    void columns_of_another_type_are_compared_as_the_target_holds_them() {
        ground.onBoth("create schema wide");
        ground.onSource("create table wide.t (id int primary key, n int, at timestamp, c char(5), j json)");
        ground.onTarget("create table wide.t (id bigint primary key, n numeric, at timestamptz, c text, j jsonb)");
        ground.onSource("""
                insert into wide.t select i, i, '2025-01-01'::timestamp + i * interval '1 hour', 'c' || i, '{"b": 1, "a":2}'
                  from generate_series(1, 50) i
                """);
        ground.sync("schema=wide");
        assertThat(found(ground.verify("schema=wide"), "t").total()).isZero();

        ground.onTarget("update wide.t set c = rtrim(c) where id = 7");
        assertThat(found(ground.verify("schema=wide"), "t").examples())
                .containsExactly(new Example(Kind.DIFFERENT, "7", List.of("c")));
    }

    /** A run is refused such a table. */
    @Test
    void what_the_target_publishes_and_does_not_let_be_changed_can_be_compared() {
        ground.onBoth("create table published (id int not null unique, name text)");
        ground.onSource("insert into published values (1, 'a'), (2, 'b')");
        ground.sync();
        ground.onTarget(
                "update published set name = 'another' where id = 1", "create publication changes for table published");

        assertThat(found(ground.verify(), "published").total()).isEqualTo(1);
    }

    @Test
    void keys_go_in_the_order_of_their_bytes_whatever_the_collation() {
        ground.onBoth("create table words (word text primary key, n int)");
        ground.onSource("""
                insert into words
                select w, 1 from unnest(array['a', 'B', 'b', 'A', '-a', ' a', 'é', 'z', 'Z', E'\\U00010000', E'\\uFFFD', 'ß', '']) w
                """);
        ground.sync();
        ground.onTarget("delete from words where word in ('B', E'\\uFFFD')");

        assertThat(found("words").examples())
                .containsExactly(
                        new Example(Kind.MISSING, "B", List.of()), new Example(Kind.MISSING, "\uFFFD", List.of()));
    }

    @Test
    void the_rule_s_filter_holds_on_both_sides() {
        ground.rule("users", new TableRule(null, "id < 50", List.of(), List.of(), List.of(), null));
        fill(100);
        ground.onTarget("insert into users values (77, 'not ours', 1)");

        assertThat(found("users").total()).isZero();
    }

    @Test
    void a_table_that_cannot_be_compared_is_refused_by_name() {
        ground.onSource("create table alone (id int primary key)");
        var report = ground.verify().table("alone");

        assertThat(report.status()).isEqualTo(TableReport.Status.SKIPPED);
        assertThat(report.error()).contains("the target has no such table");
    }

    @Test
    void a_table_found_equal_is_noted_in_its_state() {
        ground.onBoth("create table other (id int primary key)");
        fill(10);
        ground.onTarget("update users set name = 'another'");
        ground.verify();

        assertThat(ground.onTargetColumn("select table_name from pgsync.table_state where last_verified is not null"))
                .containsExactly("other");
    }

    @Test
    void a_target_that_was_never_synchronized_is_compared_too() {
        ground.onSource("insert into users values (1, 'a', 1)");

        assertThat(found("users").missing()).isOne();
        assertThat(ground.onTargetColumn("select count(*) from pg_namespace where nspname = 'pgsync'"))
                .containsExactly("0");
    }

    @Test
    void a_role_that_may_read_the_tables_and_nothing_else_can_verify() {
        fill(10);
        ground.onTarget(
                "drop role if exists pgsync_looks",
                "create role pgsync_looks login password 'looks'",
                "grant usage on schema public to pgsync_looks",
                "grant select on users to pgsync_looks",
                "update users set name = 'another' where id = 3");
        ground.targetRole("pgsync_looks", "looks");
        try {
            assertThat(found("users").examples()).containsExactly(new Example(Kind.DIFFERENT, "3", List.of("name")));
        } finally {
            ground.onTarget("drop owned by pgsync_looks", "drop role pgsync_looks");
        }
    }

    @Test
    void floats_look_the_same_between_a_server_before_12_and_a_later_one() {
        try (var far = SyncGround.between(10, pgsync.testground.TestServers.DEFAULT_MAJOR)) {
            far.onBoth("create table f (id int primary key, a float8, b float4, c float8[], d point)");
            far.onSource(
                    "insert into f values (1, 0.1, 0.3, '{1.1,1e300}', '(0.1,0.7)'), (2, 'NaN', '-0', null, null)");
            far.sync();

            assertThat(found(far.verify(), "f").total()).isZero();
        }
    }
}
