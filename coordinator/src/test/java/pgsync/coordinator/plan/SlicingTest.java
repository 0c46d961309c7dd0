package pgsync.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pgsync.task.Slice;

class SlicingTest {
    private static final List<Slice> WHOLE = List.of(new Slice.Whole());

    @Test
    void a_small_table_goes_whole() {
        assertThat(of(2_047, 140000, 1)).isEqualTo(WHOLE);
    }

    @Test
    void from_16_megabytes_on_a_table_is_cut() {
        assertThat(of(2_048, 140000, 1)).containsExactly(new Slice.Blocks(0, 1_024), new Slice.Blocks(1_024, -1));
    }

    @Test
    void a_server_that_would_read_the_whole_table_for_each_slice_gets_one() {
        assertThat(of(1_000_000, 130000, 1)).isEqualTo(WHOLE);
    }

    @Test
    void a_partitioned_table_has_no_blocks() {
        var table = PlanGround.usual("t").pages(1_000_000).partitioned().make();

        assertThat(Slicing.of(table, PlanGround.server(150000, "UTF8", true), 1))
                .isEqualTo(WHOLE);
    }

    @Test
    void two_slices_for_each_that_works_at_a_time() {
        assertThat(of(40_000, 150000, 4))
                .hasSize(8)
                .startsWith(new Slice.Blocks(0, 5_000), new Slice.Blocks(5_000, 10_000))
                .endsWith(new Slice.Blocks(35_000, -1));
    }

    @Test
    void no_slice_is_longer_than_a_kill_may_cost() {
        assertThat(of(100_000, 150000, 1))
                .containsExactly(
                        new Slice.Blocks(0, 32_768),
                        new Slice.Blocks(32_768, 65_536),
                        new Slice.Blocks(65_536, 98_304),
                        new Slice.Blocks(98_304, -1));
    }

    @Test
    void no_slice_is_shorter_than_its_commit_is_worth() {
        assertThat(of(3_000, 150000, 16))
                .containsExactly(
                        new Slice.Blocks(0, 1_024), new Slice.Blocks(1_024, 2_048), new Slice.Blocks(2_048, -1));
    }

    private static List<Slice> of(long pages, int version, int parallel) {
        return Slicing.of(
                PlanGround.usual("t").pages(pages).make(), PlanGround.server(version, "UTF8", true), parallel);
    }
}
