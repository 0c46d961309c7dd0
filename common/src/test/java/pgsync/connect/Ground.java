package pgsync.connect;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Two servers: one with TLS, Unix socket and every way to authenticate; one that is a standby and has no TLS. Made once. */
final class Ground {
    static final String CANARY = "kanarie-7Qz";

    private static Ground instance;

    final Path directory;
    final EmbeddedPostgres primary;
    final EmbeddedPostgres standby;
    final Certificates certificates;

    static synchronized Ground get() {
        if (instance == null) {
            try {
                instance = new Ground();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return instance;
    }

    private Ground() throws Exception {
        directory = Files.createTempDirectory(Path.of("/tmp"), "pgs");
        certificates = new Certificates(directory);
        certificates.authority("root");
        certificates.authority("other");
        certificates.signed("server", "root", "db.example", "RSA", "san=dns:localhost,ip:127.0.0.2");
        certificates.signed("cert_user", "root", "cert_user", "RSA");
        certificates.signed("ec_user", "root", "ec_user", "EC");
        var data = directory.resolve("data");
        start(data).close();
        copy(data, directory.resolve("data2"));
        Files.createFile(directory.resolve("data2/standby.signal"));
        primary = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1,127.0.0.2")
                .setServerConfig("unix_socket_directories", directory.toString())
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file", directory.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", directory.resolve("server.key").toString())
                .setServerConfig("ssl_ca_file", directory.resolve("root.crt").toString())
                .start();
        hba(data);
        standby = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data2"))
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", directory.toString())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                standby.close();
                primary.close();
                delete(directory);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private static EmbeddedPostgres start(Path data) throws Exception {
        var server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .start();
        try (var session = server.getPostgresDatabase().getConnection();
                var statement = session.createStatement()) {
            statement.execute("set password_encryption = 'scram-sha-256'");
            for (var user : new String[] {"scram_user", "plain_user", "nossl_user", "ssl_user", "no'one:\\"}) {
                statement.execute("create role \"%s\" login password '%s'".formatted(user, CANARY));
            }
            statement.execute("create role cert_user login");
            statement.execute("create role ec_user login");
            statement.execute("create role trusted login");
            statement.execute("set password_encryption = 'md5'");
            statement.execute("create role md5_user login password '%s'".formatted(CANARY));
            statement.execute("create database \"sh op/ü\"");
        }
        return server;
    }

    private void hba(Path data) throws Exception {
        Files.writeString(data.resolve("pg_hba.conf"), """
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
                """);
        try (var session = primary.getPostgresDatabase().getConnection();
                var statement = session.createStatement()) {
            statement.execute("select pg_reload_conf()");
        }
        while (true) { // the postmaster rereads when it pleases; this asks until it has
            try (var session = java.sql.DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:%d/postgres?user=scram_user&password=wrong"
                            .formatted(primary.getPort()))) {
                continue;
            } catch (java.sql.SQLException e) {
                return;
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (var file : all.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.endsWith("postmaster.pid") && !file.endsWith("epg-lock")) {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (var file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
