package pgsync.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.task.NodeId;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

class RowValuesStayOutTest {
    private static Vertx vertx;
    private static Connector connector;
    private static Connection session;
    private static Endpoint endpoint;

    @BeforeAll
    static void connect() {
        TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
        var database = server.freshDatabase("values");
        server.sql(database, """
                create table bird (id text primary key, weight int not null check (weight > 0), name varchar(4));
                insert into bird values ('kanarie', 1, 'x');
                create table egg (bird text references bird);
                create type mood as enum ('sad');
                """);
        vertx = Vertx.vertx();
        connector = new Connector(vertx, new NodeId(new UUID(3, 4)), pause -> {}, Duration.ZERO, new Random(1));
        endpoint = Endpoint.parse(
                server.url(database),
                new Surroundings(Map.of(), java.nio.file.Path.of("/nowhere"), "me", Surroundings.realFiles()));
        session = connector.session(Side.TARGET, endpoint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    invalid input syntax for type integer: "ge"heim"        | invalid input syntax for type integer: "…"
                    ungültige Eingabesyntax für Typ integer: »geheim«       | ungültige Eingabesyntax für Typ integer: "…"
                    syntaxe en entrée invalide pour le type integer : « geheim » | syntaxe en entrée invalide pour le type integer : "…"
                    nieprawidłowa składnia wejścia dla typu integer: „geheim”    | nieprawidłowa składnia wejścia dla typu integer: "…"
                    neplatná vstupní syntaxe pro typ integer: „geheim“      | neplatná vstupní syntaxe pro typ integer: "…"
                    类型integer的输入语法无效:“geheim”                      | 类型integer的输入语法无效:"…"
                    value out of range: 5" tall                             | value out of range: 5" tall
                    """)
    void values_are_cut_out_however_a_server_quotes(String said, String told) {
        assertThat(ServerWords.reason("22P02", said)).isEqualTo(told + " (SQLSTATE 22P02)");
    }

    @AfterAll
    static void disconnect() throws SQLException {
        session.close();
        connector.close();
        vertx.close().await();
    }

    /** Each fails with the word kanarie, a row's value, in PostgreSQL's message, detail, context or statement. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "insert into bird values ('kanarie', 1)     | UNIQUE_VIOLATION     | duplicate key value violates unique constraint \"bird_pkey\" (SQLSTATE 23505, table public.bird, constraint bird_pkey)",
                "insert into bird values ('kanarie2', -1)   | CONSTRAINT_VIOLATION | new row for relation \"bird\" violates check constraint \"bird_weight_check\" (SQLSTATE 23514, table public.bird, constraint bird_weight_check)",
                "insert into bird values ('kanarie2', null) | CONSTRAINT_VIOLATION | null value in column \"weight\" of relation \"bird\" violates not-null constraint (SQLSTATE 23502, table public.bird, column weight)",
                "insert into egg values ('kanarie2')        | FOREIGN_KEY_VIOLATION | insert or update on table \"egg\" violates foreign key constraint \"egg_bird_fkey\" (SQLSTATE 23503, table public.egg, constraint egg_bird_fkey)",
                "select 'kanarie'::text::int                | BAD_VALUE | invalid input syntax for type integer: \"…\" (SQLSTATE 22P02)",
                "select 'a\"kanarie\"b'::text::int          | BAD_VALUE | invalid input syntax for type integer: \"…\" (SQLSTATE 22P02)",
                "select 'kanarie'::text::mood               | BAD_VALUE | invalid input value for enum mood: \"…\" (SQLSTATE 22P02)",
                "select 'kanarie'::text::date               | BAD_VALUE | invalid input syntax for type date: \"…\" (SQLSTATE 22007)",
                "select '{\"kanarie'::text::jsonb           | BAD_VALUE | invalid input syntax for type json (SQLSTATE 22P02)",
                "do $$begin perform 'kanarie'::text::int; end$$ | BAD_VALUE | invalid input syntax for type integer: \"…\" (SQLSTATE 22P02)",
            })
    void no_value_is_in_a_failure_of_either_driver(String sql, Trouble trouble, String reason) {
        var jdbc = catchThrowableOfType(
                StepFailed.class,
                () -> JdbcStep.run("store", () -> session.createStatement().execute(sql)));
        var pool = connector.pool(Side.TARGET, endpoint, 1);
        var vertx = catchThrowableOfType(
                StepFailed.class,
                () -> Step.await("store", () -> pool.query(sql).execute()));
        pool.close().await();

        for (var failure : new StepFailed[] {jdbc, vertx}) {
            assertThat(failure.trouble()).isEqualTo(trouble);
            assertThat(failure).hasMessage("store: " + reason);
            assertThat(trace(failure)).doesNotContain("kanarie");
        }
    }

    @Test
    void no_value_is_in_a_failure_of_copy() {
        var failure = catchThrowableOfType(
                StepFailed.class,
                () -> JdbcStep.call(
                        "copy",
                        () -> session.unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn("copy bird from stdin", new java.io.StringReader("a\tkanarie\tb\n"))));

        assertThat(failure).hasMessage("copy: invalid input syntax for type integer: \"…\" (SQLSTATE 22P02)");
        assertThat(trace(failure)).doesNotContain("kanarie");
    }

    @Test
    void a_broken_line_is_a_lost_connection_and_after_an_interrupt_a_stop() throws SQLException {
        var other = connector.session(Side.TARGET, endpoint);
        other.abort(Runnable::run);

        var failure = catchThrowableOfType(
                StepFailed.class,
                () -> JdbcStep.run("read", () -> other.createStatement().execute("select 1")));
        assertThat(failure.trouble()).isEqualTo(Trouble.CONNECTION_LOST);

        Thread.currentThread().interrupt();
        assertThat(catchThrowableOfType(
                        Stopped.class,
                        () -> JdbcStep.run("read", () -> other.createStatement().execute("select 1"))))
                .isNotNull();
        assertThat(Thread.interrupted()).isTrue();
    }

    private static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
