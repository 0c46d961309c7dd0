package pgsync.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pgsync.config.ClusterConfig;
import pgsync.config.InvalidConfig;
import pgsync.error.ClusterUnreachable;
import pgsync.error.Stopped;
import pgsync.time.Pause;

class ClusterMemberTest {
    @Test
    void a_coordinator_starts_alone_and_leads() {
        try (var cluster = new Cluster(2)) {
            var alone = cluster.coordinator(0);

            assertThat(alone.isOldest()).isTrue();
            assertThat(alone.isRunning()).isTrue();
            assertThat(alone.members()).hasSize(1);
        }
    }

    @Test
    void members_see_each_other_oldest_first() {
        try (var cluster = new Cluster(3)) {
            var first = cluster.coordinator(0);
            var second = cluster.coordinator(1);
            var worker = cluster.worker(2);

            assertThat(worker.members())
                    .extracting(
                            member -> member.node().name(),
                            member -> member.node().role(),
                            ClusterNode::address)
                    .containsExactly(
                            tuple("c0", Role.COORDINATOR, "127.0.0.1:" + cluster.ports.get(0)),
                            tuple("c1", Role.COORDINATOR, "127.0.0.1:" + cluster.ports.get(1)),
                            tuple("w2", Role.WORKER, "127.0.0.1:" + cluster.ports.get(2)));
            assertThat(worker.members().getFirst().node().http()).isEqualTo("http://127.0.0.1:1/c0");
            assertThat(List.of(first.isOldest(), second.isOldest(), worker.isOldest()))
                    .containsExactly(true, false, false);
            assertThat(worker.oldest().orElseThrow().node().name()).isEqualTo("c0");
        }
    }

    @Test
    void the_next_coordinator_leads_when_the_oldest_is_gone() throws InterruptedException {
        try (var cluster = new Cluster(3)) {
            var first = cluster.coordinator(0);
            var worker = cluster.worker(1);
            var second = cluster.coordinator(2);
            var seen = new LinkedBlockingQueue<MembershipChange>();
            second.onChange(seen::add);

            first.terminate();

            var left = (MembershipChange.Left) seen.poll(30, TimeUnit.SECONDS);
            assertThat(left).isNotNull();
            assertThat(left.member().node().name()).isEqualTo("c0");
            assertThat(second.isOldest()).isTrue();
            assertThat(worker.isOldest()).isFalse();
        }
    }

    @Test
    void a_listener_is_told_who_comes() throws InterruptedException {
        try (var cluster = new Cluster(2)) {
            var first = cluster.coordinator(0);
            var seen = new LinkedBlockingQueue<MembershipChange>();
            first.onChange(seen::add);

            cluster.worker(1);

            var joined = (MembershipChange.Joined) seen.poll(30, TimeUnit.SECONDS);
            assertThat(joined).isNotNull();
            assertThat(joined.member().node().name()).isEqualTo("w1");
        }
    }

    @Test
    void a_worker_without_a_coordinator_says_where_it_looked() {
        try (var cluster = new Cluster(2)) {
            var pauses = new LinkedBlockingQueue<String>();

            assertThatThrownBy(() -> ClusterMember.join(
                            cluster.config(1, null),
                            Cluster.introduction("w", Role.WORKER),
                            Cluster.A_MOMENT,
                            pause -> pauses.add("paused")))
                    .isInstanceOf(ClusterUnreachable.class)
                    .hasMessageContaining("found no coordinator of cluster test-")
                    .hasMessageContaining(
                            "tried 127.0.0.1:%d, 127.0.0.1:%d".formatted(cluster.ports.get(0), cluster.ports.get(1)));
        }
    }

    @Test
    void a_worker_looks_again_until_a_coordinator_is_there() {
        try (var cluster = new Cluster(2)) {
            var worker = ClusterMember.join(
                    cluster.config(1, null),
                    Cluster.introduction("w1", Role.WORKER),
                    Duration.ofMinutes(5),
                    pause -> cluster.coordinator(0));
            try (worker) {
                assertThat(worker.oldest().orElseThrow().node().name()).isEqualTo("c0");
            }
        }
    }

    @Test
    void a_wrong_secret_does_not_join() {
        try (var cluster = new Cluster(2)) {
            var first = cluster.join(cluster.config(0, "right"), Cluster.introduction("c0", Role.COORDINATOR));

            for (var role : Role.values()) {
                assertThatThrownBy(() -> cluster.join(cluster.config(1, "wrong"), Cluster.introduction("other", role)))
                        .isInstanceOf(ClusterUnreachable.class)
                        .hasMessageContaining("127.0.0.1:%d refused".formatted(cluster.ports.get(0)))
                        .message()
                        .doesNotContain("wrong", "right");
            }
            assertThat(first.members()).hasSize(1);
        }
    }

    @Test
    void the_right_secret_joins() {
        try (var cluster = new Cluster(2)) {
            cluster.join(cluster.config(0, "right"), Cluster.introduction("c0", Role.COORDINATOR));

            var second = cluster.join(cluster.config(1, "right"), Cluster.introduction("c1", Role.COORDINATOR));

            assertThat(second.members()).hasSize(2);
        }
    }

    @Test
    void a_port_that_is_taken_is_an_error_that_names_it() throws IOException {
        try (var cluster = new Cluster(1);
                var taken = new ServerSocket(cluster.ports.getFirst(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> cluster.coordinator(0))
                    .isInstanceOf(ClusterUnreachable.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void every_address_at_once_and_one_of_another_machine_are_refused() {
        for (var wrong : List.of("0.0.0.0", "::", "192.0.2.1")) {
            var nowhere = new ClusterConfig("test", wrong, 5701, List.of(), null, null, true);

            assertThatThrownBy(() -> ClusterMember.join(nowhere, Cluster.introduction("c", Role.COORDINATOR)))
                    .isInstanceOf(InvalidConfig.class)
                    .hasMessage(
                            "cluster.bind is %s; allowed: one address of this machine, the one at which other nodes reach it",
                            wrong);
        }
    }

    @Test
    void a_node_that_left_sees_nobody_and_does_not_lead() {
        try (var cluster = new Cluster(1)) {
            var member = cluster.coordinator(0);

            member.close();

            assertThat(member.isRunning()).isFalse();
            assertThat(member.isOldest()).isFalse();
            assertThat(member.members()).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nothing_listens_but_the_member_port_on_the_bind_address() throws IOException {
        var before = listening();
        try (var cluster = new Cluster(1)) {
            cluster.coordinator(0);

            var opened = listening();
            opened.removeAll(before);
            // The kernel writes the four bytes of an address backwards; an IPv6 socket shows the mapped form.
            assertThat(opened)
                    .hasSize(1)
                    .first()
                    .asString()
                    .endsWith("0100007F:%04X".formatted(cluster.ports.getFirst()));
        }
    }

    // Of this process alone: others on the machine open sockets too.
    private static Set<String> listening() throws IOException {
        var mine = new HashSet<String>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors) {
                try {
                    mine.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException closedMeanwhile) {
                    // not a socket that stays open
                }
            }
        }
        var sockets = new HashSet<String>();
        for (var table : List.of("tcp", "tcp6", "udp", "udp6")) {
            for (var line : Files.readAllLines(Path.of("/proc/self/net/" + table))) {
                var words = line.trim().split("\\s+");
                var listens = words[3].equals("0A") || table.startsWith("udp");
                if (words.length > 9 && listens && mine.contains("socket:[%s]".formatted(words[9]))) {
                    sockets.add(words[1]);
                }
            }
        }
        return sockets;
    }

    @Test
    void an_interrupt_while_looking_for_a_coordinator_is_a_stop() {
        try (var cluster = new Cluster(2)) {
            Pause interrupted = pause -> {
                throw new InterruptedException();
            };

            assertThatThrownBy(() -> ClusterMember.join(
                            cluster.config(1, null),
                            Cluster.introduction("w", Role.WORKER),
                            Duration.ofMinutes(5),
                            interrupted))
                    .isInstanceOf(Stopped.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
