package pgsync.worker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.claim.Claim;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Surroundings;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.JdbcStep;
import pgsync.sql.LogPlace;
import pgsync.sql.Step;
import pgsync.task.Fence;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.TableName;
import pgsync.task.TableSpec;
import pgsync.task.TaskId;
import pgsync.task.TaskSpec;
import pgsync.task.Work;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

/** What a session's transactions are, and that none stays open behind one that failed. */
class SessionsTest {
    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String database = server.freshDatabase("session");
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, new NodeId(UUID.randomUUID()), Pause.real());

    SessionsTest() {
        server.sql(database, "create table t (id int)");
    }

    @AfterEach
    void close() {
        connector.close();
        Step.await("close", vertx::close);
        server.dropDatabase(database);
    }

    private Endpoint endpoint(String name) {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        return Endpoint.parse(server.url(name), surroundings);
    }

    private SourceSession source() {
        return SourceSession.open(connector, endpoint(database));
    }

    private TargetSession target(boolean fenceHolds) {
        return TargetSession.open(connector, endpoint(database), (connection, claim) -> fenceHolds);
    }

    private static Claim claim(boolean replicaRole) {
        return claim(replicaRole, null);
    }

    private static Claim reading(String snapshot) {
        return claim(false, snapshot);
    }

    private static Claim claim(boolean replicaRole, @Nullable String snapshot) {
        var table = new TableSpec(
                new TableName("public", "t"),
                true,
                true,
                List.of(),
                List.of(),
                true,
                true,
                List.of(),
                null,
                null,
                true,
                false,
                List.of(),
                replicaRole,
                false,
                TableSpec.Hash.EXTENDED,
                false,
                List.of(),
                0);
        return new Claim(
                new TaskId(7),
                new RunId(UUID.randomUUID()),
                new Fence(1),
                1,
                0,
                snapshot,
                null,
                "reconcile",
                new TaskSpec(table, List.of(new Work.Reconcile()), null, true, 25, false, false));
    }

    private static String value(Connection connection, String query) {
        return JdbcStep.call("ask", () -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(query)) {
                row.next();
                return row.getString(1);
            }
        });
    }

    private static @Nullable Void insert(Connection connection) {
        JdbcStep.run("insert", () -> {
            try (var statement = connection.createStatement()) {
                statement.execute("insert into public.t values (1)");
            }
        });
        return null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero_damaged_pages", "ignore_checksum_failure"})
    void a_damaged_page_is_an_error_on_both_sides_whatever_the_database_says(String setting) {
        server.sql(TestServer.USER, "alter database " + database + " set " + setting + " = on");
        try (var source = source();
                var target = target(true)) {
            source.enterNow(null);
            assertThat(value(source.connection(), "show " + setting)).isEqualTo("off");
            assertThat(target.<String>write(claim(false), connection -> value(connection, "show " + setting)))
                    .isEqualTo("off");
        }
    }

    private String value(String query) {
        return String.valueOf(server.value(database, query));
    }

    private String state() {
        return server.value(
                database,
                "select coalesce(string_agg(state, ' '), 'nobody') from pg_stat_activity"
                        + " where application_name like 'pgsync %' and datname = current_database()");
    }

    // --- the source

    @Test
    void a_source_is_read_in_one_moment_and_not_written() {
        try (var session = source()) {
            session.enterNow(null);
            assertThat(value(session.connection(), "select count(*) from public.t"))
                    .isEqualTo("0");
            server.sql(database, "insert into t values (1)");

            assertThat(value(session.connection(), "select count(*) from public.t"))
                    .isEqualTo("0");
            assertThat(value(session.connection(), "show transaction_read_only"))
                    .isEqualTo("on");
            session.enterNow(null);
            assertThat(value(session.connection(), "select count(*) from public.t"))
                    .isEqualTo("1");
        }
    }

    @Test
    void a_session_that_left_holds_no_moment() {
        try (var session = source()) {
            session.leave();
            session.enterNow(null);
            assertThat(state()).isEqualTo("idle in transaction");

            session.leave();
            assertThat(state()).isEqualTo("idle");
            session.leave();
        }
    }

    private String exported(Connection holder) throws SQLException {
        try (var statement = holder.createStatement()) {
            statement.execute("begin isolation level repeatable read");
        }
        return value(holder, "select pg_export_snapshot()");
    }

    @Test
    void a_session_goes_from_one_moment_to_another() throws SQLException {
        try (var session = source();
                var first = server.connect(database);
                var second = server.connect(database)) {
            var before = exported(first);
            server.sql(database, "insert into t values (1)");
            var after = exported(second);

            session.enter(reading(before));
            assertThat(value(session.connection(), "select count(*) from public.t"))
                    .isEqualTo("0");
            session.enter(reading(after));
            assertThat(value(session.connection(), "select count(*) from public.t"))
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000003-00000001-1", "no'snapshot"})
    void a_moment_that_nobody_holds_is_gone(String snapshot) {
        try (var session = source()) {
            assertThatThrownBy(() -> session.enter(reading(snapshot)))
                    .isInstanceOfSatisfying(
                            StepFailed.class,
                            failed -> assertThat(failed.trouble()).isEqualTo(Trouble.SNAPSHOT_GONE));
            session.leave();
            session.enterNow(null);
            assertThat(value(session.connection(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void what_else_keeps_a_session_out_of_a_moment_is_told_as_what_it_is() throws SQLException {
        var other = server.freshDatabase("session");
        try (var session = source();
                var holder = server.connect(other)) {
            var snapshot = exported(holder);

            assertThatThrownBy(() -> session.enter(reading(snapshot)))
                    .isInstanceOfSatisfying(
                            StepFailed.class,
                            failed -> assertThat(failed.trouble()).isNotEqualTo(Trouble.SNAPSHOT_GONE))
                    .hasMessageContaining("different database");
        } finally {
            server.dropDatabase(other);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void a_moment_of_a_server_that_has_come_as_far_as_the_run_is_entered(long back) {
        var reached = Long.parseLong(value(LogPlace.ASK)) - back;
        try (var session = source()) {
            session.enterNow(reached);

            assertThat(value(session.connection(), "show transaction_isolation"))
                    .isEqualTo("repeatable read");
            server.sql(database, "insert into t values (1)");
            assertThat(value(session.connection(), "select count(*) from public.t"))
                    .isEqualTo("0");
        }
    }

    @Test
    void a_server_that_lags_behind_the_run_is_not_read() {
        var reached = Long.parseLong(value(LogPlace.ASK)) + (1L << 40);
        try (var session = source()) {
            assertThatThrownBy(() -> session.enterNow(reached))
                    .isInstanceOfSatisfying(
                            StepFailed.class,
                            failed -> assertThat(failed.trouble()).isEqualTo(Trouble.SOURCE_LAGS))
                    .hasMessageMatching(
                            "begin a snapshot on the source: this server of the source lags \\d+ bytes of log behind the one that the run began with");
            session.leave();
            assertThat(state()).isEqualTo("idle");
        }
    }

    @Test
    void a_server_that_does_not_tell_its_place_is_read_as_it_is() {
        server.sql(database, "revoke execute on function pg_current_wal_insert_lsn() from public");
        server.sql(database, "drop role if exists told_less", "create role told_less login password 'pw'");
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        var its = Endpoint.parse(server.url(database, "told_less", "pw"), surroundings);
        try (var session = SourceSession.open(connector, its)) {
            session.enterNow(1L << 60);

            assertThat(value(session.connection(), "show transaction_isolation"))
                    .isEqualTo("repeatable read");
            session.enterNow(1L << 60);
            assertThat(value(session.connection(), "select 1")).isEqualTo("1");
        }
        server.sql(database, "drop role told_less");
    }

    // --- the target

    @Test
    void a_write_commits_and_gives_what_its_body_gave() {
        try (var session = target(true)) {
            assertThat(session.<String>write(claim(false), connection -> {
                        insert(connection);
                        return value(connection, "show transaction_isolation");
                    }))
                    .isEqualTo("read committed");
            assertThat(state()).isEqualTo("idle");
        }
        assertThat(server.rows(database, "t")).isOne();
    }

    @Test
    void without_the_fence_no_body_runs() {
        try (var session = target(false)) {
            assertThatThrownBy(() -> session.write(claim(false), connection -> {
                        throw new IllegalStateException("the body ran");
                    }))
                    .isInstanceOf(FenceLost.class)
                    .hasMessageContaining("7");
            assertThat(state()).isEqualTo("idle");
        }
    }

    @Test
    void nothing_of_a_body_that_fails_stays() {
        try (var session = target(true)) {
            assertThatThrownBy(() -> session.write(claim(false), connection -> {
                        insert(connection);
                        throw new IllegalStateException("after the row");
                    }))
                    .hasMessage("after the row");
            assertThat(state()).isEqualTo("idle");
            assertThatThrownBy(() -> session.look(claim(false), connection -> {
                        insert(connection);
                        throw new IllegalStateException("after the look");
                    }))
                    .hasMessage("after the look");
            assertThat(state()).isEqualTo("idle");
        }
        assertThat(server.rows(database, "t")).isZero();
    }

    @Test
    void whoever_looks_writes_nothing_and_needs_no_fence() {
        try (var session = target(false)) {
            assertThat(session.<String>look(claim(false), connection -> {
                        insert(connection);
                        return value(connection, "select count(*) from public.t");
                    }))
                    .isEqualTo("1");
            assertThat(state()).isEqualTo("idle");
        }
        assertThat(server.rows(database, "t")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void triggers_are_kept_out_where_the_plan_says_so(boolean keptOut) {
        var expected = keptOut ? "replica" : "origin";
        try (var session = target(true)) {
            assertThat(session.<String>write(claim(keptOut), c -> value(c, "show session_replication_role")))
                    .isEqualTo(expected);
            assertThat(session.<String>look(claim(keptOut), c -> value(c, "show session_replication_role")))
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_session_that_broke_inside_of_a_body_is_told_by_what_broke_it() {
        try (var session = target(true)) {
            assertThatThrownBy(() -> session.write(claim(false), connection -> {
                        server.sql(
                                database,
                                "select pg_terminate_backend(pid) from pg_stat_activity"
                                        + " where application_name like 'pgsync %' and datname = current_database()");
                        return insert(connection);
                    }))
                    .isInstanceOfSatisfying(
                            StepFailed.class,
                            failed -> assertThat(failed.getMessage()).contains("insert"))
                    .satisfies(failed -> assertThat(failed.getSuppressed())
                            .singleElement()
                            .satisfies(beside -> assertThat(beside).hasMessageContaining("roll back on the target")));
        }
    }

    @Test
    void sessions_that_are_closed_are_gone() {
        source().close();
        target(true).close();
        // The server notices it a moment later.
        for (var looks = 0; looks < 10_000 && !state().equals("nobody"); looks++) {
            Thread.onSpinWait();
        }
        assertThat(state()).isEqualTo("nobody");
    }
}
