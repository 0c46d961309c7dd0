package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoIT {
    private static final Pattern DEATH = Pattern.compile(
            "worker 2 is killed \\(kill -9\\) with ([1-9][0-9]*) tasks in work, [1-9][0-9]* of [0-9]+ tasks");

    @Test
    void three_nodes_of_which_one_dies_at_work_leave_both_sides_equal_and_nothing_behind() {
        Product.Ended ended;
        var nodes = 0L;
        try (var running = Product.of("demo").demo().start()) {
            running.until("a cluster", () -> running.out().contains("/api/v1/cluster"));
            nodes = nodesOf(running.pid());
            ended = running.ended();
            assertThat(nodesOf(running.pid())).isZero();
        }

        assertThat(nodes).isEqualTo(3);
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(ended.out()).containsPattern(DEATH).contains("put back").contains("EQUAL: 14 tables");
        assertThat(ended.err()).isEmpty();
    }

    private static long nodesOf(long demo) {
        return ProcessHandle.of(demo).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .count();
    }
}
