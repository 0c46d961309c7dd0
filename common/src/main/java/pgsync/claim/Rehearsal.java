package pgsync.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import pgsync.error.Stopped;
import pgsync.task.Outcome;

/**
 * Tasks of a dry run: nobody else can see them and nothing is written, so they need no board, no claim and no fence. Safe from
 * any thread.
 */
public final class Rehearsal implements TaskSource {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration AFTER_THE_END = Duration.ofMillis(10);

    private final ConcurrentLinkedQueue<Claim> waiting;
    private final Map<Claim, Outcome> outcomes = new ConcurrentHashMap<>();
    private final CountDownLatch open;
    private final CountDownLatch never = new CountDownLatch(1);

    public Rehearsal(List<Claim> tasks) {
        this.waiting = new ConcurrentLinkedQueue<>(tasks);
        this.open = new CountDownLatch(tasks.size());
    }

    /** When nothing is left to begin, waits for the others to end: whoever asks again at once would take their processor. */
    @Override
    public Optional<Claim> next() {
        var claim = Optional.ofNullable(waiting.poll());
        if (claim.isEmpty()) {
            await(open, POLL);
        }
        if (open.getCount() == 0) {
            // Virtual threads that ask without a pause keep their carriers for ever, and whoever waits for the end
            // never hears of it.
            await(never, AFTER_THE_END);
        }
        return claim;
    }

    private static void await(CountDownLatch latch, Duration atMost) {
        try {
            var unused = latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("wait for the dry run", e);
        }
    }

    @Override
    public void ended(Claim claim, Outcome outcome) {
        outcomes.put(claim, outcome);
        open.countDown();
    }

    /** A task and what became of it. */
    public record Played(Claim claim, Outcome outcome) {}

    /** Waits for the last task. */
    public void awaitEnd() {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("wait for the dry run", e);
        }
    }

    /** What became of the tasks; waits for the last. */
    public List<Played> awaitAll() {
        awaitEnd();
        var played = new ArrayList<Played>();
        outcomes.forEach((claim, outcome) -> played.add(new Played(claim, outcome)));
        return played;
    }
}
