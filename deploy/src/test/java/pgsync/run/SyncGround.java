package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import pgsync.config.Secret;
import pgsync.config.Setting;
import pgsync.config.Settings;
import pgsync.config.SettingsReader;
import pgsync.config.SyncConfig;
import pgsync.config.TableRule;
import pgsync.connect.Surroundings;
import pgsync.coordinator.examine.Finding;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.local.LocalEngine;
import pgsync.local.LocalEngine.Parts;
import pgsync.task.RunReport;
import pgsync.task.TableReport;
import pgsync.testground.Oracle;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/** Two fresh databases and the product between them. {@link #close} drops both. */
final class SyncGround implements AutoCloseable {
    private static final int LOOKS = 1_500;

    private TestServer sourceServer;
    private final TestServer targetServer;
    private final String source;
    private final String target;
    private boolean ownsSource;
    private final Map<String, TableRule> rules = new HashMap<>();
    private Parts parts = Parts.REAL;
    private String sourceUrl;
    private String targetUrl;

    private SyncGround(
            TestServer sourceServer, String source, TestServer targetServer, String target, boolean ownsSource) {
        this.sourceServer = sourceServer;
        this.targetServer = targetServer;
        this.source = source;
        this.target = target;
        this.ownsSource = ownsSource;
        this.sourceUrl = sourceServer.url(source);
        this.targetUrl = targetServer.url(target);
    }

    static SyncGround fresh() {
        return between(TestServers.DEFAULT_MAJOR, TestServers.DEFAULT_MAJOR);
    }

    static SyncGround between(int sourceMajor, int targetMajor) {
        return between(TestServers.shared(sourceMajor), TestServers.shared(targetMajor));
    }

    static SyncGround between(TestServer source, TestServer target) {
        return new SyncGround(source, source.freshDatabase("source"), target, target.freshDatabase("target"), true);
    }

    /** The same source and another fresh target. Only its target is dropped by its {@link #close}. */
    SyncGround sibling() {
        return new SyncGround(sourceServer, source, targetServer, targetServer.freshDatabase("target"), false);
    }

    /** With the same tables on both sides. */
    static SyncGround with(String schema) {
        var ground = fresh();
        ground.onBoth(schema);
        return ground;
    }

    SyncGround onSource(String... sql) {
        sourceServer.sql(source, sql);
        return this;
    }

    SyncGround onTarget(String... sql) {
        targetServer.sql(target, sql);
        return this;
    }

    SyncGround onBoth(String... sql) {
        return onSource(sql).onTarget(sql);
    }

    /** Holds for every later run. */
    SyncGround rule(String table, TableRule rule) {
        rules.put(table, rule);
        return this;
    }

    /** Holds for every later run. */
    SyncGround parts(Parts replaced) {
        parts = replaced;
        return this;
    }

    SyncGround sourceRole(String role, String password) {
        sourceUrl = sourceServer.url(source, role, password);
        return this;
    }

    String targetUrl() {
        return targetUrl;
    }

    /** Later runs connect by these. */
    SyncGround through(String sourceUrl, String targetUrl) {
        this.sourceUrl = sourceUrl;
        this.targetUrl = targetUrl;
        return this;
    }

    /** From now on the source is the same database of a server that was a standby of its server. */
    SyncGround failOverTo(TestServer standby) {
        standby.sql(TestServer.USER, "select pg_promote()");
        sourceServer = standby;
        ownsSource = false;
        sourceUrl = standby.url(source);
        return this;
    }

    /** Later runs read the source of another ground. */
    SyncGround sourceIs(SyncGround other) {
        sourceUrl = other.sourceUrl;
        return this;
    }

    SyncGround targetRole(String role, String password) {
        targetUrl = targetServer.url(target, role, password);
        return this;
    }

    /** One run. Flags as on the command line, without the dash: {@code "batch-size=10"}, {@code "force-deletes"}. */
    Ran sync(String... flags) {
        return sync(event -> {}, flags);
    }

    /** The same, during which {@code meanwhile} hears what the run tells, on the thread that tells it. */
    Ran sync(RunEvents meanwhile, String... flags) {
        var events = new ConcurrentLinkedQueue<RunEvent>();
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        var report = new LocalEngine("test", surroundings, parts).sync(settings(flags), event -> {
            events.add(event);
            meanwhile.on(event);
        });
        return new Ran(report, events);
    }

    /** What the books say of a table; what is stamped with it is just not behind it. */
    String watermark(String table) {
        return onTargetValue("select watermark::text from pgsync.table_state where table_name = '" + table + "'");
    }

    /** One verification, with flags as {@link #sync}. */
    Ran verify(String... flags) {
        var events = new ConcurrentLinkedQueue<RunEvent>();
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        var report = new LocalEngine("test", surroundings, parts).verify(settings(flags), events::add);
        return new Ran(report, events);
    }

    /** What the doctor finds, with flags as {@link #sync}. */
    List<Finding> examine(String... flags) {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        var found = new ArrayList<Finding>();
        new LocalEngine("test", surroundings, parts).examine(settings(flags), found::add);
        return found;
    }

    Settings settings(String... flags) {
        var given = new EnumMap<Setting, String>(Setting.class);
        for (var flag : flags) {
            var parted = flag.split("=", 2);
            given.put(setting(parted[0]), parted.length == 1 ? "true" : parted[1]);
        }
        var read = new SettingsReader(Map.of()).read(given).settings();
        return new Settings(
                withRules(read.sync()),
                new Secret(sourceUrl),
                new Secret(targetUrl),
                read.cluster(),
                read.http(),
                read.output(),
                read.schedule());
    }

    private static Setting setting(String flag) {
        for (var setting : Setting.values()) {
            if (setting.flag().equals(flag)) {
                return setting;
            }
        }
        throw new IllegalArgumentException("no flag -" + flag);
    }

    private SyncConfig withRules(SyncConfig c) {
        return new SyncConfig(
                c.schemas(),
                c.include(),
                c.exclude(),
                c.timestamps(),
                c.parallel(),
                c.batchSize(),
                c.verbose(),
                c.reconcile(),
                c.dryRun(),
                c.delete(),
                c.maxDeletePercent(),
                c.forceDeletes(),
                c.consistentRun(),
                c.overlap(),
                c.timestampZone(),
                c.allowSkips(),
                c.keepHistory(),
                rules);
    }

    /** What a run said. */
    record Ran(RunReport report, Queue<RunEvent> events) {
        TableReport table(String name) {
            return report.tables().stream()
                    .filter(t -> t.table().table().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not among " + report.tables()));
        }

        List<String> warnings() {
            return events.stream()
                    .filter(RunEvent.Warning.class::isInstance)
                    .map(e -> ((RunEvent.Warning) e).message())
                    .toList();
        }

        List<String> details() {
            return events.stream()
                    .filter(RunEvent.Detail.class::isInstance)
                    .map(e -> ((RunEvent.Detail) e).text())
                    .toList();
        }

        /** Every table ended well. */
        Ran done() {
            assertThat(report.tables())
                    .allSatisfy(t -> assertThat(t.status())
                            .as("%s: %s", t.table(), t.error())
                            .isEqualTo(TableReport.Status.DONE));
            return this;
        }

        long upserted() {
            return report.tables().stream().mapToLong(TableReport::rowsUpserted).sum();
        }

        long deleted() {
            return report.tables().stream().mapToLong(TableReport::rowsDeleted).sum();
        }
    }

    /** The oracle, which shares no code with the product, finds the same rows on both sides. */
    void assertEqual() {
        var found = Oracle.compare(sourceServer, source, targetServer, target);
        assertThat(found.equal()).as(found.toString()).isTrue();
    }

    boolean equal() {
        return Oracle.compare(sourceServer, source, targetServer, target).equal();
    }

    String onTargetValue(String query) {
        return String.valueOf(targetServer.value(target, query));
    }

    String onSourceValue(String query) {
        return String.valueOf(sourceServer.value(source, query));
    }

    List<String> onTargetColumn(String query) {
        return targetServer.column(target, query).stream().map(String::valueOf).toList();
    }

    List<String> onSourceColumn(String query) {
        return sourceServer.column(source, query).stream().map(String::valueOf).toList();
    }

    long countOnTarget(String query) {
        return targetServer.count(target, query);
    }

    long countOnSource(String query) {
        return sourceServer.count(source, query);
    }

    Connection connectSource() throws SQLException {
        return sourceServer.connect(source);
    }

    Connection connectTarget() throws SQLException {
        return targetServer.connect(target);
    }

    TestServer sourceServer() {
        return sourceServer;
    }

    String sourceName() {
        return source;
    }

    String targetName() {
        return target;
    }

    /** Looks until it is so. Fails after many looks, however long they took. */
    static void await(String what, BooleanSupplier condition) {
        for (var look = 0; look < LOOKS; look++) {
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting until " + what, e);
            }
        }
        throw new AssertionError("never: " + what);
    }

    @Override
    public void close() {
        if (ownsSource) {
            sourceServer.dropDatabase(source);
        }
        targetServer.dropDatabase(target);
    }
}
