package pgsync.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pgsync.claim.Samples.claim;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pgsync.claim.Rehearsal.Played;
import pgsync.error.Stopped;
import pgsync.task.Counts;
import pgsync.task.Outcome;

class RehearsalTest {
    private static final Outcome DONE = new Outcome.Done(Counts.NONE);

    @Test
    void tasks_come_in_order_and_what_became_of_them_is_told() {
        var rehearsal = new Rehearsal(List.of(claim(1, 0), claim(2, 0)));

        assertThat(rehearsal.next()).hasValue(claim(1, 0));
        assertThat(rehearsal.next()).hasValue(claim(2, 0));
        rehearsal.ended(claim(2, 0), new Outcome.FenceLost());
        rehearsal.ended(claim(1, 0), DONE);

        assertThat(rehearsal.next()).isEmpty();
        assertThat(rehearsal.awaitAll())
                .containsExactlyInAnyOrder(
                        new Played(claim(1, 0), DONE), new Played(claim(2, 0), new Outcome.FenceLost()));
    }

    @Test
    void whoever_asks_for_all_waits_for_the_last() throws Exception {
        var rehearsal = new Rehearsal(List.of(claim(1, 0)));
        var all = new CompletableFuture<List<Played>>();
        var waiting = Thread.ofVirtual().start(() -> all.complete(rehearsal.awaitAll()));

        assertThat(rehearsal.next()).isPresent();
        // Empty while the other one is at work: that takes as long as a look.
        assertThat(rehearsal.next()).isEmpty();
        assertThat(all.isDone()).isFalse();

        rehearsal.ended(claim(1, 0), DONE);
        waiting.join();
        assertThat(all.join()).hasSize(1);
    }

    @Test
    void slots_that_ask_after_the_end_leave_the_processors_to_others() throws Exception {
        var rehearsal = new Rehearsal(List.of());
        var asking = new AtomicBoolean(true);
        var slots = Stream.generate(() -> Thread.ofVirtual().start(() -> {
                    while (asking.get()) {
                        var unused = rehearsal.next();
                    }
                }))
                .limit(2L * Runtime.getRuntime().availableProcessors())
                .toList();
        var other = new CountDownLatch(1);
        Thread.ofVirtual().start(other::countDown);

        var ran = other.await(30, TimeUnit.SECONDS);
        asking.set(false);
        for (var slot : slots) {
            slot.join();
        }
        assertThat(ran).isTrue();
    }

    @Test
    void an_interrupt_ends_the_waiting_and_is_not_lost() {
        var rehearsal = new Rehearsal(List.of(claim(1, 0)));
        assertThat(rehearsal.next()).isPresent();

        Thread.currentThread().interrupt();
        assertThatThrownBy(rehearsal::next).isInstanceOf(Stopped.class);
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(rehearsal::awaitAll).isInstanceOf(Stopped.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
