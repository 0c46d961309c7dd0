package pgsync.testground;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Starts PostgreSQL: embedded binaries, or containers when the environment says {@code PGSYNC_TEST_POSTGRES=docker}. All servers end
 * with this JVM.
 */
public final class TestServers {
    /** Always there, also in the packaged product. */
    public static final int DEFAULT_MAJOR = 15;

    private static final Map<Integer, TestServer> SHARED = new ConcurrentHashMap<>();

    private TestServers() {}

    /** Fast: fsync is off. What was committed outlives PostgreSQL, not the machine. A server of your own, to be closed. */
    public static TestServer start(int major) {
        return start(major, Map.of());
    }

    /** With lines of postgresql.conf, for example {@code Map.of("max_connections", "20")}. */
    public static TestServer start(int major, Map<String, String> settings) {
        return new TestServer(engine(major, settings), major, false);
    }

    /** As {@link #start(int, Map)} with fsync and full page writes on, as on a real server. */
    public static TestServer durable(int major, Map<String, String> settings) {
        var all = new LinkedHashMap<>(Map.of("fsync", "on", "full_page_writes", "on"));
        all.putAll(settings);
        return start(major, all);
    }

    /** One server a JVM and major, for tests that take a fresh database each. It cannot be stopped; closing it does nothing. */
    public static TestServer shared(int major) {
        return SHARED.computeIfAbsent(major, wanted -> new TestServer(engine(wanted, Map.of()), wanted, true));
    }

    /**
     * Oldest, default and newest: 10, 15 and 18, without 10 on arm64. For
     * {@code @MethodSource("pgsync.testground.TestServers#mainMajors")}.
     */
    public static List<Integer> mainMajors() {
        return Stream.of(10, DEFAULT_MAJOR, 18).filter(PostgresArchive::exists).toList();
    }

    /** The majors that can be started here, ascending: all from 10 to 18 with the Maven profile {@code majors}. */
    public static List<Integer> majors() {
        return IntStream.rangeClosed(10, 18)
                .filter(PostgresArchive::exists)
                .boxed()
                .toList();
    }

    /** True when servers are containers: these have no data directory that a test could look into. */
    public static boolean inContainers() {
        return "docker".equals(System.getenv("PGSYNC_TEST_POSTGRES"));
    }

    private static Engine engine(int major, Map<String, String> settings) {
        if (!inContainers()) {
            return EmbeddedEngine.start(major, settings);
        }
        try {
            return ContainerEngine.start(major, settings);
        } catch (NoClassDefFoundError e) {
            throw new GroundFailed("containers need org.testcontainers:testcontainers-postgresql in test scope", e);
        }
    }
}
