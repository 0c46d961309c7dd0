package pgsync.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;

/** Names and texts on their way into SQL, into a log and into a database that lacks their characters. */
class QuotedTest {
    @Test
    void a_name_is_quoted_whatever_it_holds() {
        assertThat(Quoted.identifier("a\"b;c")).isEqualTo("\"a\"\"b;c\"");
        assertThat(Quoted.identifiers(List.of("a", "B"))).isEqualTo("\"a\", \"B\"");
        assertThat(Quoted.identifiers(List.of())).isEmpty();
    }

    @Test
    void a_literal_means_itself_whatever_a_backslash_means() {
        assertThat(Quoted.literal("it's")).isEqualTo("'it''s'");
        assertThat(Quoted.literal("\\'")).isEqualTo(" E'\\\\'''");
        assertThat(Quoted.literalOfBytes("00ff")).isEqualTo(" E'\\x00\\xff'");
    }

    @Test
    void what_is_printed_stays_on_one_line_and_reads_as_it_is_stored() {
        assertThat(Quoted.printable("naïve 日本 😀")).isEqualTo("naïve 日本 😀");
        assertThat(Quoted.printable("a\nb\u2028c\u202ed\u0000")).isEqualTo("a\\u000Ab\\u2028c\\u202Ed\\u0000");
        assertThat(Quoted.printable("x" + Character.toString(0xE0001))).isEqualTo("x\\U000E0001");
        assertThat(Quoted.code(0xFFFF)).isEqualTo("\\uFFFF");
        assertThat(Quoted.code(0x10000)).isEqualTo("\\U00010000");
    }

    @Test
    void a_text_that_the_database_lacks_characters_for_is_written_in_ascii() {
        var written = new ArrayList<String>();
        AnyEncoding.write(spelled -> {
            written.add(spelled.apply("é…\u007f\u0080"));
            if (written.size() == 1) {
                throw failed(Trouble.NO_SUCH_CHARACTER);
            }
        });

        assertThat(written).containsExactly("é…\u007f\u0080", "\\u00E9...\u007f\\u0080");
    }

    @Test
    void other_failures_are_not_tried_again() {
        var tries = new ArrayList<String>();

        assertThatThrownBy(() -> AnyEncoding.write(spelled -> {
                    tries.add("once");
                    throw failed(Trouble.DISK_FULL);
                }))
                .isInstanceOf(StepFailed.class);
        assertThat(tries).hasSize(1);
    }

    private static StepFailed failed(Trouble trouble) {
        return new StepFailed(trouble, "write", "no", new IllegalStateException());
    }

    @Test
    void settings_that_a_server_does_not_know_are_not_set() {
        assertThat(PinnedSettings.sql(10))
                .contains("datestyle")
                .doesNotContain("jit", "transaction_timeout = 0;\nset local transaction");
        assertThat(PinnedSettings.sql(11)).contains("set local jit = off").doesNotContain("local transaction_timeout");
        assertThat(PinnedSettings.sql(16)).doesNotContain("local transaction_timeout");
        assertThat(PinnedSettings.sql(17)).contains("set local transaction_timeout = 0");
    }
}
