package pgsync.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import pgsync.process.Product;
import pgsync.testground.Namespaces;

/** A sample of what {@link FullChaosIT} does for long: two coordinators and three workers synchronize while things go wrong. */
class ClusterChaosIT {
    private final long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);

    @Test
    void kills_freezes_crashes_and_cut_copies_lose_nothing() {
        var unused = new Chaos("sample", seed, new Blow.Counts(2, 1, 0, 1, 3))
                .mustNotShow((ground, log) -> new ClusterFleet(ground, log, null, Product::sync));
    }

    @Test
    void both_sides_of_a_partition_go_on_and_lose_nothing() {
        var missing = Namespaces.unavailable();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        try (var machines = Namespaces.open(ClusterFleet.PLACES)) {
            var unused = new Chaos("partition", seed, new Blow.Counts(0, 0, 1, 0, 0))
                    .on(machines)
                    .mustNotShow((ground, log) -> new ClusterFleet(ground, log, machines, Product::sync));
        }
    }

    /** The control: freezes leave damage when nobody asks for the fence. Not each of them does: of three once none did. */
    @Test
    void without_the_fence_a_frozen_owner_that_wakes_up_leaves_damage() {
        var seen = new Chaos("unfenced", seed, new Blow.Counts(0, 20, 0, 0, 0))
                .untilDamage()
                .run((ground, log) -> new ClusterFleet(ground, log, null, ClusterChaosIT::unfenced));

        assertThat(seen.damage()).as(seen.summary()).isNotEmpty();
    }

    private static Product unfenced(String source, String target, String... arguments) {
        return Product.sync(source, target, arguments)
                .instead(
                        "pgsync.cli.UnfencedMain",
                        Path.of("target/test-classes").toAbsolutePath());
    }
}
