package pgsync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pgsync.error.Stopped;

/**
 * {@code pgsync sync} as a process of its own, on the Java, the options and the class path of this one. Connection strings go through
 * the environment: arguments can be read by everybody on the machine.
 */
final class SyncProcess {
    private static final Duration TO_LET_GO = Duration.ofSeconds(5);

    private final List<String> command;

    private SyncProcess(List<String> command) {
        this.command = List.copyOf(command);
    }

    static SyncProcess asThisOne() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        // The archive of classes is ours to write when we end; processes that only read it end sooner.
        command.remove("-XX:+AutoCreateSharedArchive");
        command.removeIf(option -> option.startsWith("-XX:SharedArchiveFile=")
                && !new File(option.substring(option.indexOf('=') + 1)).exists());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "pgsync.cli.Main", "sync", "-json"));
        return new SyncProcess(command);
    }

    /** What a run ended with. {@code error}: the reason when it did not begin or broke off, else its last line. */
    record Summary(
            int exitCode,
            long tables,
            long rowsUpserted,
            long rowsDeleted,
            long rowsUnchanged,
            Duration took,
            String error) {}

    /** Waits for the process to end. What it has to say to people appears on our own standard error. */
    Summary run(String source, String target) {
        try {
            var output = Files.createTempFile("pgsync-demo-", ".jsonl");
            try {
                return run(source, target, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run pgsync as a process", e);
        }
    }

    private Summary run(String source, String target, Path output) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("PGSYNC_") || name.startsWith("PG"));
        builder.environment().put("PGSYNC_SOURCE", source);
        builder.environment().put("PGSYNC_TARGET", target);
        var process = builder.start();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new Stopped("a run of the demo", e);
        }
        return summary(process.exitValue(), Files.readAllLines(output));
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (process.waitFor(TO_LET_GO.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private static Summary summary(int exitCode, List<String> lines) throws IOException {
        var last = lines.isEmpty() ? "{}" : lines.getLast();
        JsonNode summary = new ObjectMapper().readTree(last);
        var error = summary.path("error").path("message");
        return new Summary(
                exitCode,
                summary.path("tables").path("done").asLong(),
                summary.path("rowsUpserted").asLong(),
                summary.path("rowsDeleted").asLong(),
                summary.path("rowsUnchanged").asLong(),
                Duration.ofMillis(summary.path("millis").asLong()),
                error.isMissingNode() ? last : error.asText());
    }
}
