package pgsync.testground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What whole-run tests need of the ground, and so the first to run where servers are containers. */
@Tag("whole-run")
class WholeGroundTest {
    private static final int MAJOR = TestServers.DEFAULT_MAJOR;

    @Test
    void two_servers_with_the_same_shop_are_equal_until_one_changes() throws SQLException {
        try (var source = TestServers.start(MAJOR);
                var target = TestServers.shared(MAJOR)) {
            var from = source.freshDatabase("source");
            var to = target.freshDatabase("target");
            SampleSchema.createAndFill(source, from, 200, 1);
            SampleSchema.createAndFill(target, to, 200, 1);
            assertThat(Oracle.compare(source, from, target, to).differences()).isEmpty();

            try (var connection = source.connect(from)) {
                new RandomChanges(1).apply(connection, 50);
            }

            assertThat(Oracle.compare(source, from, target, to).equal()).isFalse();
        }
    }

    @Test
    void a_server_comes_back_on_its_port_with_its_data_and_settings() {
        try (var server = TestServers.start(MAJOR, Map.of("max_connections", "33"))) {
            var url = server.url("postgres");
            server.sql("postgres", "create table kept as select generate_series(1, 100) as id");

            server.stopImmediately();
            assertThatThrownBy(() -> server.connect("postgres")).isInstanceOf(SQLException.class);
            server.restart();
            server.restart();

            assertThat(server.url("postgres")).isEqualTo(url);
            assertThat(server.rows("postgres", "kept")).isEqualTo(100);
            assertThat(server.value("postgres", "show max_connections")).isEqualTo("33");
            assertThat(server.log()).contains("automatic recovery");
        }
    }

    @Test
    void servers_are_where_the_environment_wants_them() {
        var server = TestServers.shared(MAJOR);

        var dataDirectory = server.value("postgres", "show data_directory");

        assertThat(dataDirectory)
                .isEqualTo(
                        TestServers.inContainers()
                                ? "/data"
                                : server.dataDirectory().toString());
    }
}
