package pgsync.claim;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import pgsync.task.Fence;
import pgsync.task.TaskId;

/**
 * What the slots of one process really work on. The server may carry out a claim long after its answer was given up for lost: such
 * a claim bears our name, we live, and nobody would ever work on it. Safe from any thread.
 */
public final class InHand {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /** A claim as the target has it. */
    record Held(TaskId task, Fence fence) {}

    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final long betweenLooks;
    private long lastLook = System.nanoTime();
    private Set<Held> suspects = Set.of();

    public InHand() {
        this(BETWEEN_LOOKS);
    }

    InHand(Duration betweenLooks) {
        this.betweenLooks = betweenLooks.toNanos();
    }

    void take(Claim claim) {
        held.add(new Held(claim.task(), claim.fence()));
    }

    void putDown(Claim claim) {
        held.remove(new Held(claim.task(), claim.fence()));
    }

    boolean holds(TaskId task) {
        return held.stream().anyMatch(claim -> claim.task().equals(task));
    }

    /** True for one caller now and then: it is to look what the target has in our name. */
    synchronized boolean lookIsDue() {
        var now = System.nanoTime();
        if (now - lastLook < betweenLooks) {
            return false;
        }
        lastLook = now;
        return true;
    }

    /** Of our claims in the target, those that nobody worked on at the last look either: an answer on its way takes no such time. */
    synchronized List<Held> strays(Collection<Held> inTarget) {
        var idle = new HashSet<>(inTarget);
        idle.removeAll(held);
        var strays = idle.stream().filter(suspects::contains).toList();
        suspects = idle;
        return strays;
    }
}
