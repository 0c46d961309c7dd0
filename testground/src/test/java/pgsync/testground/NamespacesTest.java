package pgsync.testground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamespacesTest {
    private static final int TIMED_OUT = 124;

    @BeforeEach
    void only_where_there_are_namespaces() {
        var missing = Namespaces.unavailable();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }

    @Test
    void a_partition_separates_two_groups_and_neither_from_the_databases() throws Exception {
        var server = TestServers.shared(TestServers.DEFAULT_MAJOR);
        try (var machines = Namespaces.open(3);
                var database = FaultProxy.start(machines.hostAddress(), server.host(), server.port())) {
            assertThat(reaches(machines, 0, machines.address(1))).isTrue();

            machines.partition(Set.of(0), Set.of(1, 2));

            assertThat(reaches(machines, 0, machines.address(1))).isFalse();
            assertThat(reaches(machines, 2, machines.address(0))).isFalse();
            assertThat(reaches(machines, 1, machines.address(2))).isTrue();
            for (var number = 0; number < 3; number++) {
                assertThat(connects(machines, number, database)).isTrue();
            }

            machines.heal();

            assertThat(reaches(machines, 0, machines.address(1))).isTrue();
        }
    }

    @Test
    void an_isolated_one_reaches_nobody() throws Exception {
        var server = TestServers.shared(TestServers.DEFAULT_MAJOR);
        try (var machines = Namespaces.open(2);
                var database = FaultProxy.start(machines.hostAddress(), server.host(), server.port())) {
            machines.isolate(0);

            assertThat(reaches(machines, 0, machines.address(1))).isFalse();
            assertThat(connects(machines, 0, database)).isFalse();
            assertThat(connects(machines, 1, database)).isTrue();
        }
    }

    @Test
    void closing_ends_what_runs_inside_and_leaves_nothing() throws Exception {
        var before = links();
        Process inside;
        try (var machines = Namespaces.open(2);
                var others = Namespaces.open(1)) {
            assertThat(machines.hostAddress()).isNotEqualTo(others.hostAddress());
            inside = start(machines, 0, "sleep", "1000");
        }
        assertThat(inside.waitFor()).isNotZero();
        assertThat(links()).isEqualTo(before);
    }

    @Test
    void removes_what_a_killed_process_has_left() throws Exception {
        var gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor()).isZero();
        var left = "pgsg" + gone.pid() + "an0";
        assertThat(new ProcessBuilder("ip", "netns", "add", left).start().waitFor())
                .isZero();

        Namespaces.open(1).close();

        assertThat(Files.exists(Path.of("/run/netns", left))).isFalse();
    }

    /** Nothing listens there: an answer that says so is an answer. */
    private static boolean reaches(Namespaces machines, int from, String address) throws Exception {
        return tried(machines, from, address, 9) != TIMED_OUT;
    }

    private static boolean connects(Namespaces machines, int from, FaultProxy database) throws Exception {
        return tried(machines, from, database.host(), database.port()) == 0;
    }

    private static int tried(Namespaces machines, int from, String address, int port) throws Exception {
        var connect = "exec 3<>/dev/tcp/%s/%d".formatted(address, port);
        return start(machines, from, "timeout", "1", "bash", "-c", connect).waitFor();
    }

    private static Process start(Namespaces machines, int number, String... command) throws IOException {
        var all = new ArrayList<>(machines.inside(number));
        all.addAll(List.of(command));
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<Path> links() throws IOException {
        try (var all = Files.list(Path.of("/sys/class/net"))) {
            return all.sorted().toList();
        }
    }
}
