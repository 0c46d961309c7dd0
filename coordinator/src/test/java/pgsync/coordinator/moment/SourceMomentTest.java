package pgsync.coordinator.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.LogPlace;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

/** One connection is all that it may need: whoever keeps one waits for the next for ever. */
class SourceMomentTest {
    private static final Horizon HORIZON = new Horizon.Known(OffsetDateTime.parse("2026-11-23T10:00:00Z"), null);

    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String database = server.freshDatabase("moment");
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, new NodeId(UUID.randomUUID()), Pause.real());
    private Pool pool;

    @BeforeEach
    void one_row_is_there() {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        pool = connector.pool(Side.SOURCE, Endpoint.parse(server.url(database), surroundings), 1);
        server.sql(database, "create table t (n int)", "insert into t values (1)");
    }

    @AfterEach
    void close() {
        connector.close();
        Step.await("close", vertx::close);
        server.dropDatabase(database);
    }

    @Test
    void whoever_enters_the_snapshot_sees_what_was_there_until_it_is_closed() throws SQLException {
        var moment = SourceMoment.open(pool, source -> HORIZON, true);
        insert();

        assertThat(moment.horizon()).isEqualTo(HORIZON);
        assertThat(moment.alive()).isTrue();
        assertThat(rowsIn(moment.snapshot())).isEqualTo(1);
        moment.check();
        assertThat(moment.alive()).isTrue();

        moment.close();
        assertThatThrownBy(() -> rowsIn(moment.snapshot())).isInstanceOf(SQLException.class);
        assertThat(openTransactions()).isEqualTo("0");
    }

    @Test
    void what_commits_after_the_horizon_was_read_is_in_the_snapshot() throws SQLException {
        HorizonRule rule = source -> {
            insert();
            return HORIZON;
        };

        try (var moment = SourceMoment.open(pool, rule, true)) {
            assertThat(rowsIn(moment.snapshot())).isEqualTo(2);
        }
    }

    @Test
    void tasks_that_take_their_own_snapshot_need_none() {
        try (var moment = SourceMoment.open(pool, source -> HORIZON, false)) {
            assertThat(moment.snapshot()).isNull();
            assertThat(moment.alive()).isTrue();
            moment.check();
            assertThat(moment.alive()).isTrue();
            assertThat(openTransactions()).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_knows_how_far_the_source_had_come(boolean exports) {
        SourcePosition first;
        try (var moment = SourceMoment.open(pool, source -> HORIZON, exports)) {
            first = moment.position();
        }
        insert();

        try (var moment = SourceMoment.open(pool, source -> HORIZON, exports)) {
            assertThat(first.timeline()).isEqualTo(1);
            assertThat(moment.position().mayLack(first)).isFalse();
            assertThat(first.mayLack(moment.position())).isTrue();
        }
    }

    /** As on clouds, where it is no matter of rights. */
    @ParameterizedTest
    @CsvSource({
        "true, pg_control_checkpoint()",
        "true, pg_control_recovery()",
        "true, pg_current_wal_insert_lsn()",
        "false, pg_control_checkpoint()"
    })
    void a_source_that_does_not_tell_how_far_it_has_come_is_read_all_the_same(boolean exports, String function)
            throws SQLException {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        server.sql(
                database,
                "drop role if exists knows_little",
                "create role knows_little login password 'pw'",
                "revoke execute on function " + function + " from public");
        var its = connector.pool(
                Side.SOURCE, Endpoint.parse(server.url(database, "knows_little", "pw"), surroundings), 1);

        try (var moment = SourceMoment.open(its, source -> HORIZON, exports)) {
            assertThat(moment.position()).isNull();
            if (exports) {
                assertThat(rowsIn(moment.snapshot())).isEqualTo(1);
            }
            moment.check();
            assertThat(moment.alive()).isTrue();
        }
        Step.await("close", its::close);
        server.sql(database, "drop role knows_little");
    }

    @Test
    void when_the_holder_is_gone_another_snapshot_is_taken_and_the_horizon_stays() throws SQLException {
        try (var moment = SourceMoment.open(pool, source -> HORIZON, true)) {
            var first = moment.snapshot();
            insert();
            server.sql(
                    database,
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database() and state = 'idle in transaction'");

            moment.check();
            assertThat(moment.alive()).isFalse();
            moment.exportAgain();

            assertThat(moment.alive()).isTrue();
            assertThat(moment.snapshot()).isNotEqualTo(first);
            assertThat(moment.horizon()).isEqualTo(HORIZON);
            assertThat(rowsIn(moment.snapshot())).isEqualTo(2);
        }
    }

    @Test
    void another_snapshot_ends_the_one_before() {
        try (var moment = SourceMoment.open(pool, source -> HORIZON, true)) {
            moment.exportAgain();

            assertThat(openTransactions()).isEqualTo("1");
        }
    }

    @Test
    void a_run_that_another_began_keeps_its_horizon_and_has_lost_its_snapshot() throws SQLException {
        try (var moment = SourceMoment.again(pool, HORIZON, null, "lost")) {
            assertThat(moment.alive()).isFalse();
            assertThat(moment.snapshot()).isEqualTo("lost");
            assertThat(moment.horizon()).isEqualTo(HORIZON);

            moment.exportAgain();
            assertThat(moment.alive()).isTrue();
            assertThat(rowsIn(moment.snapshot())).isEqualTo(1);
        }
        try (var moment = SourceMoment.again(pool, HORIZON, null, null)) {
            assertThat(moment.alive()).isTrue();
        }
    }

    @Test
    void it_knows_how_far_the_source_had_come_at_the_horizon_and_not_at_the_snapshot() {
        HorizonRule rule = source -> {
            insert();
            return HORIZON;
        };
        var before = place();

        try (var moment = SourceMoment.open(pool, rule, true)) {
            assertThat(moment.reached()).isGreaterThan(before);
            insert();
            assertThat(moment.reached()).isLessThan(place());
            moment.exportAgain();
            assertThat(moment.alive()).isTrue();
        }
    }

    @Test
    void no_snapshot_is_taken_of_a_server_that_has_not_come_as_far_as_the_runs_horizon() {
        try (var moment = SourceMoment.again(pool, HORIZON, place() + (1L << 40), "lost")) {
            assertThatThrownBy(moment::exportAgain)
                    .isInstanceOfSatisfying(
                            StepFailed.class,
                            failed -> assertThat(failed.trouble()).isEqualTo(Trouble.SOURCE_LAGS));
            assertThat(moment.alive()).isFalse();
            assertThatThrownBy(moment::exportAgain)
                    .as("another connection, or none yet")
                    .isInstanceOfSatisfying(
                            StepFailed.class,
                            failed -> assertThat(failed.trouble().then()).isEqualTo(Trouble.Then.RETRY));
        }
        assertThat(openTransactions()).isEqualTo("0");
    }

    @Test
    void a_later_server_that_does_not_tell_its_place_is_read_as_it_is() throws SQLException {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        server.sql(
                database,
                "drop role if exists is_told_less",
                "create role is_told_less login password 'pw'",
                "grant select on t to is_told_less",
                "revoke execute on function pg_current_wal_insert_lsn() from public");
        var its = connector.pool(
                Side.SOURCE, Endpoint.parse(server.url(database, "is_told_less", "pw"), surroundings), 1);

        try (var moment = SourceMoment.again(its, HORIZON, place() + (1L << 40), "lost")) {
            moment.exportAgain();
            assertThat(rowsIn(moment.snapshot())).isEqualTo(1);
        }
        assertThat(openTransactions()).isEqualTo("0");
        Step.await("close", its::close);
        server.sql(database, "revoke select on t from is_told_less", "drop role is_told_less");
    }

    private long place() {
        return Long.parseLong(String.valueOf(server.value(database, LogPlace.ASK)));
    }

    private void insert() {
        server.sql(database, "insert into t values (2)");
    }

    private String openTransactions() {
        return String.valueOf(
                server.value(
                        database,
                        "select count(*) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'"));
    }

    private int rowsIn(String snapshot) throws SQLException {
        try (var connection = server.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("begin isolation level repeatable read");
            statement.execute("set transaction snapshot '" + snapshot + "'");
            try (var row = statement.executeQuery("select count(*) from t")) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
