package pgsync.chaos;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pgsync.process.Product;
import pgsync.testground.Namespaces;

/** Carries blows out, one after the other, and says what it does. Owned by one thread. */
final class Storm {
    /** Nothing that is waited for takes a tenth of it on a machine that has nothing else to do. */
    private static final Duration HANGS = Duration.ofMinutes(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final int LOOKS_FOR_AN_OWNER = 200;
    private static final int LOOKS_FOR_SUCCESSORS = 500;

    private final ChaosGround ground;
    private final Fleet fleet;
    private final @Nullable Namespaces machines;
    private final ChaosLog log;

    Storm(ChaosGround ground, Fleet fleet, @Nullable Namespaces machines, ChaosLog log) {
        this.ground = ground;
        this.fleet = fleet;
        this.machines = machines;
        this.log = log;
    }

    /** All of them, or until it is enough. */
    void rage(List<Blow> blows, BooleanSupplier enough) {
        for (var blow : blows) {
            pause(blow.after());
            if (enough.getAsBoolean()) {
                return;
            }
            switch (blow) {
                case Blow.Kill kill -> kill(kill);
                case Blow.Freeze freeze -> freeze(freeze);
                case Blow.Partition partition -> partition(partition);
                case Blow.Crash crash -> crash(crash);
                case Blow.CutCopy cut -> cut(cut);
            }
        }
    }

    /**
     * How soon others take over says something only when there are others: another coordinator that is up. So a kill that is measured
     * waits for those before it to be made good, and one in three does not wait, and is not measured.
     */
    private void kill(Blow.Kill kill) {
        if (kill.amongAll()) {
            until("every place has a process that is up", this::complete);
        }
        var victim = kill.anOwner() ? ownerSoon(kill.pick()) : running(kill.pick());
        var id = victim.id();
        var at = ground.value("select clock_timestamp()");
        victim.kill();
        ground.onTarget("insert into audit.kill values ('%s')".formatted(at));
        var tasks = id.isEmpty()
                ? 0
                : remember(
                        at,
                        kill.amongAll() ? "killed" : "killed in a row",
                        id.get().toString());
        log.say("kill -9 %s (%s), which had %d tasks%s; another one in %d ms"
                .formatted(
                        victim.name(),
                        id.map(UUID::toString).orElse("not up yet"),
                        tasks,
                        kill.amongAll() ? "" : ", without waiting",
                        kill.untilReplaced().toMillis()));
        pause(kill.untilReplaced());
        victim.start();
    }

    private boolean complete() {
        supervise();
        return fleet.places().stream().allMatch(place -> place.id().isPresent());
    }

    private Fleet.Place ownerSoon(double pick) {
        for (var look = 0; look < LOOKS_FOR_AN_OWNER; look++) {
            var found = owner(pick);
            if (found.isPresent()) {
                return found.get();
            }
            rest(LOOK_AGAIN);
        }
        return running(pick);
    }

    /** Counts only when it met a process in the middle of a task. */
    private void freeze(Blow.Freeze freeze) {
        while (true) {
            var victim = await("a process owns a task", () -> owner(freeze.pick()));
            var process = victim.running().orElseThrow();
            var id = victim.id().orElseThrow().toString();
            var at = ground.value("select clock_timestamp()");
            process.signal("STOP");
            // What it had sent before is carried out all the same.
            pause(Duration.ofMillis(300));
            var tasks = remember(at, "frozen", id);
            if (tasks > 0) {
                log.say("SIGSTOP %s (%s), which has %d tasks".formatted(victim.name(), id, tasks));
                until("its tasks were taken from " + victim.name(), () -> nothingLeft(id));
                awaitSuccessors(at, id);
                pause(freeze.longer());
                process.signal("CONT");
                log.say("SIGCONT " + victim.name());
                return;
            }
            process.signal("CONT");
            supervise();
        }
    }

    /** Until others have ended what it had, or for a while: without a fence its open transaction may stand in their way. */
    private void awaitSuccessors(String at, String node) {
        for (var look = 0; look < LOOKS_FOR_SUCCESSORS; look++) {
            supervise();
            var open = ground.count("select count(*) from audit.death d join pgsync.task t on t.id = d.task"
                    + " where d.node = '%s' and d.at = '%s' and t.status in ('PENDING', 'CLAIMED')"
                            .formatted(node, at));
            if (open == 0) {
                return;
            }
            rest(LOOK_AGAIN);
        }
    }

    private boolean nothingLeft(String node) {
        supervise();
        return ground.count("select count(*) from pgsync.task where status = 'CLAIMED' and owner = '" + node + "'")
                == 0;
    }

    private void partition(Blow.Partition partition) {
        var network = machines;
        if (network == null) {
            throw new IllegalStateException("no machines to separate");
        }
        Set<Integer> one = new HashSet<>();
        Set<Integer> other = new HashSet<>();
        for (var number = 0; number < fleet.places().size(); number++) {
            (((partition.sides() >> number) & 1) == 1 ? one : other).add(number);
        }
        network.partition(one, other);
        log.say("partition of %s from %s for %d ms"
                .formatted(names(one), names(other), partition.lasts().toMillis()));
        pause(partition.lasts());
        network.heal();
        log.say("partition healed");
        pause(partition.healed());
    }

    private List<String> names(Set<Integer> numbers) {
        return numbers.stream()
                .sorted()
                .map(number -> fleet.places().get(number).name())
                .toList();
    }

    private void crash(Blow.Crash crash) {
        var server = crash.ofSource() ? ground.source() : ground.target();
        server.stopImmediately();
        log.say("%s stopped at once, back in %d ms"
                .formatted(crash.ofSource() ? "source" : "target", crash.down().toMillis()));
        rest(crash.down());
        server.restart();
        log.say("back again");
    }

    private void cut(Blow.CutCopy cut) {
        var proxy = cut.toSource() ? ground.toSource() : ground.toTarget();
        var before = proxy.copiesCut();
        proxy.cutCopies(1, cut.afterBytes(), cut.how());
        until("a COPY was cut", () -> {
            supervise();
            return proxy.copiesCut() > before;
        });
        log.say("%s of a connection to the %s after %d bytes of a COPY"
                .formatted(cut.how(), cut.toSource() ? "source" : "target", cut.afterBytes()));
    }

    /** One that has begun to say that it lives; one that is still starting only when there is no other. */
    private Fleet.Place running(double pick) {
        supervise();
        var all = fleet.places();
        var up = all.stream().filter(place -> place.id().isPresent()).toList();
        var candidates = up.isEmpty() ? all : up;
        return candidates.get((int) (pick * candidates.size()));
    }

    private Optional<Fleet.Place> owner(double pick) {
        supervise();
        var owners = ground.column("select distinct owner::text from pgsync.task where status = 'CLAIMED'");
        var candidates = fleet.places().stream()
                .filter(place -> place.running().map(Product.Running::alive).orElse(false))
                .filter(place ->
                        place.id().map(id -> owners.contains(id.toString())).orElse(false))
                .toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get((int) (pick * candidates.size())));
    }

    /** What a node has in work now was in its hands at that moment. */
    private int remember(String at, String how, String node) {
        ground.onTarget(
                "insert into audit.death select '%s', '%s', owner, id, fence from pgsync.task where status = 'CLAIMED' and owner = '%s'"
                        .formatted(at, how, node));
        return (int)
                ground.count("select count(*) from audit.death where node = '%s' and at = '%s'".formatted(node, at));
    }

    private void supervise() {
        fleet.supervise().forEach(log::say);
    }

    private <T> T await(String what, Supplier<Optional<T>> look) {
        var found = new AtomicReference<@Nullable T>();
        until(what, () -> {
            found.set(look.get().orElse(null));
            return found.get() != null;
        });
        return Objects.requireNonNull(found.get());
    }

    void until(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + HANGS.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never: " + what);
            }
            rest(LOOK_AGAIN);
        }
    }

    /** Waits and meanwhile starts again what has ended. */
    void pause(Duration length) {
        var end = System.nanoTime() + length.toNanos();
        for (var left = length; left.isPositive(); left = Duration.ofNanos(end - System.nanoTime())) {
            supervise();
            rest(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
        }
    }

    private static void rest(Duration length) {
        try {
            var unused = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
