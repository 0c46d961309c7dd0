package pgsync.testground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Servers must not outlive the JVM that started them, whatever ends it: on a developer's machine they would pile up. */
class LifetimeTest {
    /** Runs in a JVM of its own: starts a server, says where it is, and waits for the end of its input. */
    static final class Guest {
        private Guest() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println(TestServers.start(TestServers.DEFAULT_MAJOR).dataDirectory());
            var end = System.in.read();
            assertThat(end).isEqualTo(-1);
        }
    }

    @Test
    void a_jvm_that_ends_takes_its_servers_with_it() throws Exception {
        var guest = startGuest();

        guest.jvm.getOutputStream().close();

        guest.postmaster.onExit().join();
        awaitGone(guest.run);
        assertThat(guest.jvm.waitFor()).isZero();
    }

    @Test
    void a_jvm_that_is_killed_takes_its_servers_with_it() throws Exception {
        var guest = startGuest();

        guest.jvm.destroyForcibly().waitFor();

        guest.postmaster.onExit().join();
        awaitGone(guest.run);
    }

    @Test
    void the_next_jvm_removes_what_a_killed_one_and_its_guard_have_left() throws Exception {
        var guest = startGuest();
        // A guest also clears away what runs before it have left, if their own guards have not come to it yet.
        var guard = guest.jvm
                .toHandle()
                .children()
                .filter(child -> child.info().commandLine().orElse("").endsWith(guest.run.toString()))
                .toList();
        assertThat(guard).hasSize(1);
        guard.get(0).destroyForcibly();
        guard.get(0).onExit().join();
        guest.jvm.destroyForcibly().waitFor();
        assertThat(guest.postmaster.isAlive()).isTrue();

        var next = startGuest();

        guest.postmaster.onExit().join();
        awaitGone(guest.run);
        assertThat(next.postmaster.isAlive()).isTrue();
        next.jvm.destroyForcibly().waitFor();
        awaitGone(next.run);
    }

    private record Running(Process jvm, ProcessHandle postmaster, Path run) {}

    private static Running startGuest() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jvm = new ProcessBuilder(List.of(
                        java,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Guest.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(jvm.inputReader(StandardCharsets.UTF_8));
        var data = Path.of(Objects.requireNonNull(output.readLine(), "the guest has ended"));
        var pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        return new Running(
                jvm, ProcessHandle.of(pid).orElseThrow(), data.resolve("../..").normalize());
    }

    /** The guard deletes the directory after the last server has ended; there is nothing to wait on but the directory. */
    private static void awaitGone(Path run) {
        while (Files.exists(run)) {
            Thread.onSpinWait();
        }
    }
}
