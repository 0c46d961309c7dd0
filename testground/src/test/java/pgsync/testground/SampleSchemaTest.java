package pgsync.testground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleSchemaTest {
    private static final TestServer SERVER = TestServers.shared(TestServers.DEFAULT_MAJOR);

    @ParameterizedTest
    @MethodSource("pgsync.testground.TestServers#mainMajors")
    void the_same_seed_gives_the_same_rows_on_any_major(int major) {
        var other = TestServers.shared(major);
        var here = shop(SERVER, 400, 7);
        var there = shop(other, 400, 7);

        var found = Oracle.compare(SERVER, here, other, there);

        assertThat(found.differences()).isEmpty();
        assertThat(found.tables()).isEqualTo(14);
        assertThat(found.rows()).isGreaterThan(2000);
    }

    @Test
    void another_seed_gives_other_rows() {
        var found = Oracle.compare(SERVER, shop(SERVER, 50, 1), SERVER, shop(SERVER, 50, 2));

        assertThat(found.differences())
                .extracting(Comparison.Difference::table)
                .contains("public.orders", "public.customers");
    }

    @Test
    void every_table_has_rows_and_every_status_occurs() {
        var database = shop(SERVER, 300, 3);

        assertThat(SERVER.column(database, """
                        select format('%I', relname) from pg_class
                         where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relispartition
                        """))
                .hasSize(14)
                .allSatisfy(table ->
                        assertThat(SERVER.rows(database, String.valueOf(table))).isPositive());
        assertThat(SERVER.count(database, "select count(distinct status) from orders"))
                .isEqualTo(5);
        assertThat(SERVER.count(database, "select count(distinct tableoid) from events"))
                .isEqualTo(2);
        assertThat(SERVER.count(database, "select count(*) - count(distinct (at, who, what, before)) from audit_log"))
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("pgsync.testground.TestServers#mainMajors")
    void changes_touch_many_tables_and_repeat_with_the_same_seed(int major) throws SQLException {
        var server = TestServers.shared(major);
        var before = shop(server, 200, 5);
        var one = shop(server, 200, 5);
        var two = shop(server, 200, 5);

        for (var database : new String[] {one, two}) {
            try (var connection = server.connect(database)) {
                new RandomChanges(11).apply(connection, 400);
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }

        assertThat(Oracle.compare(server, before, server, one).differences()).hasSizeGreaterThan(10);
        for (var table : new String[] {"orders", "order_items", "customers", "events"}) {
            var query = "select count(*) from " + table;
            assertThat(server.count(one, query)).as(table).isEqualTo(server.count(two, query));
            assertThat(server.count(one, query + " where updated_at > now() - interval '1 hour'"))
                    .as(table)
                    .isPositive();
        }
        assertThat(server.count(
                        one, "select count(*) from generate_series(1, 200) i where i not in (select id from orders)"))
                .as("deleted orders")
                .isPositive();
    }

    @Test
    void several_writers_work_at_once_and_survive_a_crash_of_the_server() {
        try (var server = TestServers.start(TestServers.DEFAULT_MAJOR)) {
            var database = shop(server, 100, 1);
            var first = Writer.start(server, database, 1);
            var second = Writer.start(server, database, 2, Duration.ofMillis(1));
            first.awaitChanges(50);
            second.awaitChanges(50);

            server.stopImmediately();
            server.restart();
            var afterCrash = first.changes();
            first.awaitChanges(afterCrash + 50);

            assertThat(first.stop()).isGreaterThanOrEqualTo(afterCrash + 50).isEqualTo(first.changes());
            assertThat(second.stop()).isGreaterThanOrEqualTo(50);
        }
    }

    @Test
    void a_writer_that_cannot_write_says_so_when_stopped() {
        var writer = Writer.start(SERVER, SERVER.freshDatabase("noshop"), 1);

        assertThatThrownBy(() -> writer.awaitChanges(1)).hasMessageContaining("does not exist");
        assertThatThrownBy(writer::stop).hasMessageContaining("failed").hasMessageContaining("does not exist");
    }

    private static String shop(TestServer server, int orders, long seed) {
        var database = server.freshDatabase("shop");
        SampleSchema.createAndFill(server, database, orders, seed);
        return database;
    }
}
