package pgsync.testground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OracleTest {
    private static final String TABLES = """
            create schema "odd ""one";
            create table things (id int primary key, name text, price numeric, ratio float8, ratios float4[], place point, at timestamptz,
                                 raw bytea, doc jsonb);
            create table "odd ""one"."With. Dot" ("Zahl" int, "a,b" text);
            create table empty ();
            """;
    private static final String ROWS = """
            insert into things
            select i, 'thing ' || i, i / 7.0, i / 7.0::float8, array[i / 3.0, null]::float4[], point(i, 1.0 / i), now() - i * interval '1 s',
                   decode(md5(i::text), 'hex'), jsonb_build_object('i', i)
              from generate_series(1, 3000) as i;
            insert into "odd ""one"."With. Dot" select i % 10, 'same' from generate_series(1, 1000) i;
            """;

    @ParameterizedTest
    @CsvSource({"10, 10", "10, 15", "15, 10", "15, 15", "15, 18", "10, 18", "18, 18"})
    void equal_rows_are_equal_on_any_two_majors(int majorOfFirst, int majorOfSecond) {
        var pair = new Pair(majorOfFirst, majorOfSecond);
        pair.both(TABLES);
        pair.both(ROWS.replace("now()", "timestamptz '2026-03-29 01:30:00.123456+00'"));

        var found = pair.compare();

        assertThat(found.differences()).isEmpty();
        assertThat(found.equal()).isTrue();
        assertThat(found).hasToString("3 tables with 4,000 rows are equal");
    }

    @ParameterizedTest
    @CsvSource({"10, 18", "15, 15", "18, 10"})
    void one_changed_value_among_thousands_is_found_and_shown(int majorOfFirst, int majorOfSecond) {
        var pair = new Pair(majorOfFirst, majorOfSecond);
        pair.both("create table things (id int primary key, name text)");
        pair.both("insert into things select i, 'thing ' || i from generate_series(1, 3000) as i");

        pair.second("update things set name = 'changed' where id = 2711");

        var found = pair.compare();
        assertThat(found.equal()).isFalse();
        assertThat(found.differences())
                .containsExactly(new Comparison.Difference.OtherRows(
                        "public.things", 3000, 3000, List.of("(2711,\"thing 2711\")"), List.of("(2711,changed)")));
        assertThat(found.toString())
                .contains("public.things differs")
                .contains("only in the first:  (2711,\"thing 2711\")");
    }

    @Test
    void a_float_that_differs_in_its_last_bit_is_found_between_majors_that_print_it_differently() {
        var pair = new Pair(10, 18);
        pair.both("create table things (ratio float8)");
        pair.first("insert into things values (0.3)");
        pair.second("insert into things values (0.1::float8 + 0.2::float8)");

        assertThat(pair.compare().equal()).isFalse();
    }

    @Test
    void settings_of_the_session_do_not_matter() throws SQLException {
        var pair = new Pair(15, 15);
        pair.both(TABLES);
        pair.both(ROWS.replace("now()", "timestamptz '2026-03-29 01:30:00.123456+00'"));
        try (var a = pair.first.connect(pair.databaseOfFirst);
                var b = pair.second.connect(pair.databaseOfSecond);
                var statement = b.createStatement()) {
            statement.execute(
                    "set timezone = 'Asia/Kathmandu'; set bytea_output = 'escape'; set extra_float_digits = 0");

            assertThat(Oracle.compare(a, b).differences()).isEmpty();
        }
    }

    @Test
    void how_often_a_row_is_there_counts() {
        var pair = new Pair(15, 15);
        pair.both("create table doubles (name text)");
        pair.first("insert into doubles values ('a'), ('a'), ('a'), ('b'), ('b')");
        pair.second("insert into doubles values ('a'), ('b'), ('b'), ('b'), ('b')");

        assertThat(pair.compare().differences())
                .containsExactly(new Comparison.Difference.OtherRows(
                        "public.doubles", 5, 5, List.of("(a) (2 times more)"), List.of("(b) (2 times more)")));
    }

    @Test
    void null_is_not_an_empty_text() {
        var pair = new Pair(15, 15);
        pair.both("create table notes (note text)");
        pair.first("insert into notes values (null)");
        pair.second("insert into notes values ('')");

        assertThat(pair.compare().equal()).isFalse();
    }

    @Test
    void shows_at_most_five_rows_each_way() {
        var pair = new Pair(15, 15);
        pair.both("create table things (id int)");
        pair.first("insert into things select generate_series(1, 500)");
        pair.second("insert into things select generate_series(501, 900)");

        var difference =
                (Comparison.Difference.OtherRows) pair.compare().differences().get(0);
        assertThat(difference.onlyInFirst()).hasSize(Oracle.SAMPLES);
        assertThat(difference.onlyInSecond()).hasSize(Oracle.SAMPLES);
    }

    @Test
    void names_tables_of_one_side_and_other_columns() {
        var pair = new Pair(15, 15);
        pair.first("create table mine (id int); create table shared (id int, b text)");
        pair.second("create table yours (id int); create table shared (id int, c text)");

        assertThat(pair.compare().differences())
                .containsExactly(
                        new Comparison.Difference.Missing("public.mine", true),
                        new Comparison.Difference.OtherColumns("public.shared", "b, id", "c, id"),
                        new Comparison.Difference.Missing("public.yours", false));
    }

    @Test
    void the_order_of_columns_and_the_schema_of_the_product_do_not_matter() {
        var pair = new Pair(15, 15);
        pair.first("create table things (a int, b text); insert into things values (1, 'x')");
        pair.second("create table things (b text, dropped int, a int); alter table things drop column dropped");
        pair.second("insert into things values ('x', 1)");
        pair.second("create schema pgsync; create table pgsync.state (id int)");

        assertThat(pair.compare().differences()).isEmpty();
    }

    @Test
    void partitions_and_inherited_rows_count_once() {
        var pair = new Pair(15, 15);
        pair.first("create table parted (id int) partition by range (id)");
        pair.first("create table parted_low partition of parted for values from (0) to (100)");
        pair.second("create table parted (id int)");
        pair.both("insert into parted select generate_series(0, 99)");
        pair.both(
                "create table parent (id int); create table child () inherits (parent); insert into child values (1)");

        assertThat(pair.compare()).hasToString("3 tables with 101 rows are equal");
    }

    @Test
    void leaves_connections_without_a_transaction() throws SQLException {
        var pair = new Pair(15, 15);
        pair.both("create table things (id int)");
        try (var a = pair.first.connect(pair.databaseOfFirst);
                var b = pair.second.connect(pair.databaseOfSecond)) {
            Oracle.compare(a, b);

            assertThat(a.getAutoCommit()).isTrue();
            assertThat(pair.first.column(
                            pair.databaseOfFirst,
                            "select 1 from pg_stat_activity where state like 'idle in transaction%' and datname = '"
                                    + pair.databaseOfFirst + "'"))
                    .isEmpty();
        }
    }

    private static final class Pair {
        final TestServer first;
        final TestServer second;
        final String databaseOfFirst;
        final String databaseOfSecond;

        Pair(int majorOfFirst, int majorOfSecond) {
            assumeTrue(
                    TestServers.majors().containsAll(List.of(majorOfFirst, majorOfSecond)),
                    "binaries for this platform");
            first = TestServers.shared(majorOfFirst);
            second = TestServers.shared(majorOfSecond);
            databaseOfFirst = first.freshDatabase("first");
            databaseOfSecond = second.freshDatabase("second");
        }

        void first(String sql) {
            first.sql(databaseOfFirst, sql);
        }

        void second(String sql) {
            second.sql(databaseOfSecond, sql);
        }

        void both(String sql) {
            first(sql);
            second(sql);
        }

        Comparison compare() {
            return Oracle.compare(first, databaseOfFirst, second, databaseOfSecond);
        }
    }
}
