package pgsync.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.time.Pause;

/**
 * Finds the server to use among hosts, addresses and encryption, the same for both drivers: in the order written, by libpq's
 * rules, over and over with growing pauses while the failures are ones that pass. Blocks: call on a virtual thread.
 */
final class Dialer {
    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);

    private final Pause pause;
    private final Duration patience;
    private final RandomGenerator random;
    /** What was warned of, and when. Few: the failures of two servers. */
    private final Map<String, Long> warned = new ConcurrentHashMap<>();

    private volatile boolean closed;

    Dialer(Pause pause, Duration patience, RandomGenerator random) {
        this.pause = pause;
        this.patience = patience;
        this.random = random;
    }

    /** Who dials now tries no more: a pool that is closed may have asked for a connection that nobody waits for. */
    void close() {
        closed = true;
    }

    /** One driver's part: a connection over one way. */
    interface Line<C> {
        C open(Endpoint endpoint, Way way) throws Refusal, InterruptedException;

        ServerRole role(C connection) throws Refusal, InterruptedException;

        /** Leaves the session with our {@link SessionDefaults}. */
        void pin(C connection) throws Refusal, InterruptedException;

        void close(C connection);
    }

    private sealed interface Answer<C> {
        record Connected<C>(C connection) implements Answer<C> {}

        /** Nobody would have us; the reasons by host in the order tried. */
        record Nobody<C>(SequencedMap<Endpoint.Host, Refusal> refusals) implements Answer<C> {}
    }

    <C> C dial(Side side, Endpoint endpoint, Line<C> line) {
        var step = side.label() + " " + endpoint.display();
        long waitedNanos = 0;
        for (int attempt = 0; ; attempt++) {
            long began = System.nanoTime();
            Answer<C> answer;
            try {
                answer = tryAll(endpoint, line);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped("connecting to " + step, e);
            }
            waitedNanos += System.nanoTime() - began;
            switch (answer) {
                case Answer.Connected<C>(var connection) -> {
                    return connection;
                }
                case Answer.Nobody<C>(var refusals) -> {
                    if (closed) {
                        throw new Stopped("connecting to " + step, failure(side, endpoint, refusals));
                    }
                    var wait = pauseAfter(attempt);
                    boolean hopeless = refusals.values().stream().noneMatch(r -> r.next() == Refusal.Next.TRY_AGAIN)
                            || refusals.values().stream().anyMatch(r -> r.next() == Refusal.Next.GIVE_UP);
                    if (hopeless || waitedNanos + wait.toNanos() > patience.toNanos()) {
                        throw failure(side, endpoint, refusals);
                    }
                    say(String.valueOf(failure(side, endpoint, refusals).getMessage()), wait);
                    sleep(step, wait);
                    waitedNanos += wait.toNanos();
                }
            }
        }
    }

    /** Pools dial from many threads at once, and all of them learn the same. */
    private void say(String failure, Duration wait) {
        long now = System.nanoTime();
        var said = warned.compute(
                failure, (same, last) -> last == null || now - last >= BETWEEN_WARNINGS.toNanos() ? now : last);
        LOG.atLevel(said == now ? Level.WARN : Level.DEBUG).log("{}; next attempt in {} ms", failure, wait.toMillis());
    }

    private void sleep(String step, Duration wait) {
        try {
            pause.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("connecting to " + step, e);
        }
    }

    /** Doubles up to a limit; a random half of it, so that nodes that lost one server do not come back at one instant. */
    private Duration pauseAfter(int attempt) {
        long full = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempt, 10));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    private <C> Answer<C> tryAll(Endpoint endpoint, Line<C> line) throws InterruptedException {
        if (endpoint.sessionKind() != SessionKind.PREFER_STANDBY) {
            return tryAll(endpoint, endpoint.sessionKind(), line);
        }
        var standby = tryAll(endpoint, SessionKind.STANDBY, line);
        return standby instanceof Answer.Connected<C> ? standby : tryAll(endpoint, SessionKind.ANY, line);
    }

    private static <C> Answer<C> tryAll(Endpoint endpoint, SessionKind kind, Line<C> line) throws InterruptedException {
        var refusals = new LinkedHashMap<Endpoint.Host, Refusal>();
        for (var host : endpoint.hosts()) {
            try {
                return new Answer.Connected<>(tryHost(endpoint, host, kind, line));
            } catch (Refusal refusal) {
                refusals.put(host, refusal);
                if (refusal.next() == Refusal.Next.GIVE_UP) {
                    break;
                }
            }
        }
        return new Answer.Nobody<>(refusals);
    }

    private static <C> C tryHost(Endpoint endpoint, Endpoint.Host host, SessionKind kind, Line<C> line)
            throws Refusal, InterruptedException {
        @Nullable Refusal last = null;
        for (var address : addresses(host)) {
            try {
                return fitting(kind, tryEncryptions(endpoint, host, address, line), line);
            } catch (Refusal refusal) {
                last = refusal;
                if (refusal.next() == Refusal.Next.GIVE_UP) {
                    break;
                }
            }
        }
        throw Objects.requireNonNull(last);
    }

    private static <C> C fitting(SessionKind kind, C connection, Line<C> line) throws Refusal, InterruptedException {
        boolean keep = false;
        try {
            if (kind != SessionKind.ANY) {
                var role = line.role(connection);
                if (!kind.accepts(role)) {
                    throw Refusal.unfit(kind, role);
                }
            }
            line.pin(connection);
            keep = true;
            return connection;
        } finally {
            if (!keep) {
                line.close(connection);
            }
        }
    }

    /** {@code allow} and {@code prefer} try the other form when the first is refused for what it is. */
    private static <C> C tryEncryptions(
            Endpoint endpoint, Endpoint.Host host, @Nullable InetAddress address, Line<C> line)
            throws Refusal, InterruptedException {
        var mode = host.isUnix() ? SslMode.DISABLE : endpoint.tls().mode();
        boolean firstEncrypted = switch (mode) {
            case DISABLE, ALLOW -> false;
            case PREFER, REQUIRE, VERIFY_CA, VERIFY_FULL -> true;
        };
        try {
            return line.open(endpoint, new Way(host, address, firstEncrypted));
        } catch (Refusal first) {
            boolean mayChange = mode == SslMode.ALLOW || mode == SslMode.PREFER;
            if (!mayChange || !first.mayDependOnEncryption()) {
                throw first;
            }
            try {
                return line.open(endpoint, new Way(host, address, !firstEncrypted));
            } catch (Refusal second) {
                // "Server does not support TLS" says less than the answer to the form that the server does take. Our
                // own part of TLS
                // is another matter: with a mended key file the first form might have been let in.
                throw second.trouble() == Trouble.TLS_REFUSED ? first : second.after(first);
            }
        }
    }

    /** All addresses of the name; one null for a Unix socket, which has none. */
    private static List<@Nullable InetAddress> addresses(Endpoint.Host host) throws Refusal {
        var addresses = new ArrayList<@Nullable InetAddress>();
        if (host.isUnix()) {
            addresses.add(null);
            return addresses;
        }
        try {
            var found = InetAddress.getAllByName(host.address() != null ? host.address() : host.name());
            for (var address : Arrays.asList(found)) {
                addresses.add(
                        host.address() != null ? InetAddress.getByAddress(host.name(), address.getAddress()) : address);
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw Refusal.unreachable("unknown host " + host.name());
        }
    }

    private static StepFailed failure(Side side, Endpoint endpoint, SequencedMap<Endpoint.Host, Refusal> refusals) {
        var deciding = refusals.values().stream()
                .filter(r -> r.next() == Refusal.Next.GIVE_UP)
                .findFirst()
                .orElse(refusals.lastEntry().getValue());
        var shown = new ArrayList<Endpoint.Host>();
        var reasons = new ArrayList<String>();
        refusals.forEach((host, refusal) -> {
            if (deciding.next() != Refusal.Next.GIVE_UP || refusal == deciding) {
                shown.add(host);
                reasons.add(refusal.reason());
            }
        });
        var reason = reasons.size() == 1
                ? reasons.getFirst()
                : String.join(
                        "; ",
                        IntStream.range(0, shown.size())
                                .mapToObj(i ->
                                        shown.get(i).name() + ":" + shown.get(i).port() + ": " + reasons.get(i))
                                .toList());
        return new StepFailed(deciding.trouble(), side.label() + " " + endpoint.display(shown), reason, deciding);
    }
}
