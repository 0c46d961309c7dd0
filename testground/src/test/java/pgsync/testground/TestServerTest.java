package pgsync.testground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestServerTest {
    @ParameterizedTest
    @MethodSource("pgsync.testground.TestServers#mainMajors")
    void starts_the_major_that_was_asked_for(int major) {
        var server = TestServers.shared(major);

        assertThat(server.count("postgres", "select current_setting('server_version_num')::int / 10000"))
                .isEqualTo(major);
        assertThat(server.value("postgres", "select datcollate from pg_database where datname = 'postgres'"))
                .isIn("C.UTF-8", "C");
        assertThat(server.value("postgres", "show server_encoding")).isEqualTo("UTF8");
    }

    @ParameterizedTest
    @MethodSource("pgsync.testground.TestServers#mainMajors")
    void what_was_committed_survives_a_crash_on_the_same_port(int major) {
        try (var server = TestServers.start(major)) {
            var port = server.port();
            server.sql("postgres", "create table kept (id int)", "insert into kept select generate_series(1, 1000)");

            server.stopImmediately();
            assertThatThrownBy(() -> server.connect("postgres")).isInstanceOf(SQLException.class);
            server.restart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(server.rows("postgres", "kept")).isEqualTo(1000);
            assertThat(server.log()).contains("automatic recovery");
        }
    }

    @Test
    void restarts_in_an_orderly_way_when_it_still_runs() {
        try (var server = TestServers.start(15)) {
            server.restart();

            assertThat(server.log()).contains("received fast shutdown request").doesNotContain("automatic recovery");
            assertThat(server.count("postgres", "select 1")).isEqualTo(1);
        }
    }

    @Test
    void settings_win_over_those_of_the_ground() {
        try (var server = TestServers.durable(15, Map.of("max_connections", "17", "application_name", "it's"))) {
            assertThat(server.value("postgres", "show max_connections")).isEqualTo("17");
            assertThat(server.value("postgres", "show fsync")).isEqualTo("on");
            assertThat(server.value("postgres", "show synchronous_commit")).isEqualTo("on");
        }
        assertThat(TestServers.shared(15).value("postgres", "show fsync")).isEqualTo("off");
    }

    @ParameterizedTest
    @MethodSource("pgsync.testground.TestServers#mainMajors")
    void drops_a_database_somebody_is_connected_to(int major) throws SQLException {
        var server = TestServers.shared(major);
        var database = server.freshDatabase("dropped");

        try (var guest = server.connect(database)) {
            server.dropDatabase(database);
            server.dropDatabase(database);

            assertThat(guest.isValid(5)).isFalse();
        }
        assertThat(server.count("postgres", "select count(*) from pg_database where datname = '" + database + "'"))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("pgsync.testground.TestServers#mainMajors")
    void a_role_needs_its_password(int major) throws SQLException {
        var server = TestServers.shared(major);
        server.sql(
                "postgres",
                "drop role if exists \"clerk one\"",
                "create role \"clerk one\" login password 'p@ss:word'");

        try (var connection = server.connect("postgres", "clerk one", "p@ss:word")) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThatThrownBy(() -> server.connect("postgres", "clerk one", "wrong"))
                .hasMessageContaining("password authentication failed");
        assertThat(server.url("a b", "clerk one", "p@ss:word"))
                .isEqualTo("postgres://clerk%20one:p%40ss%3Aword@127.0.0.1:" + server.port() + "/a%20b");
    }

    @Test
    void a_shared_server_cannot_be_taken_from_others() {
        var server = TestServers.shared(15);

        server.close();

        assertThat(server.count("postgres", "select 1")).isEqualTo(1);
        assertThatThrownBy(server::stopImmediately).hasMessageContaining("other tests use this server");
        assertThatThrownBy(server::restart).hasMessageContaining("other tests use this server");
    }

    @Test
    void names_the_profile_that_brings_a_missing_major() {
        assertThatThrownBy(() -> TestServers.start(9)).hasMessageContaining("no binaries of PostgreSQL 9");
    }

    @Test
    void a_refused_statement_names_the_database_and_the_reason() {
        assertThatThrownBy(() -> TestServers.shared(15).sql("postgres", "select nonsense"))
                .isInstanceOf(GroundFailed.class)
                .hasMessageContaining("in database postgres")
                .hasMessageContaining("nonsense");
    }
}
