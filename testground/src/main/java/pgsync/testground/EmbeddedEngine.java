package pgsync.testground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a child process, on a copy of the template. Methods exclude each other. */
final class EmbeddedEngine implements Engine {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final int STARTS_TRIED = 5;

    private final Installation installation;
    private final Path directory;
    private int port;
    private @Nullable Process process;

    private EmbeddedEngine(Installation installation, Path directory) {
        this.installation = installation;
        this.directory = directory;
    }

    /** Returns a running server; {@code settings} are lines of postgresql.conf and win over ours. */
    static EmbeddedEngine start(int major, Map<String, String> settings) {
        var installation = Installation.of(major);
        var engine = new EmbeddedEngine(installation, GroundDirectory.mine().nextServer());
        try {
            Files.createDirectories(engine.directory);
            installation.copyTemplateTo(engine.dataDirectory());
            engine.configure(settings);
            engine.startOnAFreePort();
        } catch (IOException e) {
            engine.close();
            throw new GroundFailed("cannot start PostgreSQL " + major, e);
        }
        return engine;
    }

    /** A copy of the data while {@code primary} runs, made between the begin and the end of a backup; it goes on by streaming. */
    static EmbeddedEngine standbyOf(EmbeddedEngine primary, BackupLabel label, Map<String, String> settings) {
        var engine =
                new EmbeddedEngine(primary.installation, GroundDirectory.mine().nextServer());
        try {
            Files.createDirectories(engine.directory);
            copyData(primary.dataDirectory(), engine.dataDirectory());
            Files.writeString(engine.dataDirectory().resolve("backup_label"), label.endOfBackup());
            Files.createFile(engine.dataDirectory().resolve("standby.signal"));
            engine.configure(settings);
            Files.writeString(
                    engine.dataDirectory().resolve("postgresql.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'%n".formatted(primary.port()),
                    StandardOpenOption.APPEND);
            engine.startOnAFreePort();
        } catch (IOException e) {
            engine.close();
            throw new GroundFailed("cannot start a standby", e);
        }
        return engine;
    }

    /** Ends the backup when the data was copied, and gives the text of the label. */
    @FunctionalInterface
    interface BackupLabel {
        String endOfBackup();
    }

    private static void copyData(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var path : (Iterable<Path>) all::iterator) {
                var relative = from.relativize(path);
                var isLog = relative.startsWith("pg_wal") && Files.isRegularFile(path);
                if (!isLog && !relative.startsWith("postmaster.pid")) {
                    Files.copy(path, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /**
     * Without fsync, but with synchronous commits: those cost one write a commit and nothing more, and what was committed is then
     * still there when PostgreSQL is killed.
     */
    private void configure(Map<String, String> settings) throws IOException {
        var lines = new StringBuilder("""

                # of the test ground
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                max_connections = 200
                shared_buffers = '64MB'
                fsync = off
                full_page_writes = off
                timezone = 'UTC'
                log_timezone = 'UTC'
                """);
        settings.forEach((name, value) -> lines.append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        Files.writeString(dataDirectory().resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
    }

    private void startOnAFreePort() throws IOException {
        for (var attempt = 1; ; attempt++) {
            port = FreePort.find();
            try {
                start();
                return;
            } catch (GroundFailed e) {
                // Between our look and the start another process may have taken the port.
                if (attempt == STARTS_TRIED || !log().contains("could not bind")) {
                    throw e;
                }
                Files.deleteIfExists(logFile());
            }
        }
    }

    private void start() throws IOException {
        var command = new ArrayList<>(GroundDirectory.ownSession());
        command.addAll(
                installation.command("postgres", "-D", dataDirectory().toString(), "-p", Integer.toString(port)));
        var started = Installation.process(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
        process = started;
        awaitReady(started);
    }

    /** The last line of the pid file is the server's own word for "accepts connections", as pg_ctl reads it. */
    private void awaitReady(Process started) throws IOException {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady(started.pid())) {
            try {
                if (started.waitFor(10, TimeUnit.MILLISECONDS)) {
                    throw new GroundFailed("PostgreSQL ended while starting: " + log());
                }
            } catch (InterruptedException e) {
                started.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new GroundFailed("interrupted while PostgreSQL starts", e);
            }
            if (System.nanoTime() > deadline) {
                started.destroyForcibly();
                throw new GroundFailed("PostgreSQL was not ready within " + READY_WITHIN + ": " + log());
            }
        }
    }

    private boolean isReady(long pid) throws IOException {
        var file = dataDirectory().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        var lines = Files.readString(file).lines().toList();
        return lines.size() >= 8
                && lines.get(0).equals(Long.toString(pid))
                && lines.get(7).strip().equals("ready");
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void stopImmediately() {
        stop("QUIT");
    }

    @Override
    public synchronized void restart() {
        stop("INT");
        try {
            start();
        } catch (IOException e) {
            throw new GroundFailed("cannot restart PostgreSQL", e);
        }
    }

    private void stop(String signal) {
        var running = process;
        process = null;
        if (running == null || !running.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + running.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new GroundFailed("cannot stop PostgreSQL", e);
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Path dataDirectory() {
        return directory.resolve("data");
    }

    private Path logFile() {
        return directory.resolve("log");
    }

    @Override
    public String log() {
        try {
            return Files.exists(logFile()) ? new String(Files.readAllBytes(logFile()), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new GroundFailed("cannot read the server's log", e);
        }
    }

    @Override
    public synchronized void close() {
        stop("QUIT");
        try {
            Installation.delete(directory);
        } catch (IOException e) {
            throw new GroundFailed("cannot delete " + directory, e);
        }
    }
}
