package pgsync.coordinator.moment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pgsync.sql.Step;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

class OldestTransactionTest {
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final String ROLE = "horizon_reader";

    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String database = server.freshDatabase("horizon");
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Step.await("close", vertx::close);
        server.dropDatabase(database);
        server.sql("postgres", "drop role if exists " + ROLE);
    }

    @Test
    void where_nothing_runs_it_is_now_less_a_margin() {
        var before = clock();

        var known = read(server, TestServer.USER, Duration.ofMinutes(10));

        assertThat(known.doubt()).isNull();
        assertThat(known.at()).isBetween(before.minus(MARGIN), clock().minus(MARGIN));
        assertThat(known.at().getOffset()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void the_oldest_transaction_holds_it_back_though_it_wrote_nothing() throws SQLException {
        try (var older = server.connect(database);
                var younger = server.connect(database)) {
            var began = begin(older);
            begin(younger);

            assertThat(read(server, TestServer.USER, Duration.ZERO))
                    .isEqualTo(new Horizon.Known(began.minus(MARGIN), null));
        }
    }

    @Test
    void transactions_of_another_database_do_not() throws SQLException {
        var other = server.freshDatabase("other");
        try (var elsewhere = server.connect(other)) {
            begin(elsewhere);
            var before = clock();

            assertThat(read(server, TestServer.USER, Duration.ZERO).at()).isAfterOrEqualTo(before.minus(MARGIN));
        }
        server.dropDatabase(other);
    }

    @Test
    void a_role_that_sees_no_others_reads_the_overlap_again_and_says_so() throws SQLException {
        server.sql(database, "create role " + ROLE + " login password 'secret'");
        try (var hidden = server.connect(database)) {
            begin(hidden);
            var before = clock();

            var known = read(server, ROLE, Duration.ofMinutes(10));

            assertThat(known.at())
                    .isBetween(
                            before.minus(MARGIN).minusMinutes(10),
                            clock().minus(MARGIN).minusMinutes(10));
            assertThat(requireNonNull(known.doubt()).warning())
                    .startsWith("this role cannot see other sessions' transactions on the source")
                    .contains("reading the last 10m again in each run");
        }
    }

    @Test
    void what_it_does_see_counts_beyond_the_overlap() throws SQLException {
        server.sql(database, "create role " + ROLE + " login password 'secret'");
        try (var own = server.connect(database, ROLE, TestServer.PASSWORD)) {
            var began = begin(own);

            assertThat(read(server, ROLE, Duration.ZERO).at()).isEqualTo(began.minus(MARGIN));
        }
    }

    @Test
    void a_role_that_reads_all_statistics_sees_them() throws SQLException {
        server.sql(database, "create role " + ROLE + " login password 'secret'", "grant pg_read_all_stats to " + ROLE);
        try (var other = server.connect(database)) {
            var began = begin(other);

            assertThat(read(server, ROLE, Duration.ZERO)).isEqualTo(new Horizon.Known(began.minus(MARGIN), null));
        }
    }

    @Test
    void a_session_that_tells_nothing_of_itself_is_told() throws SQLException {
        try (var silent = server.connect(database);
                var statement = silent.createStatement()) {
            statement.execute("set track_activities = off");

            assertThat(requireNonNull(read(server, TestServer.USER, Duration.ofHours(1))
                                    .doubt())
                            .warning())
                    .startsWith("sessions on the source run with track_activities = off: reading the last 1h again");
        }
    }

    @Test
    void prepared_transactions_leave_no_horizon() throws SQLException {
        try (var preparing = TestServers.start(TestServers.DEFAULT_MAJOR, Map.of("max_prepared_transactions", "2"))) {
            preparing.createDatabase(database);
            preparing.sql("postgres", "begin; create table t (); prepare transaction 'elsewhere'");
            assertThat(horizon(preparing, TestServer.USER, Duration.ZERO)).isInstanceOf(Horizon.Known.class);

            preparing.sql(database, "begin; create table t (); prepare transaction 'here'");
            assertThat(horizon(preparing, TestServer.USER, Duration.ZERO)).isInstanceOf(Horizon.Unknown.class);
        }
    }

    private Horizon.Known read(TestServer of, String role, Duration overlap) {
        return (Horizon.Known) horizon(of, role, overlap);
    }

    private Horizon horizon(TestServer of, String role, Duration overlap) {
        var options = new PgConnectOptions()
                .setHost(of.host())
                .setPort(of.port())
                .setDatabase(database)
                .setUser(role)
                .setPassword(TestServer.PASSWORD);
        var connection = Step.await("connect", () -> PgConnection.connect(vertx, options));
        try {
            return new OldestTransaction(overlap).read(connection);
        } finally {
            Step.await("close", connection::close);
        }
    }

    /** Begins a transaction that stays open, and gives what {@code now()} is in it. */
    private static OffsetDateTime begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select now()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class);
        }
    }

    private OffsetDateTime clock() {
        try (var connection = server.connect(database);
                var statement = connection.createStatement();
                var row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
