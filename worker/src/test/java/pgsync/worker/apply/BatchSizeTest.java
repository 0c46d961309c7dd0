package pgsync.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private static final long SMALL = 1;

    @Test
    void it_starts_with_a_thousand_rows_and_grows_while_batches_are_short() {
        var size = new BatchSize(null, false);
        assertThat(size.rows()).isEqualTo(1_000);

        size.took(Duration.ofMillis(499));
        assertThat(size.rows()).isEqualTo(4_000);
        size.took(Duration.ofMillis(500));
        assertThat(size.rows()).isEqualTo(4_000);
    }

    @Test
    void it_shrinks_when_a_batch_was_long_and_never_below_its_start() {
        var size = new BatchSize(null, false);
        size.took(Duration.ZERO);

        size.took(Duration.ofSeconds(2));
        assertThat(size.rows()).isEqualTo(4_000);
        size.took(Duration.ofMillis(2_001));
        assertThat(size.rows()).isEqualTo(2_000);
        size.took(Duration.ofHours(1));
        size.took(Duration.ofHours(1));
        assertThat(size.rows()).isEqualTo(1_000);
    }

    @Test
    void it_has_an_end() {
        var size = new BatchSize(null, false);
        for (var batch = 0; batch < 100; batch++) {
            size.took(Duration.ZERO);
        }

        assertThat(size.rows()).isEqualTo(1_000_000);
    }

    @Test
    void what_a_person_fixed_stays() {
        var size = new BatchSize(7, false);
        size.took(Duration.ZERO);
        size.took(Duration.ofHours(1));

        assertThat(size.rows()).isEqualTo(7);
    }

    @Test
    void a_batch_is_full_of_rows_or_of_bytes() {
        var size = new BatchSize(10, false);

        assertThat(size.full(9, SMALL)).isFalse();
        assertThat(size.full(10, SMALL)).isTrue();
        assertThat(size.full(1, 64 * 1024 * 1024 - 1)).isFalse();
        assertThat(size.full(1, 64 * 1024 * 1024)).isTrue();
    }

    @Test
    void a_table_that_is_not_cut_has_one_batch_whatever_a_person_fixed() {
        var size = new BatchSize(10, true);
        size.took(Duration.ofHours(1));

        assertThat(size.full(2_000_000_000, Long.MAX_VALUE)).isFalse();
        assertThat(size.rows()).isEqualTo(Integer.MAX_VALUE);
    }
}
