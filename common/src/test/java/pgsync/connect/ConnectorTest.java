package pgsync.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PreferQueryMode;
import org.slf4j.LoggerFactory;
import pgsync.config.InvalidConfig;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Step;
import pgsync.task.NodeId;

class ConnectorTest {
    private static final String WHO = """
            select concat_ws('|', session_user, current_database(), coalesce((select ssl::text from pg_stat_ssl where pid = pg_backend_pid()), ''),
                   coalesce(host(inet_server_addr()), 'unix'), pg_is_in_recovery()::text)
            """;

    private static Vertx vertx;
    private static Ground ground;
    private static final NodeId NODE = new NodeId(new UUID(1, 2));

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final List<Duration> pauses = new ArrayList<>();
    private int port;

    enum Door {
        POOL {
            @Override
            String ask(Connector connector, Endpoint endpoint, String sql) {
                var pool = connector.pool(Side.SOURCE, endpoint, 2);
                return Step.await("ask", () -> pool.query(sql).execute())
                        .iterator()
                        .next()
                        .getString(0);
            }
        },
        SESSION {
            @Override
            String ask(Connector connector, Endpoint endpoint, String sql) throws SQLException {
                try (var session = connector.session(Side.SOURCE, endpoint);
                        var rows = session.createStatement().executeQuery(sql)) {
                    rows.next();
                    return rows.getString(1);
                }
            }
        };

        abstract String ask(Connector connector, Endpoint endpoint, String sql) throws SQLException;
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        ground = Ground.get();
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    private Endpoint endpoint(String text) {
        port = ground.primary.port();
        var around = new Surroundings(environment, home, "postgres", Surroundings.realFiles());
        return Endpoint.parse(
                text.replace("PORT2", "" + ground.standby.port())
                        .replace("PORT", "" + port)
                        .replace("PW", Ground.CANARY)
                        .replace("DIR", ground.directory.toString()),
                around);
    }

    private Connector connector(Duration patience) {
        return new Connector(vertx, NODE, pauses::add, patience, new Random(1));
    }

    private String who(Door door, String text) throws SQLException {
        var endpoint = endpoint(text);
        try (var connector = connector(Duration.ZERO)) {
            return door.ask(connector, endpoint, WHO);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_role_has_set_for_sessions_does_not_hold_between_our_transactions(Door door) throws SQLException {
        var endpoint = endpoint("postgres://postgres@127.0.0.1:PORT/postgres?options="
                + "-c%20default_transaction_isolation%3Dserializable%20-c%20idle_session_timeout%3D1s");
        try (var connector = connector(Duration.ZERO)) {
            assertThat(
                            door.ask(
                                    connector,
                                    endpoint,
                                    "select concat_ws(' ', current_setting('transaction_isolation'), current_setting('idle_session_timeout'))"))
                    .isEqualTo("read committed 0");
        }
    }

    private StepFailed refused(Door door, String text) {
        return catchThrowableOfType(StepFailed.class, () -> who(door, text));
    }

    static Stream<String> welcome() {
        return Stream.of(
                "postgres://scram_user:PW@127.0.0.1:PORT/postgres?sslmode=disable -> scram_user|postgres|false|127.0.0.1|false",
                "postgres://md5_user:PW@127.0.0.1:PORT/postgres?sslmode=disable -> md5_user|postgres|false|127.0.0.1|false",
                "postgres://plain_user:PW@127.0.0.1:PORT/postgres -> plain_user|postgres|true|127.0.0.1|false",
                "postgres://no%27one%3A%5c:PW@127.0.0.1:PORT/sh%20op%2F%C3%BC -> no'one:\\|sh op/ü|true|127.0.0.1|false",
                "host=127.0.0.1 port=PORT user='no\\'one:\\\\' dbname='sh op/ü' password=PW -> no'one:\\|sh op/ü|true|127.0.0.1|false",
                "postgres://scram_user:PW@/postgres?host=DIR&port=PORT -> scram_user|postgres|false|unix|false",
                "host=DIR port=PORT user=trusted dbname=postgres sslmode=verify-full sslrootcert=DIR/root.crt -> trusted|postgres|false|unix|false",
                // The first host is dead, or has no such name, or is of the wrong kind.
                "postgres://trusted@127.0.0.1:1,127.0.0.1:PORT/postgres -> trusted|postgres|true|127.0.0.1|false",
                "postgres://trusted@no.such.host.invalid,127.0.0.1:PORT/postgres?port=PORT -> trusted|postgres|true|127.0.0.1|false",
                "postgres://postgres@127.0.0.1:PORT2,127.0.0.1:PORT/postgres?target_session_attrs=primary -> postgres|postgres|true|127.0.0.1|false",
                "postgres://postgres@127.0.0.1:PORT2,127.0.0.1:PORT/postgres?target_session_attrs=read-write -> postgres|postgres|true|127.0.0.1|false",
                "postgres://postgres@127.0.0.1:PORT,127.0.0.1:PORT2/postgres?target_session_attrs=standby -> postgres|postgres|false|127.0.0.1|true",
                "postgres://postgres@127.0.0.1:PORT,127.0.0.1:PORT2/postgres?target_session_attrs=read-only -> postgres|postgres|false|127.0.0.1|true",
                "postgres://postgres@127.0.0.1:PORT,127.0.0.1:PORT2/postgres?target_session_attrs=prefer-standby -> postgres|postgres|false|127.0.0.1|true",
                "postgres://postgres@127.0.0.1:PORT,127.0.0.1:1/postgres?target_session_attrs=prefer-standby -> postgres|postgres|true|127.0.0.1|false",
                "postgres://postgres@127.0.0.1:PORT2/postgres?target_session_attrs=any -> postgres|postgres|false|127.0.0.1|true",
                "postgres://postgres@127.0.0.1:PORT/postgres?options=-c%20default_transaction_read_only%3Don&target_session_attrs=read-only -> postgres|postgres|true|127.0.0.1|false",
                // TLS: prefer and allow take what pg_hba.conf wants; the rest means what it says.
                "postgres://nossl_user:PW@127.0.0.1:PORT/postgres -> nossl_user|postgres|false|127.0.0.1|false",
                "postgres://ssl_user:PW@127.0.0.1:PORT/postgres?sslmode=allow -> ssl_user|postgres|true|127.0.0.1|false",
                "postgres://trusted@127.0.0.1:PORT/postgres?sslmode=allow -> trusted|postgres|false|127.0.0.1|false",
                "postgres://trusted@127.0.0.1:PORT/postgres?sslmode=require -> trusted|postgres|true|127.0.0.1|false",
                "postgres://trusted@127.0.0.1:PORT/postgres?sslmode=verify-ca&sslrootcert=DIR/root.crt -> trusted|postgres|true|127.0.0.1|false",
                "postgres://trusted@localhost:PORT/postgres?sslmode=verify-full&sslrootcert=DIR/root.crt -> trusted|postgres|true|127.0.0.1|false",
                "postgres://trusted@127.0.0.2:PORT/postgres?sslmode=verify-full&sslrootcert=DIR/root.crt -> trusted|postgres|true|127.0.0.2|false",
                "host=localhost hostaddr=127.0.0.2 port=PORT user=trusted dbname=postgres sslmode=verify-full sslrootcert=DIR/root.crt -> trusted|postgres|true|127.0.0.2|false",
                "postgres://cert_user@127.0.0.1:PORT/postgres?sslcert=DIR/cert_user.crt&sslkey=DIR/cert_user.key -> cert_user|postgres|true|127.0.0.1|false",
                "postgres://ec_user@127.0.0.1:PORT/postgres?sslmode=verify-ca&sslrootcert=DIR/root.crt&sslcert=DIR/ec_user.crt&sslkey=DIR/ec_user.key -> ec_user|postgres|true|127.0.0.1|false");
    }

    static Stream<Arguments> welcomeAtEachDoor() {
        return welcome().flatMap(line -> Stream.of(Door.values()).map(d -> Arguments.of(d, line)));
    }

    @ParameterizedTest
    @MethodSource("welcomeAtEachDoor")
    void gets_in(Door door, String line) throws Exception {
        var parts = line.split(" -> ", -1);

        assertThat(who(door, parts[0])).isEqualTo(parts[1]);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                        "postgres://scram_user:wrongPW@127.0.0.1:PORT/postgres -> NOT_AUTHENTICATED -> source postgres://scram_user@127.0.0.1:PORT/postgres: password authentication failed for user \"scram_user\" (SQLSTATE 28P01)",
                        "postgres://scram_user:wrongPW@/postgres?host=DIR&port=PORT -> NOT_AUTHENTICATED -> source postgres://scram_user@/postgres?host=DIR&port=PORT: password authentication failed for user \"scram_user\" (SQLSTATE 28P01)",
                        "postgres://md5_user:wrongPW@127.0.0.1:PORT/postgres?sslmode=disable -> NOT_AUTHENTICATED -> source postgres://md5_user@127.0.0.1:PORT/postgres: password authentication failed for user \"md5_user\" (SQLSTATE 28P01)",
                        "postgres://scram_user@127.0.0.1:PORT/postgres -> NOT_AUTHENTICATED -> source postgres://scram_user@127.0.0.1:PORT/postgres: the server asks for a password and none was given",
                        "postgres://md5_user@127.0.0.1:PORT/postgres?sslmode=disable -> NOT_AUTHENTICATED -> source postgres://md5_user@127.0.0.1:PORT/postgres: the server asks for a password and none was given",
                        "postgres://trusted:PW@127.0.0.1:PORT/nothing -> NO_SUCH_DATABASE -> source postgres://trusted@127.0.0.1:PORT/nothing: database \"nothing\" does not exist (SQLSTATE 3D000)",
                        "postgres://trusted:PW@127.0.0.1:PORT/postgres?options=-c%20foo -> NOT_ACCEPTED -> source postgres://trusted@127.0.0.1:PORT/postgres: -c foo requires a value (SQLSTATE 42601)",
                        "postgres://trusted:PW@127.0.0.1:PORT/postgres?options=-c%20work_mem%3Dx -> NOT_ACCEPTED -> source postgres://trusted@127.0.0.1:PORT/postgres: invalid value for parameter \"work_mem\": \"x\" (SQLSTATE 22023)",
                        "postgres://nobody:PW@127.0.0.1:PORT/postgres?sslmode=disable -> NOT_AUTHENTICATED -> source postgres://nobody@127.0.0.1:PORT/postgres: no pg_hba.conf entry for host \"127.0.0.1\", user \"nobody\", database \"postgres\", no encryption (SQLSTATE 28000)",
                        "postgres://ssl_user:PW@127.0.0.1:PORT/postgres?sslmode=disable -> NOT_AUTHENTICATED -> source postgres://ssl_user@127.0.0.1:PORT/postgres: no pg_hba.conf entry for host \"127.0.0.1\", user \"ssl_user\", database \"postgres\", no encryption (SQLSTATE 28000)",
                        // A server that answers with an error ends the search: libpq stops there, too.
                        "postgres://trusted:PW@127.0.0.1:1,127.0.0.1:PORT,127.0.0.2:PORT/nothing -> NO_SUCH_DATABASE -> source postgres://trusted@127.0.0.1:PORT/nothing: database \"nothing\" does not exist (SQLSTATE 3D000)",
                        "postgres://trusted:PW@127.0.0.1:1/postgres -> UNREACHABLE -> source postgres://trusted@127.0.0.1:1/postgres: Connection refused",
                        "postgres://trusted:PW@127.0.0.1:1,127.0.0.2:2/postgres -> UNREACHABLE -> source postgres://trusted@127.0.0.1:1,127.0.0.2:2/postgres: 127.0.0.1:1: Connection refused; 127.0.0.2:2: Connection refused",
                        "postgres://trusted:PW@no.such.host.invalid/postgres -> UNREACHABLE -> source postgres://trusted@no.such.host.invalid:5432/postgres: unknown host no.such.host.invalid",
                        "postgres://trusted:PW@/postgres?host=/no/such/directory -> UNREACHABLE -> source postgres://trusted@/postgres?host=/no/such/directory: no server at socket /no/such/directory/.s.PGSQL.5432",
                        "postgres://postgres:PW@127.0.0.1:PORT2/postgres?sslmode=require -> TLS_REFUSED -> source postgres://postgres@127.0.0.1:PORT2/postgres: the server does not offer TLS",
                        "postgres://trusted:PW@127.0.0.1:PORT/postgres?sslmode=verify-ca&sslrootcert=DIR/other.crt -> TLS_REFUSED -> source postgres://trusted@127.0.0.1:PORT/postgres: .*(PKIX|trust|path).*",
                        "postgres://trusted:PW@127.0.0.1:PORT/postgres?sslmode=require&sslrootcert=DIR/other.crt -> TLS_REFUSED -> source postgres://trusted@127.0.0.1:PORT/postgres: .*(PKIX|trust|path).*",
                        "postgres://trusted:PW@localhost:PORT/postgres?sslrootcert=system -> TLS_REFUSED -> source postgres://trusted@localhost:PORT/postgres: .*(PKIX|trust|path).*",
                        "postgres://trusted:PW@127.0.0.1:PORT/postgres?sslmode=verify-full&sslrootcert=DIR/root.crt -> TLS_REFUSED -> source postgres://trusted@127.0.0.1:PORT/postgres: server certificate does not match host name \"127.0.0.1\"",
                        "postgres://cert_user:PW@127.0.0.1:PORT/postgres?sslmode=require -> NOT_AUTHENTICATED -> source postgres://cert_user@127.0.0.1:PORT/postgres: connection requires a valid client certificate (SQLSTATE 28000)",
                        "postgres://cert_user:PW@127.0.0.1:PORT/postgres?sslmode=require&sslcert=DIR/ec_user.crt&sslkey=DIR/ec_user.key -> NOT_AUTHENTICATED -> source postgres://cert_user@127.0.0.1:PORT/postgres: certificate authentication failed for user \"cert_user\" (SQLSTATE 28000)",
                        "postgres://cert_user:PW@127.0.0.1:PORT/postgres?sslmode=require&sslcert=DIR/cert_user.crt&sslkey=DIR/root.crt -> TLS_REFUSED -> source postgres://cert_user@127.0.0.1:PORT/postgres: private key file DIR/root.crt has group or world access; permissions must be 0600 or less, or 0640 or less with owner root",
                        "postgres://cert_user:PW@127.0.0.1:PORT/postgres?sslmode=prefer&sslcert=DIR/cert_user.crt&sslkey=DIR/root.crt -> NOT_AUTHENTICATED -> source postgres://cert_user@127.0.0.1:PORT/postgres: no pg_hba.conf entry for host \"127.0.0.1\", user \"cert_user\", database \"postgres\", no encryption (SQLSTATE 28000); with TLS: private key file DIR/root.crt has group or world access; permissions must be 0600 or less, or 0640 or less with owner root",
                        "postgres://nobody:PW@127.0.0.1:PORT2/postgres?sslmode=prefer -> NOT_AUTHENTICATED -> source postgres://nobody@127.0.0.1:PORT2/postgres: password authentication failed for user \"nobody\" (SQLSTATE 28P01)",
                        "postgres://trusted:PW@127.0.0.1:PORT/postgres?target_session_attrs=standby -> UNREACHABLE -> source postgres://trusted@127.0.0.1:PORT/postgres: the server is a primary, target_session_attrs=standby wanted",
                        "postgres://postgres:PW@127.0.0.1:PORT2/postgres?target_session_attrs=read-write -> READ_ONLY -> source postgres://postgres@127.0.0.1:PORT2/postgres: the server is a standby, target_session_attrs=read-write wanted")
                .flatMap(line -> Stream.of(Door.values()).map(d -> Arguments.of(d, line)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void says_who_would_not_have_us_and_why(Door door, String line) {
        var parts = line.split(" -> ", -1);
        var expected = parts[2].replace("PORT2", "" + ground.standby.port())
                .replace("PORT", "" + ground.primary.port())
                .replace("DIR", ground.directory.toString());

        var failure = refused(door, parts[0]);

        assertThat(failure.trouble()).isEqualTo(Trouble.valueOf(parts[1]));
        if (expected.contains(".*")) {
            assertThat(failure.getMessage()).matches(expected);
        } else {
            assertThat(failure.getMessage()).isEqualTo(expected);
        }
        assertThat(trace(failure)).doesNotContain(Ground.CANARY);
        assertThat(pauses).isEmpty();
    }

    private static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void an_unreachable_server_is_warned_of_once_and_not_at_every_attempt(Door door) {
        var told = new ListAppender<ILoggingEvent>();
        told.start();
        var log = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Dialer.class);
        log.addAppender(told);
        try (var connector = connector(Duration.ofSeconds(30))) {
            catchThrowableOfType(
                    StepFailed.class, () -> door.ask(connector, endpoint("postgresql://u@127.0.0.1:1/nowhere"), WHO));
        } finally {
            log.detachAppender(told);
        }

        assertThat(pauses).hasSizeGreaterThan(8);
        assertThat(told.list)
                .filteredOn(line -> line.getLevel() == Level.WARN)
                .singleElement()
                .asString()
                .contains("next attempt in");
    }

    @ParameterizedTest
    @EnumSource
    void keeps_trying_an_unreachable_server_with_growing_pauses_until_patience_ends(Door door) {
        var endpoint = endpoint("postgres://trusted@127.0.0.1:1/postgres");

        try (var connector = connector(Duration.ofSeconds(30))) {
            var failure = catchThrowableOfType(StepFailed.class, () -> door.ask(connector, endpoint, WHO));

            assertThat(failure.trouble()).isEqualTo(Trouble.UNREACHABLE);
        }
        assertThat(pauses.size()).isBetween(8, 20);
        assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(pauses.getLast()).isBetween(Duration.ofMillis(2500), Duration.ofMillis(5000));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void gets_in_once_the_server_is_there(Door door) throws Exception {
        var endpoint = endpoint("postgres://trusted@/postgres?host=" + home + "&port=5432");
        var later = new Connector(
                vertx,
                NODE,
                pause -> {
                    if (pauses.size() == 2) { // the server starts during the third pause
                        link(home.resolve(".s.PGSQL.5432"), ground.directory.resolve(".s.PGSQL." + port));
                    }
                    pauses.add(pause);
                },
                Duration.ofSeconds(30),
                new Random(1));

        try (later) {
            assertThat(door.ask(later, endpoint, WHO)).startsWith("trusted|postgres|false|unix");
        }
        assertThat(pauses).hasSize(3);
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void a_server_that_never_answers_is_given_up_after_connect_timeout(Door door) throws Exception {
        try (var mute = new ServerSocket(0)) {
            var failure = refused(
                    door, "postgres://u:PW@127.0.0.1:%d/postgres?connect_timeout=1".formatted(mute.getLocalPort()));

            assertThat(failure.trouble()).isEqualTo(Trouble.UNREACHABLE);
            assertThat(failure.reason()).startsWith("no answer in");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void a_server_that_hangs_up_is_unreachable(Door door) throws Exception {
        try (var rude = new ServerSocket(0)) {
            Thread.startVirtualThread(() -> {
                while (!rude.isClosed()) {
                    try {
                        rude.accept().close();
                    } catch (java.io.IOException e) {
                        return;
                    }
                }
            });
            for (var mode : List.of("disable", "prefer")) {
                var failure = refused(
                        door, "postgres://u:PW@127.0.0.1:%d/postgres?sslmode=%s".formatted(rude.getLocalPort(), mode));

                assertThat(failure.trouble()).isEqualTo(Trouble.UNREACHABLE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void finds_the_password_in_a_file_only_its_owner_can_read(Door door) throws Exception {
        var file = Files.writeString(home.resolve(".pgpass"), """
                # comment
                127.0.0.1:*:postgres:someone:wrong
                *:*:*:no'one\\:\\\\:%s
                """.formatted(Ground.CANARY));
        var text = "postgres://no%27one%3A%5C@127.0.0.1:PORT/postgres";
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(who(door, text)).startsWith("no'one:\\|");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(refused(door, text).trouble()).isEqualTo(Trouble.NOT_AUTHENTICATED);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void takes_a_service_and_variables_for_what_is_not_written(Door door) throws Exception {
        Files.writeString(home.resolve(".pg_service.conf"), """
                [other]
                host=nowhere
                [shop]
                # ours
                host=127.0.0.1
                port=%d
                dbname=sh op/ü
                """.formatted(ground.primary.port()));
        environment.putAll(Map.of(
                "PGUSER", "md5_user", "PGPASSWORD", Ground.CANARY, "PGDATABASE", "lost", "PGSSLMODE", "disable"));

        assertThat(who(door, "service=shop")).isEqualTo("md5_user|sh op/ü|false|127.0.0.1|false");
        assertThat(who(door, "postgres:///postgres?service=shop&sslmode=require"))
                .isEqualTo("md5_user|postgres|true|127.0.0.1|false");

        environment.put("PGSERVICE", "shop");
        assertThat(who(door, "")).isEqualTo("md5_user|sh op/ü|false|127.0.0.1|false");
    }

    @Test
    void sessions_and_pools_carry_the_name_of_the_node_and_that_of_the_connection_string() throws Exception {
        var endpoint = endpoint("postgres://trusted@127.0.0.1:PORT/postgres?application_name=mine");
        try (var connector = connector(Duration.ZERO);
                var session = connector.session(Side.TARGET, endpoint);
                var rows = session.createStatement().executeQuery("show application_name")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo(NODE.applicationName() + " mine");
            assertThat(session.getAutoCommit()).isTrue();
            assertThat(session.unwrap(PGConnection.class).getPreferQueryMode()).isEqualTo(PreferQueryMode.SIMPLE);
            var pool = connector.pool(Side.TARGET, endpoint, 1);
            assertThat(Step.await(
                                    "name",
                                    () -> pool.query("show application_name").execute())
                            .iterator()
                            .next()
                            .getString(0))
                    .isEqualTo(NODE.applicationName() + " mine");
        }
    }

    @Test
    void a_pool_keeps_to_its_size_and_closes_its_connections() throws Exception {
        var endpoint = endpoint("postgres://trusted@/postgres?host=DIR&port=PORT&options=-c%20work_mem%3D77MB");
        var count = "select count(*)::int from pg_stat_activity where backend_type = 'client backend'"
                + " and application_name = '" + new NodeId(new UUID(7, 7)).applicationName() + "'";
        try (var connector =
                new Connector(vertx, new NodeId(new UUID(7, 7)), pauses::add, Duration.ZERO, new Random(1))) {
            var pool = connector.pool(Side.TARGET, endpoint, 3);
            var many = Stream.generate(() -> pool.preparedQuery("select pg_sleep(0.01), current_setting('work_mem')")
                            .execute())
                    .limit(30)
                    .toList();
            for (var one : many) {
                assertThat(one.await().iterator().next().getString(1)).isEqualTo("77MB");
            }
            assertThat(pool.query(count).execute().await().iterator().next().getInteger(0))
                    .isEqualTo(3);
            SqlConnection held = pool.getConnection().await();
            assertThat(held.begin().await()).isNotNull();
            held.close().await();
        }
    }

    @Test
    void rows_stream_both_ways_through_a_unix_socket() throws Exception {
        var endpoint = endpoint("postgres://postgres@/postgres?host=DIR&port=PORT");
        try (var connector = connector(Duration.ZERO);
                Connection reader = connector.session(Side.SOURCE, endpoint);
                Connection writer = connector.session(Side.TARGET, endpoint)) {
            writer.createStatement().execute("create temp table copied (i int, t text)");
            var out = reader.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select i, repeat('x', i % 500) from generate_series(1, 20000) i) to stdout");
            CopyManager copyIn = new CopyManager(writer.unwrap(BaseConnection.class));
            var in = copyIn.copyIn("copy copied from stdin");
            for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                in.writeToCopy(row, 0, row.length);
            }

            assertThat(in.endCopy()).isEqualTo(20000);
            assertThat(writer.unwrap(PGConnection.class).getNotifications(20)).isNullOrEmpty();
            try (var rows = writer.createStatement().executeQuery("select sum(length(t)) from copied")) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(4_990_000);
            }
        }
    }

    @Test
    void an_interrupt_while_connecting_is_a_stop() throws Exception {
        var endpoint = endpoint("postgres://trusted@127.0.0.1:1/postgres");
        var connector = new Connector(
                vertx,
                NODE,
                pause -> {
                    throw new InterruptedException();
                },
                Duration.ofSeconds(30),
                new Random(1));
        try (connector) {
            assertThat(catchThrowableOfType(pgsync.error.Stopped.class, () -> connector.session(Side.SOURCE, endpoint)))
                    .isNotNull();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void nobody_dials_on_for_who_has_closed() {
        var endpoint = endpoint("postgres://trusted@127.0.0.1:1/postgres");
        var itself = new AtomicReference<Connector>();
        var connector = new Connector(
                vertx,
                NODE,
                pause -> {
                    pauses.add(pause);
                    itself.get().close();
                },
                Duration.ofSeconds(30),
                new Random(1));
        itself.set(connector);

        assertThat(catchThrowableOfType(pgsync.error.Stopped.class, () -> connector.session(Side.SOURCE, endpoint)))
                .isNotNull();
        assertThat(pauses).hasSize(1);
    }

    /** Each is wrong in a way that could carry a piece of the password into a message. */
    static Stream<String> malformed() {
        return Stream.of(
                "postgres://app:PW@x@127.0.0.1:PORT/postgres",
                "postgres://app:x@PW@127.0.0.1:PORT/postgres",
                "postgres://app:x/PW@127.0.0.1:PORT/postgres",
                "postgres://app:1/PW@127.0.0.1:PORT/postgres",
                "postgres://app:1?PW@127.0.0.1:PORT/postgres",
                "postgres://app:1?PW=1@127.0.0.1:PORT/postgres",
                "postgres://app:PW/x@127.0.0.1:PORT/postgres",
                "postgres://app:PW?x=y@127.0.0.1:PORT/postgres",
                "postgres://app:x@PW/y@127.0.0.1:PORT/postgres",
                "postgres://app:x@y?PW=z@127.0.0.1:PORT/postgres",
                "postgres://app:PW%zz@127.0.0.1/postgres",
                "postgres://app:PW%@127.0.0.1/postgres",
                "postgres://app:PW%ff@127.0.0.1/postgres",
                "postgres://app:PW%00@127.0.0.1/postgres",
                "postgres://app:PW",
                "postgres://app:[PW",
                "postgres://app:PW@127.0.0.1:x/postgres",
                "postgres://app:PW@127.0.0.1:99999/postgres",
                "postgres://app:PW@[::1/postgres",
                "postgres://app:PW@[::1]x/postgres",
                "postgres://app:PW@h:1,h:2,h:3/postgres?port=1,2",
                "postgres://app:PW@127.0.0.1/a/b",
                "postgres://app:PW@127.0.0.1/postgres?sslmode=on",
                "postgres://app:PW@127.0.0.1/postgres?sslmode",
                "postgres://app:PW@127.0.0.1/postgres?connect_timeout=soon",
                "postgres://app:PW@127.0.0.1/postgres?replication=database",
                "postgres://app:PW@127.0.0.1/postgres?sslmode=verify-full",
                "postgres://app@127.0.0.1/postgres?password=PW&nonsense=1",
                "jdbc:postgresql://127.0.0.1/postgres?user=app&password=PW",
                "mysql://app:PW@127.0.0.1/postgres",
                "postgres:app:PW@127.0.0.1/postgres",
                "app:PW@127.0.0.1/postgres",
                "PW",
                "host=127.0.0.1 password=x PW",
                "host=127.0.0.1 password=x PW=y",
                "host=127.0.0.1 password='PW",
                "host=127.0.0.1 password='x'PW' user=app",
                "password=PW hots=127.0.0.1",
                "password PW",
                "service=none password=PW");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void no_message_holds_a_piece_of_the_password(String text) {
        // The second could be a parameter's name.
        for (var canary : List.of(Ground.CANARY, "kanarienvogel")) {
            var failure = catchThrowableOfType(InvalidConfig.class, () -> endpoint(text.replace("PW", canary)));

            assertThat(failure).as(text).isNotNull();
            assertThat(trace(failure)).doesNotContain(canary);
        }
    }
}
