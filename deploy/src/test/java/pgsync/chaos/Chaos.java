package pgsync.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import pgsync.process.Product;
import pgsync.testground.Namespaces;

/**
 * One storm from its beginning to the proof: a fleet synchronizes while people write to the source and blows fall, then everything heals,
 * one quiet run follows, and the target and its audit are looked at.
 */
final class Chaos {
    private static final int ROWS = Integer.getInteger("chaos.rows", 3_000);
    private static final int WRITES_PER_SECOND = Integer.getInteger("chaos.writes", 300);
    /** With it a transaction that writes takes a while, so that faults meet some. */
    private static final Duration SLOW_WRITE = Duration.ofMillis(Long.getLong("chaos.slow", 40));

    private static final String WITHOUT_A_FENCE = "a write without a fence";

    private final String name;
    private final long seed;
    private final Blow.Counts counts;
    private @Nullable Namespaces machines;
    private boolean untilDamage;

    Chaos(String name, long seed, Blow.Counts counts) {
        this.name = name;
        this.seed = seed;
        this.counts = counts;
    }

    /** Each process of the fleet on a machine of its own. */
    Chaos on(Namespaces separate) {
        machines = separate;
        return this;
    }

    /** No further blow once one did damage: whether a freeze does depends on where in its work it meets a process. */
    Chaos untilDamage() {
        untilDamage = true;
        return this;
    }

    /** What was seen at the end. {@code slowestRequeue}: from a kill to the first claim by somebody else, in seconds. */
    record Seen(
            boolean equal,
            String differences,
            List<String> findings,
            List<String> doubled,
            List<String> neverRequeued,
            double slowestRequeue,
            String summary) {
        /** Damage that shows whether or not writes held a lock on their task. */
        List<String> damage() {
            var damage = new ArrayList<>(doubled);
            findings.stream()
                    .filter(finding -> !finding.startsWith(WITHOUT_A_FENCE))
                    .forEach(damage::add);
            differences.lines().forEach(damage::add);
            return damage;
        }
    }

    /** Nothing lost, nothing stale, nothing done twice. */
    Seen mustNotShow(BiFunction<ChaosGround, ChaosLog, Fleet> start) {
        var seen = run(start);
        assertThat(seen.equal()).as(seen.summary() + seen.differences()).isTrue();
        assertThat(seen.findings()).as(seen.summary()).isEmpty();
        assertThat(seen.doubled()).as(seen.summary()).isEmpty();
        assertThat(seen.neverRequeued()).as(seen.summary()).isEmpty();
        return seen;
    }

    Seen run(BiFunction<ChaosGround, ChaosLog, Fleet> start) {
        var address = machines == null ? "127.0.0.1" : machines.hostAddress();
        try (var log = ChaosLog.open(name + "-" + seed);
                var ground = ChaosGround.open(address, ROWS, seed)) {
            log.say("%s, seed %d, %s, replay: make chaos SEED=%d".formatted(name, seed, counts, seed));
            makeSchema(ground);
            ground.audit();
            ground.slowWrites(SLOW_WRITE);
            try (var fleet = start.apply(ground, log)) {
                var storm = new Storm(ground, fleet, machines, log);
                var began = System.nanoTime();
                long writes;
                fleet.places().forEach(Fleet.Place::start);
                try (var writers = ground.startWriters(seed, WRITES_PER_SECOND)) {
                    storm.until("the first run has ended", () -> {
                        fleet.supervise().forEach(log::say);
                        return runsDoneSince(ground, "-infinity") > 0;
                    });
                    storm.rage(Blow.all(counts, seed), () -> untilDamage && damageSoFar(ground) > 0);
                    writes = writers.stop();
                }
                var took = Duration.ofNanos(System.nanoTime() - began);
                log.say("the storm is over");
                ground.slowWrites(Duration.ZERO);
                quietRun(ground, fleet, storm, log);
                var seen = look(ground, writes, took);
                log.say(seen.summary() + seen.differences());
                ground.column(
                                "select 'slowest: ' || to_char(at at time zone 'UTC', 'HH24:MI:SS') || ' ' || how || ' ' || node || ', taken away after '"
                                        + " || taken_away_after || ', claimed after ' || claimed_after from audit.requeue"
                                        + " where claimed_after is not null order by claimed_after desc limit 5")
                        .forEach(log::say);
                seen.findings().stream().limit(50).forEach(log::say);
                return seen;
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "; what was done: " + log.file(), e);
            }
        }
    }

    /** Before the audit there has to be something to audit. */
    private static void makeSchema(ChaosGround ground) {
        var ended = Product.sync(
                        ground.source().url("shop"), ground.target().url("shop"), "sync", "-include", "settings")
                .run();
        assertThat(ended.code()).as(ended.toString()).isZero();
    }

    /** Two runs one after the other: the first may have read before the last write. */
    private static void quietRun(ChaosGround ground, Fleet fleet, Storm storm, ChaosLog log) {
        for (var run = 1; run <= 2; run++) {
            var now = ground.value("select clock_timestamp()");
            storm.until("a quiet run has ended", () -> {
                fleet.supervise().forEach(log::say);
                return runsDoneSince(ground, now) > 0;
            });
        }
    }

    private static long runsDoneSince(ChaosGround ground, String moment) {
        return ground.count(
                "select count(*) from pgsync.run where state = 'done' and finished_at is not null and started_at > '%s'"
                                .formatted(moment)
                        + " and (select count(*) from pgsync.sync_log l where l.run_id = run.id) > 1");
    }

    private static long damageSoFar(ChaosGround ground) {
        return ground.count(
                "select (select count(*) from audit.doubled) + count(*) from audit.finding where kind <> '%s'"
                        .formatted(WITHOUT_A_FENCE));
    }

    private Seen look(ChaosGround ground, long writes, Duration took) {
        var differences = ground.compare().differences().stream()
                .filter(difference -> !difference.table().startsWith("audit."))
                .map(difference -> "\n  " + difference)
                .toList();
        var findings = ground.column(
                "select kind || ': ' || detail || ' at ' || at || ' by ' || said_by from audit.finding order by number");
        var doubled = ground.column("select task || ' was done ' || times || ' times' from audit.doubled");
        var never = ground.column("select task || ' of ' || node || ', ' || how || ' at ' || at from audit.requeue"
                + " where claimed_after is null and not coalesce(was_done_after_all, false)");
        var slowest = Double.parseDouble(
                ground.value("select coalesce(max(extract(epoch from claimed_after)), 0) from audit.measured"));
        var summary = String.format(
                Locale.ROOT,
                "%s seed %d: %s; equal %b, %d stale or impossible writes, %d tasks done twice, %d never requeued;"
                        + " requeued after a kill within %.1f s (%s tasks), with more kills meanwhile %s s (%s tasks), after a freeze within %s s;"
                        + " %s runs done, %s failed, %s writes audited, %.0f writes a second on the source, %d s",
                name,
                seed,
                counts,
                differences.isEmpty(),
                findings.size(),
                doubled.size(),
                never.size(),
                slowest,
                ground.value("select count(*) from audit.measured"),
                seconds(ground, "killed"),
                ground.value("select count(*) from audit.requeue where how like 'killed%'"),
                seconds(ground, "frozen"),
                ground.value("select count(*) from pgsync.run where state = 'done'"),
                ground.value("select count(*) from pgsync.run where state = 'failed'"),
                ground.value("select count(*) from audit.write where changed > 0"),
                writes * 1000.0 / took.toMillis(),
                took.toSeconds());
        return new Seen(
                differences.isEmpty(), String.join("", differences), findings, doubled, never, slowest, summary);
    }

    private static String seconds(ChaosGround ground, String how) {
        return ground.value(
                "select coalesce(round(max(extract(epoch from claimed_after))::numeric, 1), 0) from audit.requeue where how like '%s%%'"
                        .formatted(how));
    }
}
