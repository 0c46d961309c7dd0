package pgsync.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.cli.ExitCode;
import pgsync.time.Durations;

class SystemdTest {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final Duration DRAIN = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"coordinator", "worker"})
    void a_node_is_started_again_unless_a_person_has_to_change_something(String role) {
        var unit = Artefacts.text("systemd/pgsync-" + role + ".service");

        assertThat(value(unit, "Restart")).isEqualTo("on-failure");
        assertThat(value(unit, "RestartPreventExitStatus").split(" "))
                .containsExactly("" + ExitCode.USAGE.code(), "" + ExitCode.REFUSED.code());
        assertThat(value(unit, "SuccessExitStatus")).isEqualTo("" + ExitCode.TERMINATED.code());
        assertThat(value(unit, "ExecStart"))
                .isEqualTo("/opt/pgsync/pgsync " + role + " -config /etc/pgsync/pgsync.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgsync-coordinator", "pgsync-worker", "pgsync"})
    void there_is_time_to_drain_and_secrets_are_not_on_the_command_line(String name) {
        var unit = Artefacts.text("systemd/" + name + ".service");

        assertThat(Durations.parse(value(unit, "TimeoutStopSec") + "s"))
                .hasValueSatisfying(stop -> assertThat(stop).isGreaterThan(DRAIN));
        assertThat(value(unit, "EnvironmentFile")).isEqualTo("/etc/pgsync/secrets.env");
        assertThat(value(unit, "ExecStart")).doesNotContain("postgres://", "-source", "-target");
        assertThat(value(unit, "DynamicUser")).isEqualTo("yes");
    }

    @Test
    void systemd_finds_nothing_wrong() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(ANALYZE), "systemd-analyze is not on this machine");
        for (var name :
                List.of("pgsync-coordinator.service", "pgsync-worker.service", "pgsync.service", "pgsync.timer")) {
            // The program has to exist where the unit says, so it says another place here.
            var unit = Artefacts.text("systemd/" + name).replace("/opt/pgsync/pgsync ", "/bin/true ");
            Files.writeString(directory.resolve(name), unit);
        }

        assertThat(verify("pgsync-coordinator.service", "pgsync-worker.service", "pgsync.timer"))
                .isEmpty();
    }

    @Test
    void a_unit_with_a_mistake_would_be_noticed() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(ANALYZE), "systemd-analyze is not on this machine");
        var unit = Artefacts.text("systemd/pgsync.service")
                .replace("/opt/pgsync/pgsync ", "/bin/true ")
                .replace("ProtectSystem=strict", "ProtectSystem=strictly");
        Files.writeString(directory.resolve("pgsync.service"), unit);

        assertThat(verify("pgsync.service")).contains("protect system");
    }

    private String verify(String... names) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(ANALYZE.toString(), "verify", "--man=no"));
        for (var name : names) {
            command.add(directory.resolve(name).toString());
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = process.inputReader()
                .lines()
                .filter(line -> line.contains("pgsync"))
                .toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return String.join("\n", said);
    }

    private static String value(String unit, String key) {
        return unit.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key));
    }
}
