package pgsync.worker.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pgsync.error.StepFailed;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

class RowsMovedTest {
    /** Longer than what a sink holds back, exactly as long, and nothing. */
    private static final String ROWS = """
            select n, case n % 5 when 0 then repeat('x', 70000) when 1 then null when 2 then ''
                                 when 3 then repeat('y', 65536 - 12) else 'some' end as v
              from generate_series(1, 200) n
            """;

    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String database = server.freshDatabase("moved");
    private Connection source;
    private Connection target;

    @BeforeEach
    void connect() throws SQLException {
        server.sql(database, "create table a as " + ROWS, "create table b (like a)");
        source = server.connect(database);
        target = server.connect(database);
        target.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        source.close();
        target.close();
        server.dropDatabase(database);
    }

    @ParameterizedTest
    @EnumSource(RowFormat.class)
    void every_row_arrives_as_it_was(RowFormat format) throws SQLException {
        var bytes = 0L;
        try (var rows = RowStream.open("read", source, "select n, v from a", format);
                var sink = RowSink.open("write", target, "b (n, v)", format)) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                sink.write(row);
                bytes += row.length;
            }
            sink.finish();
            assertThat(rows.next()).isNull();
            assertThat(rows.hasNext()).isFalse();
            assertThat(sink.rows()).isEqualTo(200);
            assertThat(sink.bytes()).isEqualTo(bytes);
        }
        target.commit();

        assertThat(server.value(database, "select count(*) from (select * from a except select * from b) d"))
                .isEqualTo("0");
        assertThat(server.rows(database, "b")).isEqualTo(200);
        assertUsable(source);
    }

    @ParameterizedTest
    @EnumSource(RowFormat.class)
    void a_look_ahead_takes_no_row_away(RowFormat format) throws SQLException {
        try (var rows = RowStream.open("read", source, "select n from a where n <= 2 order by n", format)) {
            assertThat(rows.hasNext()).isTrue();
            var first = rows.peek();
            assertThat(rows.peek()).isSameAs(first);
            assertThat(rows.next()).isSameAs(first);
            assertThat(rows.next()).isNotNull().isNotEqualTo(first);
            assertThat(rows.peek()).isNull();
            assertThat(rows.next()).isNull();
        }
        assertUsable(source);
    }

    @ParameterizedTest
    @EnumSource(RowFormat.class)
    void no_row_is_no_trouble(RowFormat format) throws SQLException {
        try (var rows = RowStream.open("read", source, "select n, v from a where false", format);
                var sink = RowSink.open("write", target, "b (n, v)", format)) {
            assertThat(rows.hasNext()).isFalse();
            sink.finish();
            assertThat(sink.rows()).isZero();
        }
        assertUsable(source);
        assertUsable(target);
    }

    @Test
    void rows_without_columns_are_counted() {
        server.sql(database, "create table none ()", "insert into none default values");

        try (var rows = RowStream.open("read", source, "select from none", RowFormat.BINARY)) {
            assertThat(rows.next()).isEqualTo(new byte[] {0, 0});
            assertThat(rows.next()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(RowFormat.class)
    void a_stream_that_is_left_early_is_ended_on_the_server(RowFormat format) throws SQLException {
        try (var rows = RowStream.open("read", source, "select n, v from a", format)) {
            assertThat(rows.next()).isNotNull();
        }

        // The driver tells of the end at the next statement: nobody may go on with such a connection, and nobody does.
        assertThatThrownBy(() -> assertUsable(source)).isInstanceOf(SQLException.class);
        assertUsable(source);
    }

    @Test
    void a_sink_that_was_not_finished_writes_nothing() throws SQLException {
        try (var sink = RowSink.open("write", target, "b (n, v)", RowFormat.TEXT)) {
            sink.write("1\tx\n".getBytes(StandardCharsets.UTF_8));
        }
        target.rollback();

        assertUsable(target);
        assertThat(server.rows(database, "b")).isZero();
    }

    @Test
    void a_row_that_is_refused_is_told_at_the_end_at_the_latest() {
        try (var sink = RowSink.open("write", target, "b (n, v)", RowFormat.TEXT)) {
            sink.write("no number\tx\n".getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(sink::finish).isInstanceOf(StepFailed.class);
        }
    }

    private static void assertUsable(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select 1")) {
            assertThat(row.next()).isTrue();
        }
    }
}
