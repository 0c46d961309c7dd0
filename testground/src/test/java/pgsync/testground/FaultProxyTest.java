package pgsync.testground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import pgsync.testground.FaultProxy.Cut;
import pgsync.testground.FaultProxy.Direction;

class FaultProxyTest {
    /** About 100 bytes a row: 20 MB. */
    private static final String ROWS = "select i, repeat('x', 95) from generate_series(1, 200000) i";

    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final FaultProxy proxy = FaultProxy.to(server);

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void passes_bytes_and_counts_them_and_connections() throws SQLException {
        try (var connection = connect()) {
            assertThat(value(connection, "select length(repeat('x', 100000))")).isEqualTo("100000");
            assertThat(value(connection, "select repeat('x', 100000)")).hasSize(100_000);
            assertThat(proxy.connections()).isEqualTo(1);
            assertThat(proxy.accepted()).isEqualTo(1);
            assertThat(proxy.bytes(Direction.TO_CLIENT)).isBetween(100_000L, 110_000L);
            assertThat(proxy.bytes(Direction.TO_SERVER)).isBetween(100L, 10_000L);
        }
        awaitConnections(0);
    }

    @Test
    void a_question_for_encryption_is_answered_by_the_server() throws SQLException {
        var connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres?sslmode=prefer".formatted(proxy.port()),
                TestServer.USER,
                TestServer.PASSWORD);
        proxy.cutCopies(1, 1, Cut.RESET);

        assertThatThrownBy(() -> copyOut(connection)).isInstanceOf(SQLException.class);
        connection.abort(Runnable::run);

        assertThat(proxy.copiesCut()).isEqualTo(1);
    }

    @Test
    void a_delay_is_added_to_every_round_trip() throws SQLException {
        try (var connection = connect()) {
            proxy.delay(Duration.ofMillis(20));
            var began = System.nanoTime();

            assertThat(value(connection, "select 1")).isEqualTo("1");

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
        }
    }

    /** Were each chunk to wait for the one before, 20 MB in chunks of 64 KB would take 300 delays: a minute. */
    @Test
    void a_delay_does_not_limit_what_a_connection_carries() throws Exception {
        try (var connection = connect()) {
            proxy.delay(Duration.ofMillis(200));
            var began = System.nanoTime();

            assertThat(copyOut(connection)).isEqualTo(200_000);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_copy_to_the_client_is_cut_in_the_middle() throws SQLException {
        var connection = connect();
        proxy.cutCopies(1, 1_000_000, Cut.RESET);

        assertThatThrownBy(() -> copyOut(connection)).isInstanceOf(SQLException.class);
        connection.abort(Runnable::run);

        assertThat(proxy.copiesCut()).isEqualTo(1);
        assertThat(proxy.bytes(Direction.TO_CLIENT)).isBetween(900_000L, 2_000_000L);
    }

    @Test
    void a_copy_to_the_server_is_cut_before_its_end() throws SQLException {
        var database = server.freshDatabase("proxied");
        server.sql(database, "create table t (id int)");
        for (var how : Cut.values()) {
            var connection = connect(database);
            proxy.cutCopies(1, 1, how);

            assertThatThrownBy(() -> copyIn(connection, 100_000)).isInstanceOf(Exception.class);
            connection.abort(Runnable::run);
        }
        assertThat(proxy.copiesCut()).isEqualTo(2);
        assertThat(server.rows(database, "t")).isZero();
        server.dropDatabase(database);
    }

    @Test
    void statements_beside_a_copy_and_later_copies_are_left_alone() throws Exception {
        try (var connection = connect();
                var other = connect()) {
            assertThat(copyOut(connection)).isEqualTo(200_000);
            proxy.cutCopies(1, 1, Cut.CLOSE);
            assertThat(value(other, "select repeat('d', 100000)")).hasSize(100_000);
            assertThatThrownBy(() -> copyOut(connection)).isInstanceOf(SQLException.class);
            assertThat(copyOut(other)).isEqualTo(200_000);
        }
        assertThat(proxy.copiesCut()).isEqualTo(1);
    }

    @Test
    void a_copy_is_seen_while_it_is_in_flight() throws Exception {
        try (var connection = connect()) {
            assertThat(proxy.copying()).isZero();
            var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (" + ROWS + ") to stdout");
            assertThat(copy.readFromCopy()).isNotEmpty();
            assertThat(proxy.copying()).isEqualTo(1);
            while (copy.readFromCopy() != null) {
                assertThat(copy.isActive()).isTrue();
            }
            assertThat(proxy.copying()).isZero();
        }
    }

    @Test
    void a_stall_holds_everything_back_and_loses_nothing() throws Exception {
        try (var connection = connect()) {
            proxy.stall();
            var answer = started(() -> value(connection, "select 'late'"));
            assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            proxy.resume();

            assertThat(answer.get()).isEqualTo("late");
        }
    }

    @Test
    void cuts_one_or_all() throws SQLException {
        try (var one = connect();
                var other = connect()) {
            assertThat(proxy.cutOne(Cut.RESET, new SplittableRandom(1))).isTrue();
            awaitConnections(1);
            assertThat(one.isValid(5) ^ other.isValid(5)).isTrue();

            assertThat(proxy.cutAll(Cut.CLOSE)).isEqualTo(1);
            awaitConnections(0);
            assertThat(one.isValid(5) || other.isValid(5)).isFalse();
            assertThat(proxy.cutOne(Cut.RESET, new SplittableRandom(1))).isFalse();
        }
    }

    @Test
    void cuts_after_so_many_bytes_of_a_direction() throws SQLException {
        try (var connection = connect()) {
            proxy.cutAfter(Direction.TO_CLIENT, 1_000_000, Cut.RESET);
            assertThat(value(connection, "select repeat('x', 400000)")).hasSize(400_000);
            assertThatThrownBy(() -> value(connection, "select repeat('x', 800000)"))
                    .isInstanceOf(SQLException.class);
        }
        try (var connection = connect()) {
            assertThat(value(connection, "select repeat('x', 2000000)")).hasSize(2_000_000);
        }
    }

    @Test
    void refuses_and_takes_again_on_the_same_port() throws SQLException {
        try (var open = connect()) {
            proxy.refuse();
            assertThatThrownBy(this::connect).hasMessageContaining("refused");
            assertThat(open.isValid(5)).isTrue();

            proxy.accept();

            try (var again = connect()) {
                assertThat(again.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void a_server_that_is_gone_looks_gone() {
        try (var own = TestServers.start(TestServers.DEFAULT_MAJOR);
                var before = FaultProxy.to(own)) {
            own.stopImmediately();
            assertThatThrownBy(() -> DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(before.port()),
                            TestServer.USER,
                            TestServer.PASSWORD))
                    .isInstanceOf(SQLException.class);
            assertThat(before.connections()).isZero();
        }
    }

    private Connection connect() throws SQLException {
        return connect("postgres");
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(proxy.port(), database),
                TestServer.USER,
                TestServer.PASSWORD);
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static long copyOut(Connection connection) throws Exception {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (" + ROWS + ") to stdout", OutputStream.nullOutputStream());
    }

    private static long copyIn(Connection connection, int rows) throws Exception {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy t from stdin", new Numbers(rows), 65_536);
    }

    private void awaitConnections(int expected) {
        while (proxy.connections() != expected) {
            Thread.onSpinWait();
        }
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    /** The line {@code 1}, again and again. */
    private static final class Numbers extends InputStream {
        private long left;

        Numbers(int rows) {
            left = 2L * rows;
        }

        @Override
        public int read() {
            return left-- <= 0 ? -1 : left % 2 == 1 ? '1' : '\n';
        }
    }
}
