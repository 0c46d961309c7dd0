package pgsync.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/** Two servers: one with TLS, Unix socket and every way to authenticate; one that is a standby and has no TLS. Made once. */
final class Ground {
    static final String CANARY = "kanarie-7Qz";

    private static final String HBA = """
            local all scram_user scram-sha-256
            local all all trust
            host all postgres 127.0.0.1/32 trust
            host all trusted 127.0.0.0/8 trust
            host all md5_user 127.0.0.0/8 md5
            host all plain_user 127.0.0.0/8 password
            hostssl all cert_user 127.0.0.0/8 cert
            hostssl all ec_user 127.0.0.0/8 cert
            hostssl all ssl_user 127.0.0.0/8 scram-sha-256
            hostnossl all nossl_user 127.0.0.0/8 scram-sha-256
            host all scram_user 127.0.0.0/8 scram-sha-256
            host all "no'one:\\" 127.0.0.0/8 scram-sha-256
            """;

    private static @Nullable Ground instance;

    final Path directory;
    final TestServer primary;
    final TestServer standby;
    final Certificates certificates;

    static synchronized Ground get() {
        var made = instance;
        if (made == null) {
            try {
                made = new Ground();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            instance = made;
        }
        return made;
    }

    private Ground() throws Exception {
        directory = Files.createTempDirectory(Path.of("/tmp"), "pgs");
        certificates = new Certificates(directory);
        certificates.authority("root");
        certificates.authority("other");
        certificates.signed("server", "root", "db.example", "RSA", "san=dns:localhost,ip:127.0.0.2");
        certificates.signed("cert_user", "root", "cert_user", "RSA");
        certificates.signed("ec_user", "root", "ec_user", "EC");
        primary = TestServers.start(
                TestServers.DEFAULT_MAJOR,
                Map.of(
                        "listen_addresses", "127.0.0.1,127.0.0.2",
                        "unix_socket_directories", directory.toString(),
                        "ssl", "on",
                        "ssl_cert_file", directory.resolve("server.crt").toString(),
                        "ssl_key_file", directory.resolve("server.key").toString(),
                        "ssl_ca_file", directory.resolve("root.crt").toString()));
        for (var user : List.of("scram_user", "plain_user", "nossl_user", "ssl_user", "no'one:\\")) {
            primary.sql("postgres", "create role \"%s\" login password '%s'".formatted(user, CANARY));
        }
        primary.sql(
                "postgres",
                "create role cert_user login; create role ec_user login; create role trusted login",
                "set password_encryption = 'md5'; create role md5_user login password '%s'".formatted(CANARY));
        primary.createDatabase("sh op/ü");
        Files.writeString(primary.dataDirectory().resolve("pg_hba.conf"), HBA);
        primary.restart();
        standby = TestServers.start(TestServers.DEFAULT_MAJOR);
        // Without a primary to follow it stays in recovery for ever, which is all that matters here.
        Files.createFile(standby.dataDirectory().resolve("standby.signal"));
        standby.restart();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
