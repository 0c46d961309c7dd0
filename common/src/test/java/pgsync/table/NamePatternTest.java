package pgsync.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pgsync.config.InvalidConfig;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "users, users, true",
        "users, Users, false",
        "users, users2, false",
        "u*, users, true",
        "*, a, true",
        "*s*s, users, true",
        "*x*, users, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZ, false",
        "**, users, true",
        "user?, users, true",
        "user?, user, false",
        "?, é, true",
        "?, 😀, true",
        "[abc]x, bx, true",
        "[abc]x, dx, false",
        "[a-z]x, qx, true",
        "[a-z]x, Qx, false",
        "[!a]x, bx, true",
        "[!a]x, ax, false",
        "[]]x, ]x, true",
        "[a-]x, -x, true",
        "log_20[0-9][0-9], log_2026, true",
        "log_20[0-9][0-9], log_20x6, false",
        "a.b, a.b, true",
        "a+b, aab, false",
    })
    void matches(String pattern, String name, boolean expected) {
        assertThat(NamePattern.parse("include", pattern).matches(name)).isEqualTo(expected);
    }

    @Test
    void characters_in_double_quotes_stand_for_themselves() {
        var pattern = NamePattern.parse("include", "\"a*\"\"[b\"");

        assertThat(pattern.matches("a*\"[b")).isTrue();
        assertThat(pattern.matches("axx\"[b")).isFalse();
        assertThat(pattern.hasWildcards()).isFalse();
    }

    @Test
    void a_name_spelled_like_the_pattern_wins_over_what_the_pattern_matches() {
        assertThat(NamePattern.parse("include", "a*b").among(List.of("a*b", "axb")))
                .containsExactly("a*b");
        assertThat(NamePattern.parse("include", "a*b").among(List.of("axb", "ab", "b")))
                .containsExactly("axb", "ab");
        assertThat(NamePattern.parse("include", "[x]").among(List.of("x", "[x]")))
                .containsExactly("[x]");
    }

    @ParameterizedTest
    @CsvSource({
        "'ab[cd', 3, needs a closing ]",
        "'[', 1, needs a closing ]",
        "'[]', 1, needs a closing ]",
        "'[!', 1, needs a closing ]",
        "'x[z-a]', 3, from the lower to the higher",
        "'\"open', 1, needs a second one",
        "'\"\"', 2, a quoted name ends here",
        "'\"a\"b', 3, a quoted name ends here",
        "'a\"b\"', 2, quote a whole name",
    })
    void a_bad_pattern_is_named_with_the_position(String pattern, int position, String reason) {
        assertThatThrownBy(() -> NamePattern.parse("include", pattern))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("include: pattern " + pattern + ", position " + position + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void an_empty_pattern_is_refused() {
        assertThatThrownBy(() -> NamePattern.parse("exclude", ""))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("exclude is empty");
    }
}
