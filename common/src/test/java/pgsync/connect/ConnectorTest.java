package pgsync.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pgsync.error.StepFailed;
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
            String who(Connector connector, Endpoint endpoint) {
                var pool = connector.pool(Side.SOURCE, endpoint, 2);
                return Step.await("who", () -> pool.query(WHO).execute())
                        .iterator()
                        .next()
                        .getString(0);
            }
        },
        SESSION {
            @Override
            String who(Connector connector, Endpoint endpoint) throws SQLException {
                try (var session = connector.session(Side.SOURCE, endpoint);
                        var rows = session.createStatement().executeQuery(WHO)) {
                    rows.next();
                    return rows.getString(1);
                }
            }
        };

        abstract String who(Connector connector, Endpoint endpoint) throws SQLException;
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
        port = ground.primary.getPort();
        var around = new Surroundings(environment, home, "postgres", Surroundings.realFiles());
        return Endpoint.parse(
                text.replace("PORT2", "" + ground.standby.getPort())
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
            return door.who(connector, endpoint);
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

    static Stream<org.junit.jupiter.params.provider.Arguments> welcomeAtEachDoor() {
        return welcome()
                .flatMap(line ->
                        Stream.of(Door.values()).map(d -> org.junit.jupiter.params.provider.Arguments.of(d, line)));
    }

    @ParameterizedTest
    @MethodSource("welcomeAtEachDoor")
    void gets_in(Door door, String line) throws Exception {
        var parts = line.split(" -> ");

        assertThat(who(door, parts[0])).isEqualTo(parts[1]);
    }
}
