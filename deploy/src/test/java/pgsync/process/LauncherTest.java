package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher asks of Java, seen by a Java that only writes down its arguments and its process id. */
class LauncherTest {
    private static final String WRITES_DOWN_ITS_ARGUMENTS = """
            #!/bin/sh
            echo "pid $$"
            for argument; do echo "$argument"; done
            """;

    @TempDir
    Path directory;

    private Path installed;
    private Path java;

    @BeforeEach
    void install() throws IOException {
        installed = Files.createDirectories(directory.resolve("pgsync-1"));
        Files.createDirectories(installed.resolve("lib"));
        Files.copy(checkout().resolve("pgsync"), installed.resolve("pgsync"));
        java = Files.createDirectories(directory.resolve("java/bin")).getParent();
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.writeString(java.resolve("bin/java"), WRITES_DOWN_ITS_ARGUMENTS);
        assertThat(java.resolve("bin/java").toFile().setExecutable(true)).isTrue();
    }

    @Test
    void a_node_gets_what_hazelcast_asks_for() {
        for (var command : List.of("coordinator", "worker")) {
            assertThat(launch(command, "-config", "c.json"))
                    .as(command)
                    .contains(
                            "--add-opens=java.base/java.lang=ALL-UNNAMED",
                            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED")
                    .endsWith("pgsync.cli.Main", command, "-config", "c.json");
        }
    }

    @Test
    void a_run_on_one_machine_starts_as_quickly_as_before() {
        for (var arguments : List.of("sync -source a", "-source a -target b", "history", "version", "demo")) {
            assertThat(launch(arguments.split(" "))).as(arguments).noneMatch(argument -> argument.startsWith("--add-"));
        }
    }

    @Test
    void nodes_have_a_class_archive_of_their_own() {
        assertThat(archive(launch("coordinator"))).isEqualTo("node-java25.0.1.jsa");
        assertThat(archive(launch("worker"))).isEqualTo("node-java25.0.1.jsa");
        assertThat(archive(launch("-source", "a"))).isEqualTo("pgsync-java25.0.1.jsa");
    }

    @Test
    void the_options_before_the_command_do_not_hide_it() {
        assertThat(launch("-config", "c.json", "worker")).anyMatch(argument -> argument.startsWith("--add-opens"));
    }

    @Test
    void signals_reach_java_because_it_takes_the_place_of_the_launcher() throws Exception {
        var process = start("coordinator");

        assertThat(lines(process)).first().isEqualTo("pid " + process.pid());
    }

    @Test
    void a_read_only_installation_without_a_home_runs_without_an_archive() {
        assertThat(launch(new String[] {"PGSYNC_CACHE="}, "coordinator"))
                .noneMatch(argument -> argument.startsWith("-XX:SharedArchiveFile"));
    }

    private static String archive(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("-XX:SharedArchiveFile="))
                .map(argument -> argument.substring(argument.lastIndexOf('/') + 1))
                .findFirst()
                .orElse("none");
    }

    private List<String> launch(String... arguments) {
        return launch(new String[0], arguments);
    }

    private List<String> launch(String[] environment, String... arguments) {
        try {
            return lines(start(environment, arguments));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Process start(String... arguments) throws IOException {
        return start(new String[0], arguments);
    }

    private Process start(String[] environment, String... arguments) throws IOException {
        var command =
                new java.util.ArrayList<>(List.of(installed.resolve("pgsync").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("JAVA_HOME", java.toString());
        Arrays.stream(environment)
                .map(each -> each.split("=", 2))
                .forEach(each -> builder.environment().put(each[0], each[1]));
        return builder.start();
    }

    private static List<String> lines(Process process) throws IOException, InterruptedException {
        var lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    static Path checkout() {
        var top = Path.of("").toAbsolutePath();
        while (!Files.exists(top.resolve("mvnw"))) {
            top = top.getParent();
        }
        return top;
    }
}
