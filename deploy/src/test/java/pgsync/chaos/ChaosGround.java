package pgsync.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import pgsync.testground.Comparison;
import pgsync.testground.FaultProxy;
import pgsync.testground.Oracle;
import pgsync.testground.SampleSchema;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.testground.Writer;

/**
 * Two servers that keep what they commit, each behind a faulty network, and people who change the source all the time: a shop, and tables
 * whose rows have versions. The target's audit watches those. Owned by one thread.
 */
final class ChaosGround implements AutoCloseable {
    private static final String DATABASE = "shop";
    private static final int SHOP_ORDERS = 300;
    private static final Duration BETWEEN_SHOP_TRANSACTIONS = Duration.ofMillis(30);
    private static final int VERSIONED_TABLES = 6;

    private final TestServer source;
    private final TestServer target;
    private final FaultProxy toSource;
    private final FaultProxy toTarget;

    private ChaosGround(TestServer source, TestServer target, FaultProxy toSource, FaultProxy toTarget) {
        this.source = source;
        this.target = target;
        this.toSource = toSource;
        this.toTarget = toTarget;
    }

    /** With so many rows in each versioned table. Nodes reach the databases at an address of this machine. */
    static ChaosGround open(String address, int rows, long seed) {
        var settings = Map.of("max_connections", "300", "log_min_messages", "fatal");
        var source = TestServers.durable(TestServers.DEFAULT_MAJOR, settings);
        var target = TestServers.durable(TestServers.DEFAULT_MAJOR, settings);
        var ground = new ChaosGround(
                source,
                target,
                FaultProxy.start(address, source.host(), source.port()),
                FaultProxy.start(address, target.host(), target.port()));
        ground.fill(rows, seed);
        return ground;
    }

    private void fill(int rows, long seed) {
        source.createDatabase(DATABASE);
        target.createDatabase(DATABASE);
        SampleSchema.createAndFill(source, DATABASE, SHOP_ORDERS, seed);
        target.sql(DATABASE, SampleSchema.sql());
        for (var table : versionedTables()) {
            source.sql(DATABASE, VersionedWriter.table(table), VersionedWriter.rows(table, rows));
            target.sql(DATABASE, VersionedWriter.table(table));
        }
        source.sql(DATABASE, "vacuum analyze");
    }

    /** The last one has no column that says when a row changed. */
    static List<String> versionedTables() {
        return IntStream.rangeClosed(1, VERSIONED_TABLES)
                .mapToObj(number -> number < VERSIONED_TABLES ? "versioned_" + number : "versioned_unstamped")
                .toList();
    }

    /** From now on the target watches what is written. Needs the product's own schema there. */
    void audit() {
        target.sql(DATABASE, resource("audit.sql"));
        versionedTables().forEach(table -> target.sql(DATABASE, "select audit.watch('" + table + "')"));
    }

    /** Every transaction that writes an audited table stays open so much longer for each of its statements. */
    void slowWrites(Duration each) {
        target.sql(DATABASE, "update audit.slowness set seconds = " + each.toMillis() / 1000.0);
    }

    Writers startWriters(long seed, int writesPerSecond) {
        return new Writers(
                Writer.start(source, DATABASE, seed, BETWEEN_SHOP_TRANSACTIONS),
                VersionedWriter.start(source, DATABASE, versionedTables(), seed, writesPerSecond));
    }

    record Writers(Writer shop, VersionedWriter versioned) implements AutoCloseable {
        /** Waits for what they are about; returns how many writes they made. */
        long stop() {
            return shop.stop() + versioned.stop();
        }

        @Override
        public void close() {
            var unused = stop();
        }
    }

    String sourceUrl() {
        return toSource.url(DATABASE);
    }

    String targetUrl() {
        return toTarget.url(DATABASE);
    }

    TestServer source() {
        return source;
    }

    TestServer target() {
        return target;
    }

    FaultProxy toSource() {
        return toSource;
    }

    FaultProxy toTarget() {
        return toTarget;
    }

    void onTarget(String... sql) {
        target.sql(DATABASE, sql);
    }

    long count(String query) {
        return target.count(DATABASE, query);
    }

    List<String> column(String query) {
        return target.column(DATABASE, query).stream().map(String::valueOf).toList();
    }

    String value(String query) {
        return String.valueOf(target.value(DATABASE, query));
    }

    Comparison compare() {
        return Oracle.compare(source, DATABASE, target, DATABASE);
    }

    @Override
    public void close() {
        try (source;
                target;
                toSource;
                toTarget) {
            // In this order backwards: first the proxies.
            return;
        }
    }

    private static String resource(String name) {
        try (var input = ChaosGround.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(input, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
