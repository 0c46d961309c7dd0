package pgsync.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pgsync.table.ValueType.Array;
import pgsync.table.ValueType.Composite;
import pgsync.table.ValueType.Enumeration;
import pgsync.table.ValueType.Field;
import pgsync.table.ValueType.Multirange;
import pgsync.table.ValueType.Plain;
import pgsync.table.ValueType.Range;

class ValueTypeTest {
    private static final Plain MONEY = new Plain("money", "money", 'N', true);
    private static final Plain TEXT = new Plain("text", "text", 'S', true);

    private static Composite of(ValueType... fields) {
        return new Composite(
                List.of(fields).stream().map(type -> new Field("field", type)).toList());
    }

    @Test
    void a_type_is_held_by_itself_and_by_an_array_of_it() {
        assertThat(MONEY.holds("money")).isTrue();
        assertThat(new Plain("money[]", "_money", 'A', true).holds("money")).isTrue();
        assertThat(TEXT.holds("money")).isFalse();
        assertThat(new Plain("public.money", "money", 'U', false).holds("money"))
                .isFalse();
    }

    @Test
    void a_type_is_held_by_whatever_is_made_of_it() {
        assertThat(of(TEXT, MONEY).holds("money")).isTrue();
        assertThat(new Array(of(MONEY)).holds("money")).isTrue();
        assertThat(new Range(MONEY).holds("money")).isTrue();
        assertThat(new Multirange(new Range(MONEY)).holds("money")).isTrue();
        assertThat(of(of(new Array(new Range(MONEY)))).holds("money")).isTrue();
    }

    @Test
    void a_type_is_not_held_by_what_is_made_of_others() {
        assertThat(of(TEXT, TEXT).holds("money")).isFalse();
        assertThat(new Array(of(TEXT)).holds("money")).isFalse();
        assertThat(new Range(TEXT).holds("money")).isFalse();
        assertThat(new Multirange(new Range(TEXT)).holds("money")).isFalse();
        assertThat(new Enumeration(List.of("money")).holds("money")).isFalse();
    }
}
