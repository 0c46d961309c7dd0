package pgsync.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.process.Product;
import pgsync.testground.Namespaces;

/**
 * Two coordinators and three workers synchronize while everything goes wrong for long: {@code make chaos}. The seed chooses who is hit
 * when; {@code target/chaos} says what was done and what came of it.
 */
@Tag("chaos")
class FullChaosIT {
    /** A killed node's tasks are with somebody else by then. */
    private static final double REQUEUE_SECONDS = 15;

    private final long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);

    @Test
    void killed_nodes_lose_nothing_and_their_tasks_are_taken_over_in_time() {
        var seen = storm("kills", new Blow.Counts(number("kills", 60), 0, 0, 0, 0));

        assertThat(seen.slowestRequeue()).as(seen.summary()).isLessThan(REQUEUE_SECONDS);
    }

    @Test
    void frozen_owners_that_wake_up_write_nothing() {
        var unused = storm("freezes", new Blow.Counts(0, number("freezes", 10), 0, 0, 0));
    }

    @Test
    void both_sides_of_a_partition_go_on_and_lose_nothing() {
        var missing = Namespaces.unavailable();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        try (var machines = Namespaces.open(ClusterFleet.PLACES)) {
            var unused = new Chaos("partitions", seed, new Blow.Counts(0, 0, number("partitions", 10), 0, 0))
                    .on(machines)
                    .mustNotShow((ground, log) -> new ClusterFleet(ground, log, machines, Product::sync));
        }
    }

    @Test
    void servers_that_crash_lose_nothing() {
        var unused = storm("crashes", new Blow.Counts(0, 0, 0, number("crashes", 10), 0));
    }

    @Test
    void connections_cut_in_the_middle_of_a_copy_lose_nothing() {
        var unused = storm("cuts", new Blow.Counts(0, 0, 0, 0, number("cuts", 50)));
    }

    @Test
    void one_machine_survives_all_of_it() {
        var counts = new Blow.Counts(number("kills", 60) / 4, 0, 0, number("crashes", 10) / 2, number("cuts", 50) / 2);
        var unused = new Chaos("one-machine", seed, counts).mustNotShow(SyncFleet::new);
    }

    private Chaos.Seen storm(String name, Blow.Counts counts) {
        return new Chaos(name, seed, counts)
                .mustNotShow((ground, log) -> new ClusterFleet(ground, log, null, Product::sync));
    }

    private static int number(String kind, int usual) {
        return Integer.getInteger("chaos." + kind, usual);
    }
}
