package pgsync.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import pgsync.board.TaskBoard;
import pgsync.cluster.HazelcastSettings.Attribute;
import pgsync.config.ClusterConfig;
import pgsync.config.InvalidConfig;
import pgsync.error.ClusterUnreachable;
import pgsync.error.Stopped;
import pgsync.task.NodeId;
import pgsync.time.Pause;

/**
 * This node's place in the cluster, from {@link #join} to {@link #close}. Safe from any thread. What it says of others is what
 * this node sees now: halves of a split cluster both have an oldest coordinator, and a dead one is seen for up to ten seconds.
 */
public final class ClusterMember implements AutoCloseable {
    // A worker that is started together with its coordinator finds it in the first seconds; one that finds none for
    // this long is
    // started again by whatever supervises it.
    private static final Duration WORKER_LOOKS = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final HazelcastInstance hazelcast;
    private final TaskBoard board;

    private ClusterMember(HazelcastInstance hazelcast, Pause pause) {
        this.hazelcast = hazelcast;
        this.board = new ClusterBoard(hazelcast, pause);
    }

    /**
     * Joins the cluster that the configured addresses lead to. A coordinator that finds nobody starts one; a worker looks for a
     * coordinator for half a minute.
     *
     * @throws ClusterUnreachable when our port cannot be had, the others refuse us, or a worker finds no coordinator
     * @throws InvalidConfig when {@code cluster.bind} is not one address of this machine
     */
    public static ClusterMember join(ClusterConfig config, Introduction me) {
        return join(config, me, WORKER_LOOKS, Pause.real());
    }

    static ClusterMember join(ClusterConfig config, Introduction me, Duration patience, Pause pause) {
        // What Hazelcast logs before it has read its settings follows this, otherwise it goes to standard error on its
        // own.
        System.setProperty("hazelcast.logging.type", "slf4j");
        var bind = bindAddress(config.bind());
        var begin = System.nanoTime();
        while (true) {
            var reception = new Reception(config.serviceDns() == null);
            var hazelcast = start(config, bind, me, reception);
            var members = hazelcast.getCluster().getMembers();
            if (members.stream().anyMatch(member -> !member.isLiteMember())
                    && (members.size() > 1 || !reception.wasRefused())) {
                return new ClusterMember(hazelcast, pause);
            }
            hazelcast.getLifecycleService().terminate();
            if (reception.wasRefused()) {
                throw refused(config, reception);
            }
            if (System.nanoTime() - begin >= patience.toNanos()) {
                throw alone(config, patience);
            }
            rest(pause);
        }
    }

    /** Whether somebody listens at the member address {@code host:port} and the network lets us through to it. */
    public static boolean isReachable(String address, Duration within) {
        var member = MemberAddress.of(address, ClusterConfig.DEFAULT.port());
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(member.host(), member.port()), Math.toIntExact(within.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress bindAddress(String bind) {
        try {
            var address = InetAddress.getByName(bind);
            if (address.isAnyLocalAddress() || !isOfThisMachine(address)) {
                throw new InvalidConfig(
                        "cluster.bind", bind, "one address of this machine, the one at which other nodes reach it");
            }
            return address;
        } catch (UnknownHostException e) {
            throw new InvalidConfig("cluster.bind", bind, "an address of this machine, or a name that leads to one");
        }
    }

    /** Hazelcast takes a foreign address for one whose ports are all in use. Asked of any port: ours may be in use in earnest. */
    private static boolean isOfThisMachine(InetAddress address) {
        try (var any = new ServerSocket(0, 1, address)) {
            return any.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static HazelcastInstance start(
            ClusterConfig config, InetAddress bind, Introduction me, Reception reception) {
        try {
            return HazelcastInstanceFactory.newHazelcastInstance(
                    HazelcastSettings.of(config, bind, me), null, reception);
        } catch (HazelcastException | IllegalStateException e) {
            throw new ClusterUnreachable(
                    "cannot join cluster %s from %s: %s%s"
                            .formatted(config.name(), own(config), e.getMessage(), tried(config)),
                    "check that the port is free, that cluster.bind is an address of this machine, and that all nodes run one version",
                    e);
        }
    }

    private static ClusterUnreachable refused(ClusterConfig config, Reception reception) {
        return new ClusterUnreachable(
                "%s refused to let this node into cluster %s".formatted(reception.refusedBy(), config.name()),
                "give all nodes the same cluster.name and the same cluster.secret",
                null);
    }

    private static ClusterUnreachable alone(ClusterConfig config, Duration patience) {
        return new ClusterUnreachable(
                "found no coordinator of cluster %s within %d s from %s%s"
                        .formatted(config.name(), patience.toSeconds(), own(config), tried(config)),
                "start a coordinator, and check cluster.members and that the member port is open between the nodes",
                null);
    }

    private static String own(ClusterConfig config) {
        return new MemberAddress(config.bind(), config.port()).toString();
    }

    private static String tried(ClusterConfig config) {
        if (config.serviceDns() != null) {
            return "; tried the addresses of " + config.serviceDns();
        }
        var members = MemberAddress.all(config);
        return members.isEmpty()
                ? "; cluster.members names no node to try"
                : members.stream().map(MemberAddress::toString).collect(Collectors.joining(", ", "; tried ", ""));
    }

    private static void rest(Pause pause) {
        try {
            pause.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("look for a coordinator", e);
        }
    }

    /** The board of the whole cluster. Never fails: a cluster in trouble looks like an empty board. */
    public TaskBoard board() {
        return board;
    }

    /** This is the coordinator that leads, by what this node sees. Two may believe it at once, which has to be harmless. */
    public boolean isOldest() {
        return look(
                false,
                () -> hazelcast.getCluster().getMembers().stream()
                        .filter(member -> !member.isLiteMember())
                        .findFirst()
                        .map(Member::localMember)
                        .orElse(false));
    }

    /** False once this node is out of the cluster for good, by {@link #close} or after a merge that failed. */
    public boolean isRunning() {
        return hazelcast.getLifecycleService().isRunning();
    }

    /** Oldest first, this node included; empty when it is out of the cluster. */
    public List<ClusterNode> members() {
        return look(
                List.of(),
                () -> hazelcast.getCluster().getMembers().stream()
                        .flatMap(member -> node(member).stream())
                        .toList());
    }

    /** The coordinator that leads, by what this node sees; empty while there is none. */
    public Optional<ClusterNode> oldest() {
        return members().stream()
                .filter(member -> member.node().role() == Role.COORDINATOR)
                .findFirst();
    }

    /** Calls {@code listener} for everybody who comes or goes from now on, on a thread of the cluster: it must not wait. */
    public void onChange(Consumer<MembershipChange> listener) {
        hazelcast.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                node(event.getMember()).map(MembershipChange.Joined::new).ifPresent(listener);
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                node(event.getMember()).map(MembershipChange.Left::new).ifPresent(listener);
            }
        });
    }

    private static <T> T look(T otherwise, Supplier<T> question) {
        try {
            return question.get();
        } catch (HazelcastInstanceNotActiveException e) {
            return otherwise;
        }
    }

    // A member that does not introduce itself is not one of ours; whoever holds the name of the cluster could add one.
    private static Optional<ClusterNode> node(Member member) {
        var id = member.getAttribute(Attribute.ID);
        var role = member.getAttribute(Attribute.ROLE);
        if (id == null || role == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClusterNode(
                    new Introduction(
                            new NodeId(UUID.fromString(id)),
                            word(member, Attribute.NAME),
                            Role.valueOf(role),
                            word(member, Attribute.VERSION),
                            word(member, Attribute.HTTP)),
                    address(member.getAddress())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String word(Member member, String attribute) {
        var value = member.getAttribute(attribute);
        return value == null ? "" : value;
    }

    private static String address(Address address) {
        return new MemberAddress(address.getHost(), address.getPort()).toString();
    }

    /** Drops out as a process that is killed does: the others see only that its connections end. For tests. */
    void terminate() {
        hazelcast.getLifecycleService().terminate();
    }

    /** Leaves the cluster; the others see it at once. Waits a few seconds at most. */
    @Override
    public void close() {
        hazelcast.shutdown();
    }
}
