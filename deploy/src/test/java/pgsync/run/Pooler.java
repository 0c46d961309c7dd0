package pgsync.run;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import pgsync.testground.TestServer;

/** A PgBouncer in transaction mode in front of one server: after each transaction a client may get another connection. */
final class Pooler implements AutoCloseable {
    private static final int LOOKS = 500;

    private final Path directory;
    private final int port;
    private final Process process;

    private Pooler(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    static Optional<Path> installed() {
        return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** With the settings that PgBouncer comes with, but for the mode. Connections are made and taken at random. */
    static Pooler before(TestServer server) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("pgsync-pooler");
        var port = freePort();
        Files.writeString(
                directory.resolve("users"),
                "\"%s\" \"%s\"%n\"pooled\" \"pooled\"%n".formatted(TestServer.USER, TestServer.PASSWORD));
        Files.writeString(directory.resolve("pgbouncer.ini"), """
                [databases]
                * = host=%s port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = md5
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 20
                max_client_conn = 200
                server_round_robin = 1
                """.formatted(
                        server.host(), server.port(), port, directory.resolve("users")));
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PgBouncer refuses to run as root, as PostgreSQL does. In a user namespace root is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                installed().orElseThrow().toString(),
                directory.resolve("pgbouncer.ini").toString()));
        var process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        var pooler = new Pooler(directory, port, process);
        pooler.awaitListening();
        return pooler;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (var look = 0; look < LOOKS; look++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IOException("PgBouncer ended: " + log(), notYet);
                }
            }
            Thread.sleep(20);
        }
        close();
        throw new IOException("PgBouncer does not listen: " + log());
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    String url(String database, String user, String password) {
        return "postgres://%s:%s@127.0.0.1:%d/%s".formatted(user, password, port, database);
    }

    String url(String database) {
        return url(database, TestServer.USER, TestServer.PASSWORD);
    }

    /** As pgjdbc does it, with this application name. */
    Connection connect(String database, String applicationName) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", TestServer.USER);
        properties.setProperty("password", TestServer.PASSWORD);
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), properties);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
            try (var files = Files.list(directory)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new IllegalStateException("cannot clean up after PgBouncer", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
