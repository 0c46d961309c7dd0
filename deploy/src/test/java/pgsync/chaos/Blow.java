package pgsync.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import pgsync.testground.FaultProxy.Cut;

/** One thing that goes wrong. The seed decides all of it but who owns a task at that moment. */
sealed interface Blow {
    /** How long after the one before was over. */
    Duration after();

    /**
     * {@code kill -9} of one process; another one is started in its place after a while. {@code pick} from 0 to 1 says which;
     * {@code amongAll}: only when all others are up.
     */
    record Kill(Duration after, double pick, boolean anOwner, boolean amongAll, Duration untilReplaced)
            implements Blow {}

    /** SIGSTOP of a process that owns a task until the task was taken from it, and longer; then SIGCONT. */
    record Freeze(Duration after, double pick, Duration longer) implements Blow {}

    /** Nodes on both sides see the databases, not each other. {@code sides}: one bit a place. Healed for a while before anything else. */
    record Partition(Duration after, int sides, Duration lasts, Duration healed) implements Blow {}

    /** {@code pg_ctl stop -m immediate}, later a start. */
    record Crash(Duration after, boolean ofSource, Duration down) implements Blow {}

    /** The next connection that carries a COPY ends in the middle of it. */
    record CutCopy(Duration after, boolean toSource, long afterBytes, Cut how) implements Blow {}

    /** How many of each kind. */
    record Counts(int kills, int freezes, int partitions, int crashesOfEach, int cuts) {}

    /** In an order that the seed chooses. */
    static List<Blow> all(Counts counts, long seed) {
        var chance = new SplittableRandom(seed);
        var blows = new ArrayList<Blow>();
        for (var i = 0; i < counts.kills(); i++) {
            blows.add(new Kill(
                    pause(chance),
                    chance.nextDouble(),
                    chance.nextBoolean(),
                    chance.nextInt(3) > 0,
                    millis(chance, 0, 3000)));
        }
        for (var i = 0; i < counts.freezes(); i++) {
            blows.add(new Freeze(pause(chance), chance.nextDouble(), millis(chance, 0, 3000)));
        }
        for (var i = 0; i < counts.partitions(); i++) {
            blows.add(new Partition(
                    pause(chance), chance.nextInt(1, 31), millis(chance, 8_000, 25_000), millis(chance, 0, 25_000)));
        }
        for (var i = 0; i < 2 * counts.crashesOfEach(); i++) {
            blows.add(new Crash(pause(chance), i % 2 == 0, millis(chance, 0, 2000)));
        }
        for (var i = 0; i < counts.cuts(); i++) {
            var bytes = chance.nextBoolean() ? 1 : chance.nextLong(100_000);
            blows.add(new CutCopy(
                    millis(chance, 0, 1000),
                    chance.nextBoolean(),
                    bytes,
                    chance.nextBoolean() ? Cut.RESET : Cut.CLOSE));
        }
        for (var last = blows.size() - 1; last > 0; last--) {
            Collections.swap(blows, last, chance.nextInt(last + 1));
        }
        return List.copyOf(blows);
    }

    private static Duration pause(RandomGenerator chance) {
        return millis(chance, 200, 3000);
    }

    private static Duration millis(RandomGenerator chance, long from, long to) {
        return Duration.ofMillis(chance.nextLong(from, to));
    }
}
