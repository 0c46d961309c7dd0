package pgsync.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.claim.Samples.claim;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import pgsync.claim.InHand.Held;
import pgsync.task.Fence;
import pgsync.task.TaskId;

class InHandTest {
    private final InHand inHand = new InHand(Duration.ZERO);

    @Test
    void what_is_taken_is_held_until_it_is_put_down() {
        inHand.take(claim(1, 5));

        assertThat(inHand.holds(new TaskId(1))).isTrue();
        assertThat(inHand.holds(new TaskId(2))).isFalse();

        inHand.putDown(claim(1, 4));
        assertThat(inHand.holds(new TaskId(1))).isTrue();
        inHand.putDown(claim(1, 5));
        assertThat(inHand.holds(new TaskId(1))).isFalse();
    }

    @Test
    void a_claim_is_a_stray_when_nobody_worked_on_it_at_two_looks() {
        assertThat(inHand.strays(List.of(held(1, 5)))).isEmpty();
        assertThat(inHand.strays(List.of(held(1, 5), held(2, 1)))).containsExactly(held(1, 5));
        assertThat(inHand.strays(List.of(held(1, 6)))).isEmpty();
    }

    @Test
    void what_is_held_is_no_stray_but_an_older_claim_of_the_same_task_is() {
        inHand.take(claim(1, 6));
        var both = List.of(held(1, 5), held(1, 6));

        assertThat(inHand.strays(both)).isEmpty();
        assertThat(inHand.strays(both)).containsExactly(held(1, 5));
    }

    @Test
    void one_look_is_enough_for_a_while() {
        assertThat(inHand.lookIsDue()).isTrue();
        assertThat(new InHand(Duration.ofDays(1)).lookIsDue()).isFalse();
        assertThat(new InHand().lookIsDue()).isFalse();
    }

    private static Held held(long task, long fence) {
        return new Held(new TaskId(task), new Fence(fence));
    }
}
