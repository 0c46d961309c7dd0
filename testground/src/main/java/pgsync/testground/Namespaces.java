package pgsync.testground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Several machines on one: network namespaces on a bridge of their own. Each reaches the others and {@link #hostAddress}, nothing else.
 * Needs root on Linux; {@link #unavailable} says what is missing. What a killed JVM leaves, the next one removes. Safe from any thread.
 */
public final class Namespaces implements AutoCloseable {
    /** Bridges and namespaces are called after the process that made them; names of links have 15 letters at most. */
    private static final String PREFIX = "pgsg";

    private static final Pattern OWNER = Pattern.compile("(" + PREFIX + "(\\d+)[a-z])(n\\d+)?");
    private static final Path NAMESPACES = Path.of("/run/netns");

    private static final AtomicInteger OPENED = new AtomicInteger();

    private final String bridge;
    private final String network;
    private final int count;

    private Namespaces(String bridge, String network, int count) {
        this.bridge = bridge;
        this.network = network;
        this.count = count;
    }

    /** Why this machine has none, in words for the person who sees a test skipped; empty when it can. */
    public static Optional<String> unavailable() {
        return Optional.ofNullable(Probe.RESULT);
    }

    /** Makes so many, numbered from 0. */
    public static synchronized Namespaces open(int count) {
        removeLeftovers();
        var letter = (char) ('a' + OPENED.getAndIncrement() % 26);
        var opened = new Namespaces(PREFIX + ProcessHandle.current().pid() + letter, freeNetwork(), count);
        try {
            opened.build();
            return opened;
        } catch (GroundFailed e) {
            opened.close();
            throw e;
        }
    }

    /** The address of this machine that all of them reach: a server or a {@link FaultProxy} has to listen there. */
    public String hostAddress() {
        return network + ".1";
    }

    public String address(int number) {
        return network + "." + (10 + number);
    }

    /** What stands before the command line of a process that is to run inside. */
    public List<String> inside(int number) {
        return List.of("nsenter", "--net=" + NAMESPACES.resolve(name(number)), "--");
    }

    /** From now on no packet passes between the two groups, either way. Each still reaches the host, so databases stay in sight. */
    public void partition(Set<Integer> one, Set<Integer> other) {
        for (var here : one) {
            for (var there : other) {
                drop(here, address(there));
            }
        }
    }

    /** From now on that one reaches nobody, not even the host: a cable that was pulled. */
    public void isolate(int number) {
        drop(number, network + ".0/24");
    }

    /** Everybody reaches everybody again. Packets that TCP still repeats arrive late, as in life. */
    public void heal() {
        for (var number = 0; number < count; number++) {
            command(within(number, "iptables", "-w", "-F"));
        }
    }

    private void drop(int here, String there) {
        command(within(here, "iptables", "-w", "-A", "INPUT", "-s", there, "-j", "DROP"));
        command(within(here, "iptables", "-w", "-A", "OUTPUT", "-d", there, "-j", "DROP"));
    }

    /** Ends what runs inside and removes everything. */
    @Override
    public void close() {
        remove(bridge);
    }

    private String name(int number) {
        return bridge + "n" + number;
    }

    private void build() {
        command("ip", "link", "add", bridge, "type", "bridge");
        command("ip", "address", "add", hostAddress() + "/24", "dev", bridge);
        command("ip", "link", "set", bridge, "up");
        for (var number = 0; number < count; number++) {
            var name = name(number);
            command("ip", "netns", "add", name);
            command("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
            command("ip", "link", "set", name, "master", bridge);
            command("ip", "link", "set", name, "up");
            command(within(number, "ip", "address", "add", address(number) + "/24", "dev", "eth0"));
            command(within(number, "ip", "link", "set", "eth0", "up"));
            command(within(number, "ip", "link", "set", "lo", "up"));
        }
    }

    private List<String> within(int number, String... command) {
        var all = new ArrayList<>(inside(number));
        all.addAll(List.of(command));
        return all;
    }

    private static void remove(String bridge) {
        for (var namespace : namespaces()) {
            if (namespace.startsWith(bridge + "n")) {
                for (var pid : output(List.of("ip", "netns", "pids", namespace))
                        .lines()
                        .toList()) {
                    ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
                }
                command("ip", "netns", "delete", namespace);
            }
        }
        // A namespace that was deleted gives its links back later, some time after the last process in it.
        for (var link : links()) {
            if (link.equals(bridge) || link.startsWith(bridge + "n")) {
                removeLink(link);
            }
        }
    }

    private static void removeLink(String link) {
        try {
            command("ip", "link", "delete", link);
        } catch (GroundFailed e) {
            if (links().contains(link)) {
                throw e;
            }
        }
    }

    private static void removeLeftovers() {
        var owners = new TreeSet<String>();
        var all = new ArrayList<>(namespaces());
        all.addAll(links());
        for (var name : all) {
            var owner = OWNER.matcher(name);
            if (owner.matches()
                    && ProcessHandle.of(Long.parseLong(owner.group(2))).isEmpty()) {
                owners.add(owner.group(1));
            }
        }
        owners.forEach(Namespaces::remove);
    }

    /** A network of private addresses that no interface of this machine is in. */
    private static String freeNetwork() {
        var taken = new TreeSet<String>();
        try {
            for (var each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                each.inetAddresses().map(InetAddress::getHostAddress).forEach(taken::add);
            }
        } catch (IOException e) {
            throw new GroundFailed("cannot list the addresses of this machine", e);
        }
        for (var third = 1; third < 255; third++) {
            var candidate = "10.213." + third;
            if (taken.stream().noneMatch(address -> address.startsWith(candidate + "."))) {
                return candidate;
            }
        }
        throw new GroundFailed("no free network in 10.213.0.0/16");
    }

    private static List<String> namespaces() {
        if (!Files.isDirectory(NAMESPACES)) {
            return List.of();
        }
        try (var all = Files.list(NAMESPACES)) {
            return all.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new GroundFailed("cannot list the namespaces", e);
        }
    }

    private static List<String> links() {
        try (var all = Files.list(Path.of("/sys/class/net"))) {
            return all.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new GroundFailed("cannot list the network links", e);
        }
    }

    private static void command(String... command) {
        command(List.of(command));
    }

    private static void command(List<String> command) {
        var unused = output(command);
    }

    private static String output(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new GroundFailed("%s: %s".formatted(String.join(" ", command), said.strip()));
            }
            return said;
        } catch (IOException e) {
            throw new GroundFailed("cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GroundFailed("interrupted while waiting for " + command.getFirst(), e);
        }
    }

    /** Asked once a JVM, by doing it. */
    private static final class Probe {
        static final @Nullable String RESULT = look();

        private static @Nullable String look() {
            if (!System.getProperty("os.name").equals("Linux")) {
                return "network namespaces exist on Linux only";
            }
            try (var one = open(1)) {
                one.partition(Set.of(0), Set.of(1));
                one.heal();
                return null;
            } catch (GroundFailed e) {
                return "network namespaces need root, ip, nsenter and iptables here: " + e.getMessage();
            }
        }
    }
}
