package pgsync.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import pgsync.error.Stopped;

/**
 * {@code pgsync coordinator} or {@code pgsync worker} as a process of its own, on the Java, the options and the class path of this
 * one less the demo's own. Connection strings go through the environment: arguments can be read by everybody on the machine.
 */
final class NodeProcess implements AutoCloseable {
    /** A node drains within ten seconds. */
    private static final Duration TO_LET_GO = Duration.ofSeconds(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Process process;
    private final Path directory;

    private NodeProcess(String name, Process process, Path directory) {
        this.name = name;
        this.process = process;
        this.directory = directory;
    }

    /** @param settings by environment variable */
    static NodeProcess start(String name, String role, Map<String, String> settings) {
        try {
            var directory = Files.createTempDirectory("pgsync-demo-");
            var builder = new ProcessBuilder(command(role))
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(directory.resolve("out").toFile())
                    .redirectError(directory.resolve("err").toFile());
            builder.environment()
                    .keySet()
                    .removeIf(variable -> variable.startsWith("PGSYNC_") || variable.startsWith("PG"));
            builder.environment().putAll(settings);
            return new NodeProcess(name, builder.start(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run pgsync as a process", e);
        }
    }

    private static List<String> command(String role) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        // The archive of the demo's classes is of another class path.
        command.removeIf(option -> option.contains("SharedArchive"));
        command.addAll(
                List.of("-cp", withoutDemo(System.getProperty("java.class.path")), "pgsync.cli.Main", role, "-json"));
        return command;
    }

    /** What every installation has: nodes do not see the demo's PostgreSQL. */
    static String withoutDemo(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.contains(File.separator + "demo-lib" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Its HTTP server, as soon as it says that it listens. */
    URI awaitListening() {
        while (true) {
            var ended = endsWithin(Duration.ofMillis(20));
            for (var line : read("out").lines().toList()) {
                var event = parse(line);
                if (event.path("event").asText().equals("listening")) {
                    return URI.create(event.path("http").asText());
                }
            }
            if (ended) {
                throw new IllegalStateException(
                        "%s ended with exit code %d: %s".formatted(name, process.exitValue(), lastWords()));
            }
        }
    }

    // The last line may be written only in part.
    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException half) {
            return JSON.createObjectNode();
        }
    }

    /** kill -9; returns when it is dead. */
    void kill() {
        process.destroyForcibly();
        endsWithin(TO_LET_GO);
    }

    /** What it said to people at the end. */
    String lastWords() {
        var lines = read("err").lines().toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    private String read(String stream) {
        try {
            return Files.readString(directory.resolve(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("waiting for " + name, e);
        }
    }

    /** Asks it to leave; {@link #close} waits for that. */
    void terminate() {
        process.destroy();
    }

    /** Waits until it has left, also in a thread that was asked to stop, and forgets what it said. */
    @Override
    public void close() {
        var interrupted = Thread.interrupted();
        try {
            process.destroy();
            if (!process.waitFor(TO_LET_GO.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException inAHurry) {
            process.destroyForcibly();
            interrupted = true;
        } finally {
            forget();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void forget() {
        for (var file : List.of(directory.resolve("out"), directory.resolve("err"), directory)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove what " + name + " said", e);
            }
        }
    }
}
