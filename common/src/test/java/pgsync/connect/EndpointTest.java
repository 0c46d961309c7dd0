package pgsync.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pgsync.config.InvalidConfig;
import pgsync.config.Secret;
import pgsync.task.NodeId;

class EndpointTest {
    private final Map<String, String> environment = new HashMap<>();
    private final Map<Path, String> files = new HashMap<>();
    private final Set<Path> openFiles = new HashSet<>();

    private Endpoint parse(String text) {
        var reader = new Surroundings.Reader() {
            @Override
            public boolean exists(Path file) {
                return files.containsKey(file);
            }

            @Override
            public String read(Path file) throws IOException {
                var text = files.get(file);
                if (text == null) {
                    throw new NoSuchFileException(file.toString());
                }
                return text;
            }

            @Override
            public boolean isOpenToOthers(Path file) {
                return openFiles.contains(file);
            }
        };
        return Endpoint.parse(text, new Surroundings(environment, Path.of("/home/me"), "me", reader));
    }

    private static @Nullable String password(Endpoint endpoint) {
        var secret = endpoint.hosts().getFirst().password();
        return secret == null ? null : secret.reveal();
    }

    /** Columns: text, its display, its password ({@code -} for none). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '~',
            value = {
                "postgres://                                          | postgres://me@localhost:5432/me             | -",
                "postgresql://db1                                     | postgres://me@db1:5432/me                   | -",
                "postgres://app@db1/shop                              | postgres://app@db1:5432/shop                | -",
                "postgres://app:pw@db1:6000/shop                      | postgres://app@db1:6000/shop                | pw",
                "postgres://app:p:w@db1/shop                          | postgres://app@db1:5432/shop                | p:w",
                "postgres://app:@db1/shop                             | postgres://app@db1:5432/shop                | -",
                "postgres://a%40b:p%2F%3A%40%25%20%C3%BC+@db1/s%2Fh   | postgres://a%40b@db1:5432/s%2Fh             | p/:@% ü+",
                "postgres://app:pw@db1:1,db2:2,db3/shop               | postgres://app@db1:1,db2:2,db3:5432/shop    | pw",
                "postgres://app:pw@db1,db2/shop?port=7000             | postgres://app@db1:7000,db2:7000/shop       | pw",
                "postgres://app:pw@[::1]:6000,[fe80::1%25eth0]/shop   | postgres://app@[::1]:6000,[fe80::1%25eth0]:5432/shop | pw",
                "postgres://app:pw@/shop?host=/var/run/pg             | postgres://app@/shop?host=/var/run/pg       | pw",
                "postgres://app:pw@%2Fvar%2Frun%2Fpg/shop             | postgres://app@/shop?host=/var/run/pg       | pw",
                "postgres://app:pw@%2Fvar%2Frun%2Fpg:6000/shop        | postgres://app@/shop?host=/var/run/pg&port=6000 | pw",
                "postgres:///shop?user=app&password=p%26w&host=db1    | postgres://app@db1:5432/shop                | p&w",
                "postgres:///?dbname=shop&host=db1                    | postgres://me@db1:5432/shop                 | -",
                "host=db1 port=6000 dbname=shop user=app password=pw  | postgres://app@db1:6000/shop                | pw",
                "host = db1 dbname = 'it''s' user='a b' password='p\\'w\\\\' | postgres://a%20b@db1:5432/it%27s     | p'w\\",
                "host=db1 dbname='it\\'s' user=a\\ b password=''      | postgres://a%20b@db1:5432/it%27s            | -",
                "host=db1,db2 port=1,2 dbname=shop                    | postgres://me@db1:1,db2:2/shop              | -",
                "host=db1 hostaddr=10.0.0.1 dbname=shop               | postgres://me@db1:5432/shop                 | -",
                "hostaddr=10.0.0.1 dbname=shop                        | postgres://me@10.0.0.1:5432/shop            | -",
                "host=/tmp dbname=shop                                | postgres://me@/shop?host=/tmp               | -",
                "host=a host=b                                        | postgres://me@b:5432/me                     | -",
            })
    void reads_every_form(String text, String display, String password) {
        var endpoint = parse(text);

        assertThat(endpoint.display()).isEqualTo(display);
        assertThat(endpoint).hasToString(display);
        assertThat(password(endpoint)).isEqualTo(password.equals("-") ? null : password);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '~',
            value = {
                "jdbc:postgresql://db1/shop           | write postgres://user:password@host:5432/database instead",
                "mysql://db1/shop                     | unknown scheme; allowed: postgres://",
                "postgres://db1/shop?sslcrl=x         | parameter \"sslcrl\" is not supported; supported: application_name, connect_timeout,",
                "postgres://db1/shop?gssencmode=require | parameter \"gssencmode\" is supported with disable, prefer only",
                "postgres://db1/shop?sslmode=yes      | parameter \"sslmode\" takes disable, allow, prefer, require, verify-ca, verify-full",
                "postgres://db1/shop?target_session_attrs=master | takes any, read-write, read-only, primary, standby, prefer-standby",
                "postgres://db1/shop?sslmode=verify-ca | sslmode=verify-ca needs sslrootcert",
                "postgres://db1/shop?sslmode=verify-ca&sslrootcert=/no | root certificate file \"/no\" does not exist",
                "postgres://db1/shop?sslrootcert=system&sslmode=require | sslrootcert=system needs sslmode=verify-full",
                "postgres://db1/shop?sslcert=/no&sslkey=/no | sslcert file \"/no\" does not exist",
                "postgres://db1/shop?sslcert=/no      | sslcert needs sslkey",
                "postgres://db1:0/shop                | a port is not a number from 1 to 65535",
                "postgres://db1,db2,db3/shop?port=1,2 | there are 3 hosts and 2 ports",
                "host=a,b hostaddr=10.0.0.1           | there are 2 entries in host and 1 in hostaddr",
                "hostaddr=db1                         | hostaddr takes numeric addresses only",
                "host=@abstract                       | abstract Unix sockets",
                "host=db1 keepalives=0                | parameter \"keepalives\" is supported with 1 only",
                "host=db1 keepalives_idle=5           | parameter \"keepalives_idle\" is not supported; leave it out",
                "host=db1 tcp_user_timeout=5          | parameter \"tcp_user_timeout\" is not supported; leave it out",
                "host=db1 sslcompression=1            | parameter \"sslcompression\" is supported with 0 only",
                "dbname='shop                         | a quoted value that starts at character 8 is not closed",
                "dbname shop                          | at character 1 a name=value is expected",
                "service=none                         | no service \"none\" in [/home/me/.pg_service.conf, ",
                "service=a servicefile=/no            | service file /no does not exist",
            })
    void says_what_is_wrong(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(InvalidConfig.class).hasMessageContaining(message);
        assertThatThrownBy(() -> Endpoint.parse(
                        Side.TARGET,
                        text,
                        new Surroundings(Map.of(), Path.of("/home/me"), "me", Surroundings.realFiles())))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith("target connection string: ");
    }

    @Test
    void accepts_what_asks_for_what_is_done_anyway() {
        assertThat(parse(
                                "postgres://db1/shop?keepalives=1&gssencmode=prefer&sslcompression=0&client_encoding=UTF8&channel_binding=prefer")
                        .display())
                .isEqualTo("postgres://me@db1:5432/shop");
    }

    @Test
    void a_session_is_called_by_its_node_and_then_as_the_string_the_service_or_a_variable_says() {
        var node = new NodeId(new UUID(1, 2));
        var name = "pgsync 00000000-0000-0001-0000-000000000002";
        files.put(Path.of("/home/me/.pg_service.conf"), "[shop]\napplication_name=of service\n");

        assertThat(parse("postgres://db1").applicationName(node)).isEqualTo(name);
        assertThat(parse("postgres://db1?application_name=my%20copy").applicationName(node))
                .isEqualTo(name + " my copy");
        assertThat(parse("host=db1 fallback_application_name=b").applicationName(node))
                .isEqualTo(name + " b");
        assertThat(parse("application_name=a fallback_application_name=b").applicationName(node))
                .isEqualTo(name + " a");
        assertThat(parse("service=shop").applicationName(node)).isEqualTo(name + " of service");
        environment.put("PGAPPNAME", "env");
        assertThat(parse("postgres://db1").applicationName(node)).isEqualTo(name + " env");
    }

    @Test
    void what_is_written_wins_over_a_service_and_a_service_over_variables() {
        environment.putAll(
                Map.of("PGHOST", "env", "PGPORT", "1", "PGDATABASE", "env", "PGUSER", "env", "PGPASSWORD", "env"));
        files.put(Path.of("/home/me/.pg_service.conf"), "[shop]\nhost=svc\nport=2\ndbname=svc\n");

        assertThat(parse("").display()).isEqualTo("postgres://env@env:1/env");
        assertThat(parse("service=shop").display()).isEqualTo("postgres://env@svc:2/svc");
        assertThat(parse("service=shop port=3").display()).isEqualTo("postgres://env@svc:3/svc");
    }

    @Test
    void finds_services_where_the_variables_say() {
        files.put(Path.of("/etc/pg/pg_service.conf"), "[system]\nhost=far\n");
        files.put(Path.of("/mine.conf"), "# mine\n\n[near]\nhost=near\n[next]\nhost=next\n");
        environment.putAll(Map.of("PGSERVICE", "near", "PGSERVICEFILE", "/mine.conf", "PGSYSCONFDIR", "/etc/pg"));

        assertThat(parse("").hosts().getFirst().name()).isEqualTo("near");
        assertThat(parse("service=system").hosts().getFirst().name()).isEqualTo("far");
    }

    @Test
    void a_variable_that_would_have_to_be_ignored_is_an_error() {
        environment.put("PGSSLCRL", "/etc/crl.pem");

        assertThatThrownBy(() -> parse("postgres://db1"))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith("environment (PG… variables): parameter \"sslcrl\" is not supported");
    }

    @Test
    void a_password_file_gives_each_host_its_own_by_the_first_line_that_fits() {
        files.put(Path.of("/home/me/.pgpass"), """
                # db1:5432:shop:app:comment
                too:short
                db1:5432:other:app:wrong database
                db1:5432:shop:app:fi:rst
                db1:*:*:*:second
                fe80\\:\\:1:*:*:*:six
                *:6000:*:a\\:b:la\\\\st
                localhost:*:*:*:here
                """);

        assertThat(parse("postgres://app@db1,db2,[fe80::1]/shop").hosts())
                .extracting(
                        host -> host.password() == null ? null : host.password().reveal())
                .containsExactly("fi:rst", null, "six");
        assertThat(password(parse("postgres://app@db1/x"))).isEqualTo("second");
        assertThat(password(parse("postgres://a%3Ab@any:6000/x"))).isEqualTo("la\\st");
        assertThat(password(parse("postgres://app:written@db1/shop"))).isEqualTo("written");
        files.put(Path.of("/var/run/postgresql/.s.PGSQL.5432"), "");
        assertThat(parse("dbname=x").display()).isEqualTo("postgres://me@/x?host=/var/run/postgresql");
        assertThat(password(parse("dbname=x"))).isEqualTo("here");
    }

    @Test
    void a_password_file_that_others_may_read_is_not_used() {
        files.put(Path.of("/home/me/.pgpass"), "*:*:*:*:open");
        openFiles.add(Path.of("/home/me/.pgpass"));

        assertThat(password(parse("postgres://db1"))).isNull();
    }

    @Test
    void a_root_certificate_at_home_makes_require_verify_the_chain() {
        assertThat(parse("postgres://db1?sslmode=require").tls().verifiesChain())
                .isFalse();

        files.put(Path.of("/home/me/.postgresql/root.crt"), "");

        assertThat(parse("postgres://db1?sslmode=require").tls().verifiesChain())
                .isTrue();
        assertThat(parse("postgres://db1").tls().verifiesChain()).isFalse();
        assertThat(parse("postgres://db1?sslmode=verify-full").tls().verifiesHost())
                .isTrue();
    }

    @Test
    void the_system_s_roots_mean_verify_full() {
        assertThat(parse("postgres://db1?sslrootcert=system").tls().mode()).isEqualTo(SslMode.VERIFY_FULL);
    }

    @Test
    void the_jdbc_spelling_of_tls_means_require() {
        assertThat(parse("postgres://db1?ssl=true").tls().mode()).isEqualTo(SslMode.REQUIRE);
    }

    @Test
    void waits_ten_seconds_for_a_connection_unless_told_otherwise() {
        assertThat(parse("postgres://db1").connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(parse("postgres://db1?connect_timeout=3").connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(parse("postgres://db1?connect_timeout=0").connectTimeout()).isZero();
    }

    @Test
    void secrets_have_no_text_form() {
        assertThat(parse("postgres://app:kanarie@db1?sslpassword=kanarie")
                        .hosts()
                        .toString())
                .doesNotContain("kanarie");
        assertThat(new Tls(SslMode.REQUIRE, null, null, null, new Secret("kanarie")).toString())
                .doesNotContain("kanarie");
    }
}
