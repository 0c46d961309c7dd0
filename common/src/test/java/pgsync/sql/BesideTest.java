package pgsync.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import pgsync.error.Stopped;

/** Work beside other work: what it gave, what it threw, and that nothing of it is left. */
class BesideTest {
    @Test
    void gives_what_the_work_gave() {
        try (var work = Meanwhile.start("count", () -> 7)) {
            assertThat(work.await()).isEqualTo(7);
        }
    }

    @Test
    void throws_what_the_work_threw() {
        var failure = new IllegalArgumentException("no");
        try (var work = Meanwhile.start("count", () -> {
            throw failure;
        })) {
            assertThatThrownBy(work::await).isSameAs(failure);
        }
        var worse = new OutOfMemoryError("no room");
        try (var work = Meanwhile.start("count", () -> {
            throw worse;
        })) {
            assertThatThrownBy(work::await).isSameAs(worse);
        }
    }

    @Test
    void work_that_nobody_waited_for_has_ended_when_it_is_closed() {
        var ended = new AtomicBoolean();
        var begun = new CountDownLatch(1);
        var work = Meanwhile.start("wait", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.set(true);
            }
            return 1;
        });
        awaitUninterrupted(begun);

        work.close();

        assertThat(ended).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoever_is_stopped_while_waiting_stays_stopped() {
        var begun = new CountDownLatch(1);
        try (var work = Meanwhile.start("wait", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                return 2;
            }
            return 1;
        })) {
            awaitUninterrupted(begun);
            Thread.currentThread().interrupt();

            assertThatThrownBy(work::await).isInstanceOf(Stopped.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
        assertThat(Thread.interrupted())
                .as("also after the work was waited for")
                .isTrue();
    }
}
