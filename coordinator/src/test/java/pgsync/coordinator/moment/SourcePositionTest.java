package pgsync.coordinator.moment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePositionTest {
    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "2/100, 2/100, false",
        "2/101, 2/100, false",
        "2/99,  2/100, true",
        "3/200, 2/100, true",
        "3/50,  2/100, true",
        "1/200, 2/100, true",
        "2/100, 2/,    false",
        "2/,    2/100, false",
        "3/,    2/100, true",
        "1/,    2/100, false",
        "1/,    2/,    false",
        "1/200, 2/,    true",
        "1/9223372036854775809, 1/9223372036854775808, false",
        "1/9223372036854775807, 1/9223372036854775808, true"
    })
    void a_source_may_lack_what_it_held_later_or_on_another_timeline(String now, String earlier, boolean lacks) {
        assertThat(SourcePosition.parse(now).mayLack(SourcePosition.parse(earlier)))
                .isEqualTo(lacks);
    }

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "3/200, 2/100, 3/200",
        "1/50, 2/100, 1/50",
        "1/, 2/100, 2/100",
        "3/, 2/100, 3/",
        "1/, 2/, 2/",
        "2/, 2/100, 2/100"
    })
    void a_standby_makes_nobody_forget_what_its_primary_said(String now, String earlier, String remembered) {
        assertThat(SourcePosition.parse(now)
                        .since(SourcePosition.parse(earlier))
                        .text())
                .isEqualTo(remembered);
    }

    @Test
    void the_first_thing_that_is_known_is_remembered() {
        assertThat(new SourcePosition(1, null).since(null)).isEqualTo(new SourcePosition(1, null));
    }
}
