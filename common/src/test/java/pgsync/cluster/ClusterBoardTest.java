package pgsync.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.Serializable;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pgsync.error.Stopped;
import pgsync.task.TaskId;

/** Two coordinators on loopback, one board each. Hazelcast's own test network wants JUnit 4 and another class path, so they are real. */
class ClusterBoardTest {
    private static final TaskId TASK = new TaskId(7);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Cluster cluster = new Cluster(3);
    private final List<HazelcastInstance> members = new ArrayList<>();
    private final HazelcastInstance firstMember = member(Role.COORDINATOR);
    private final HazelcastInstance secondMember = member(Role.COORDINATOR);
    private final LinkedBlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    private final ClusterBoard first = new ClusterBoard(firstMember, pauses::add);
    private final ClusterBoard second = new ClusterBoard(secondMember, pauses::add);
    private final ExecutorService elsewhere = Executors.newVirtualThreadPerTaskExecutor();

    private HazelcastInstance member(Role role) {
        var config = cluster.config(members.size(), null);
        var member = Hazelcast.newHazelcastInstance(
                HazelcastSettings.of(config, InetAddress.getLoopbackAddress(), Cluster.introduction("n", role)));
        members.add(member);
        return member;
    }

    @AfterEach
    void end() {
        elsewhere.shutdownNow();
        members.reversed().forEach(member -> member.getLifecycleService().terminate());
    }

    @Test
    void what_one_offers_the_other_takes_in_order() {
        LongStream.rangeClosed(1, 3).mapToObj(TaskId::new).forEach(first::offer);

        assertThat(second.waiting()).isEqualTo(3);
        assertThat(second.poll(LONG)).contains(new TaskId(1));
        assertThat(first.poll(LONG)).contains(new TaskId(2));
        assertThat(second.poll(LONG)).contains(new TaskId(3));
        assertThat(second.poll(SHORT)).isEmpty();
    }

    @Test
    void an_id_that_waits_is_not_added_again() {
        first.offer(TASK);
        second.offer(TASK);

        assertThat(first.waiting()).isEqualTo(1);
    }

    @Test
    void a_full_queue_takes_no_more_and_does_not_wait() {
        LongStream.rangeClosed(1, HazelcastSettings.MOST_WAITING + 1)
                .forEach(id -> firstMember.<Long>getQueue(ClusterBoard.QUEUE).offer(id));

        first.offer(new TaskId(999_999));

        assertThat(first.waiting()).isEqualTo(HazelcastSettings.MOST_WAITING);
    }

    @Test
    void a_lock_is_seen_by_the_other_member() {
        assertThat(first.tryLock(TASK)).isTrue();
        assertThat(second.tryLock(TASK)).as("same thread, other member").isFalse();

        first.unlock(TASK);
        assertThat(second.tryLock(TASK)).isTrue();
    }

    @Test
    void a_virtual_thread_locks_and_unlocks() throws Exception {
        var unlocked = elsewhere.submit(() -> {
            var locked = first.tryLock(TASK);
            first.unlock(TASK);
            return locked;
        });

        assertThat(unlocked.get()).isTrue();
        assertThat(second.tryLock(TASK)).isTrue();
    }

    @Test
    void virtual_threads_of_one_member_lock_each_other_out() throws Exception {
        assertThat(first.tryLock(TASK)).isTrue();

        assertThat(on(() -> first.tryLock(TASK))).isFalse();
    }

    @Test
    void unlocking_what_another_thread_locked_changes_nothing() throws Exception {
        assertThat(first.tryLock(TASK)).isTrue();

        assertThat(on(() -> {
                    first.unlock(TASK);
                    return true;
                }))
                .isTrue();
        assertThat(second.tryLock(TASK)).isFalse();
    }

    @Test
    void locks_of_a_dead_member_are_free() throws Exception {
        assertThat(second.tryLock(TASK)).isTrue();

        secondMember.getLifecycleService().terminate();

        assertThat(eventually(() -> first.tryLock(TASK))).isTrue();
    }

    @Test
    void a_change_told_by_one_wakes_the_other() throws Exception {
        var awoken = elsewhere.submit(() -> second.awaitChange(LONG));

        while (!awoken.isDone()) {
            // Again and again: before it listens there is nothing to hear.
            first.changed();
        }

        awoken.get();
    }

    @Test
    void waiting_for_a_change_ends() {
        first.awaitChange(SHORT);
    }

    @Test
    void a_board_without_a_cluster_is_empty_and_rests_instead_of_spinning() {
        firstMember.getLifecycleService().terminate();

        first.offer(TASK);
        first.changed();
        first.unlock(TASK);
        first.awaitChange(SHORT);
        assertThat(first.waiting()).isZero();
        assertThat(first.tryLock(TASK)).isFalse();
        assertThat(first.poll(LONG)).isEmpty();
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void a_worker_whose_coordinators_are_gone_finds_an_empty_board() {
        var worker = new ClusterBoard(member(Role.WORKER), pauses::add);
        firstMember.getLifecycleService().terminate();
        secondMember.getLifecycleService().terminate();

        assertThat(worker.poll(LONG)).isEmpty();
        assertThat(worker.waiting()).isZero();
        assertThat(worker.tryLock(TASK)).isFalse();
    }

    @Test
    @Timeout(120)
    void an_interrupted_poll_is_a_stop_and_loses_nothing() throws Exception {
        for (var round = 0; round < 20; round++) {
            var thread = new LinkedBlockingQueue<Thread>();
            var polled = elsewhere.submit(() -> {
                thread.add(Thread.currentThread());
                while (true) {
                    first.poll(LONG);
                }
            });
            thread.take().interrupt();

            assertThatThrownBy(polled::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(Stopped.class);
        }
        // The waits that were given up still stand at the queue for a second, and each may take one and give it back.
        second.offer(TASK);
        assertThat(eventually(() -> second.poll(SHORT).equals(Optional.of(TASK))))
                .isTrue();
    }

    @Test
    void polls_no_longer_than_a_second() throws Exception {
        var begin = System.nanoTime();

        assertThat(first.poll(Duration.ofHours(1))).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(30));
    }

    /** What a cluster must never be made to build: an object of a class that has its own way of being read. */
    record Trap(String text) implements Serializable {}

    @Test
    void a_java_object_is_refused() {
        var map = firstMember.<Long, Object>getMap("anything");

        LongStream.range(0, 10).forEach(key -> map.put(key, new Trap("x")));

        assertThatThrownBy(() -> map.get(1L)).hasStackTraceContaining("is not allowed");
    }

    @Test
    void a_failure_at_another_member_arrives_as_what_it_is() {
        var locks = firstMember.<Long, String>getMap(ClusterBoard.LOCKS);

        for (var key = 0L; key < 3; key++) {
            var id = key;
            assertThatThrownBy(() -> locks.unlock(id)).isInstanceOf(IllegalMonitorStateException.class);
        }
    }

    private <T> T on(Callable<T> task) throws Exception {
        return elsewhere.submit(task).get();
    }

    // Bounded by the time limit of the whole build: how quick it is says nothing about right or wrong.
    private static boolean eventually(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.onSpinWait();
        }
        return true;
    }
}
