package pgsync.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged product, started as its launcher starts it: its jars alone, an environment without a word about PostgreSQL. */
public final class Product {
    /** Nothing here takes half as long; a process that does hangs. */
    private static final Duration HANGS = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> arguments;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> javaOptions = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private String heap = "256m";
    private String standardInput = "";
    private String classPath = folder().resolve("lib") + File.separator + "*";
    private String main = "pgsync.cli.Main";

    private Product(List<String> arguments) {
        this.arguments = arguments;
    }

    public static Product of(String... arguments) {
        return new Product(List.of(arguments));
    }

    /** {@code pgsync sync} between two databases, named in the environment. */
    public static Product sync(String source, String target, String... arguments) {
        return of(arguments).with("PGSYNC_SOURCE", source).with("PGSYNC_TARGET", target);
    }

    public Product with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Product home(Path directory) {
        javaOptions.add("-Duser.home=" + directory);
        return this;
    }

    /** With what the launcher adds for {@code demo}. */
    Product demo() {
        classPath += File.pathSeparator + folder().resolve("demo-lib") + File.separator + "*";
        javaOptions.add("-XX:-AutoCreateSharedArchive");
        return this;
    }

    public Product javaOption(String option) {
        javaOptions.add(option);
        return this;
    }

    public Product heap(String largest) {
        heap = largest;
        return this;
    }

    /** What stands before its command line: the way into a network namespace. It has to become the process, not to start it. */
    public Product inside(List<String> command) {
        before.addAll(command);
        return this;
    }

    /** Another main class, found in that folder: the product with a part taken out. */
    public Product instead(String mainClass, Path classes) {
        main = mainClass;
        classPath += File.pathSeparator + classes;
        javaOptions.add("-XX:-AutoCreateSharedArchive");
        return this;
    }

    public Product standardInput(String text) {
        standardInput = text;
        return this;
    }

    /** Waits for its end. */
    public Ended run() {
        try (var running = start()) {
            return running.ended();
        }
    }

    public Running start() {
        try {
            var directory = Files.createTempDirectory("pgsync-it-");
            var input = Files.writeString(directory.resolve("in"), standardInput);
            var builder = new ProcessBuilder(command(directory))
                    .directory(directory.toFile())
                    .redirectInput(input.toFile())
                    .redirectOutput(directory.resolve("out").toFile())
                    .redirectError(directory.resolve("err").toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().putAll(environment);
            return new Running(builder.start(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(Path directory) {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms32m",
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xlog:disable",
                // As the launcher does: starts take half as long. Written by the first process that ends by itself.
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + folder().resolveSibling("process-tests.jsa"),
                "-Duser.home=" + directory));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return command;
    }

    private static Path folder() {
        var top = Path.of("").toAbsolutePath();
        while (!Files.exists(top.resolve("mvnw"))) {
            top = top.getParent();
        }
        var folder = top.resolve("deploy/target/pgsync");
        if (!Files.isDirectory(folder.resolve("lib"))) {
            throw new AssertionError(folder + " is missing: these tests run the packaged product, so package it first");
        }
        return folder;
    }

    /** What became of a process. */
    public record Ended(int code, String out, String err) {
        public JsonNode lastLine() {
            return json(out.lines().reduce("", (before, line) -> line));
        }

        @Override
        public String toString() {
            return "exit code %d%n--- standard output%n%s--- standard error%n%s".formatted(code, out, err);
        }
    }

    public static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    /** A process at work. Closing kills what still runs and forgets its output. */
    public static final class Running implements AutoCloseable {
        private final Process process;
        private final Path directory;

        private Running(Process process, Path directory) {
            this.process = process;
            this.directory = directory;
        }

        public boolean alive() {
            return process.isAlive();
        }

        public long pid() {
            return process.pid();
        }

        /** kill -9, at once; returns when it is dead. */
        public void kill() {
            process.destroyForcibly();
            ended();
        }

        public void signal(String name) {
            try {
                var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
                if (kill.waitFor() != 0) {
                    throw new AssertionError("cannot signal the process");
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** Whether it ended within that time. */
        public boolean endsWithin(Duration time) {
            try {
                return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        /** Looks until it is so; fails when the process ends before, or hangs. */
        public void until(String what, BooleanSupplier condition) {
            var deadline = System.nanoTime() + HANGS.toNanos();
            while (!condition.getAsBoolean()) {
                if (endsWithin(Duration.ofMillis(5)) && !condition.getAsBoolean()) {
                    throw new AssertionError("ended before " + what + ": " + ended());
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("never " + what);
                }
            }
        }

        public Ended ended() {
            if (!endsWithin(HANGS)) {
                process.destroyForcibly();
                throw new AssertionError("does not end; said so far: " + read("out") + read("err"));
            }
            return new Ended(process.exitValue(), read("out"), read("err"));
        }

        public String out() {
            return read("out");
        }

        public String err() {
            return read("err");
        }

        private String read(String stream) {
            try {
                return Files.readString(directory.resolve(stream));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            if (process.isAlive()) {
                process.destroyForcibly();
                endsWithin(HANGS);
            }
            try (var files = Files.walk(directory)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
