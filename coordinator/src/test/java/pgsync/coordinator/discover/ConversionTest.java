package pgsync.coordinator.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pgsync.table.ValueType;
import pgsync.table.ValueType.Array;
import pgsync.table.ValueType.Composite;
import pgsync.table.ValueType.Enumeration;
import pgsync.table.ValueType.Field;
import pgsync.table.ValueType.Multirange;
import pgsync.table.ValueType.Plain;
import pgsync.table.ValueType.Range;

class ConversionTest {
    private static final Plain INT = new Plain("integer", "int4", 'N', true);
    private static final Plain LONG = new Plain("bigint", "int8", 'N', true);
    private static final Plain TEXT = new Plain("text", "text", 'S', true);
    private static final Plain CITEXT = new Plain("public.citext", "citext", 'S', false);
    private static final Enumeration AB = new Enumeration(List.of("a", "b"));
    private static final Enumeration BCA = new Enumeration(List.of("b", "c", "a"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer|int4|N|bigint|int8|N|true",
                "smallint|int2|N|numeric|numeric|N|true",
                "bigint|int8|N|integer|int4|N|false",
                "bigint|int8|N|numeric(5,0)|numeric|N|true",
                "bigint|int8|N|numeric(5)|numeric|N|true",
                "bigint|int8|N|numeric(3,-3)|numeric|N|false",
                "bigint|int8|N|numeric(3,2)|numeric|N|true",
                "integer|int4|N|double precision|float8|N|false",
                "integer|int4|N|text|text|S|false",
                "character varying(10)|varchar|S|text|text|S|true",
                "text|text|S|character varying|varchar|S|true",
                "text|text|S|character varying(5)|varchar|S|false",
                "character varying(5)|varchar|S|character varying(6)|varchar|S|true",
                "character varying(6)|varchar|S|character varying(5)|varchar|S|false",
                "text|text|S|character(5)|bpchar|S|false",
                "character(3)|bpchar|S|text|text|S|true",
                "character(3)|bpchar|S|character varying(3)|varchar|S|true",
                "bit varying(3)|varbit|V|bit varying(8)|varbit|V|true",
                "bit(3)|bit|V|bit(8)|bit|V|false",
                "interval|interval|T|interval day|interval|T|false",
                "interval day|interval|T|interval|interval|T|true",
                "date|date|D|timestamp without time zone|timestamp|D|true",
                "date|date|D|timestamp(0) without time zone|timestamp|D|true",
                "timestamp without time zone|timestamp|D|date|date|D|false",
                "timestamp(3) without time zone|timestamp|D|timestamp with time zone|timestamptz|D|true",
                "timestamp without time zone|timestamp|D|timestamp(3) with time zone|timestamptz|D|false",
                "timestamp without time zone|timestamp|D|timestamp(6) with time zone|timestamptz|D|true",
                "timestamp(3) without time zone|timestamp|D|timestamp(6) without time zone|timestamp|D|true",
                "timestamp(4) without time zone|timestamp|D|timestamp(3) without time zone|timestamp|D|false",
                "numeric(10,2)|numeric|N|numeric(12,4)|numeric|N|true",
                "numeric(10,2)|numeric|N|numeric(11,4)|numeric|N|false",
                "numeric(10,2)|numeric|N|numeric(11,2)|numeric|N|true",
                "numeric(10,2)|numeric|N|numeric(10,4)|numeric|N|false",
                "numeric(10,4)|numeric|N|numeric(10,2)|numeric|N|false",
                "numeric|numeric|N|numeric(10,2)|numeric|N|false",
                "numeric(10,2)|numeric|N|numeric|numeric|N|true",
                "json|json|U|jsonb|jsonb|U|true",
                "jsonb|jsonb|U|json|json|U|true",
                "public.citext|citext|S|public.text|text|S|false",
                "text|text|S|public.text|text|S|false",
                "public.text|text|S|text|text|S|false",
                "public.citext|citext|S|ext.citext|citext|S|true",
                "public.citext|citext|S|ext.citext|citext|U|false",
                "public.vector(3)|vector|U|ext.vector(3)|vector|U|true",
                "public.vector(3)|vector|U|ext.vector(4)|vector|U|false",
                "public.vector(3)|vector|U|ext.vector|vector|U|false",
                "integer[]|_int4|A|bigint[]|_int8|A|false",
                "integer[]|_int4|A|integer[]|_int4|A|true",
            })
    void only_what_arrives_as_it_was_is_converted(
            String from,
            String fromName,
            char fromCategory,
            String to,
            String toName,
            char toCategory,
            boolean expected) {
        assertThat(Conversion.keepsValues(
                        new Plain(from, fromName, fromCategory, !from.contains(".")),
                        new Plain(to, toName, toCategory, !to.contains("."))))
                .isEqualTo(expected);
    }

    private static Composite of(ValueType... fields) {
        return new Composite(IntStream.range(0, fields.length)
                .mapToObj(i -> new Field("f" + i, fields[i]))
                .toList());
    }

    private static void keeps(ValueType source, ValueType target) {
        assertThat(Conversion.keepsValues(source, target))
                .as(source + " to " + target)
                .isTrue();
    }

    private static void refuses(ValueType source, ValueType target) {
        assertThat(Conversion.keepsValues(source, target))
                .as(source + " to " + target)
                .isFalse();
    }

    @Test
    void the_target_may_have_more_labels_in_any_order() {
        keeps(AB, AB);
        keeps(AB, BCA);
        refuses(BCA, AB);
        assertThat(Conversion.labelsMissing(BCA, AB)).containsExactly("c");
        assertThat(Conversion.labelsMissing(AB, BCA)).isEmpty();
    }

    @Test
    void labels_are_missed_inside_of_arrays_and_composites() {
        assertThat(Conversion.labelsMissing(new Array(BCA), new Array(AB))).containsExactly("c");
        assertThat(Conversion.labelsMissing(of(INT, AB, new Array(BCA)), of(INT, AB, new Array(AB))))
                .containsExactly("c");
        assertThat(Conversion.labelsMissing(of(INT, BCA), of(INT))).isEmpty();
        assertThat(Conversion.labelsMissing(of(INT), of(INT, BCA))).isEmpty();
        assertThat(Conversion.labelsMissing(BCA, new Array(AB))).isEmpty();
        assertThat(Conversion.labelsMissing(TEXT, AB)).isEmpty();
    }

    @Test
    void values_keep_their_kind() {
        var kinds = List.of(TEXT, AB, of(INT), new Array(AB), new Range(INT), new Multirange(new Range(INT)));
        for (var from : kinds) {
            for (var to : kinds) {
                if (from.equals(to)) {
                    keeps(from, to);
                } else {
                    refuses(from, to);
                }
            }
        }
    }

    @Test
    void nothing_is_widened_inside_of_other_types() {
        keeps(INT, LONG);
        refuses(of(INT), of(LONG));
        refuses(new Array(of(INT)), new Array(of(LONG)));
        refuses(new Range(INT), new Range(LONG));
        refuses(new Range(INT), new Range(INT, " by another_ops"));
        refuses(new Multirange(new Range(INT)), new Multirange(new Range(LONG)));
        refuses(of(new Array(of(INT))), of(new Array(of(LONG))));
        refuses(of(new Range(INT)), of(new Range(LONG)));
        refuses(of(new Multirange(new Range(INT))), of(new Multirange(new Range(LONG))));
        keeps(of(new Range(INT), new Multirange(new Range(LONG))), of(new Range(INT), new Multirange(new Range(LONG))));
    }

    @Test
    void inside_of_other_types_an_enum_may_have_more_labels_and_a_type_stand_in_another_schema() {
        var elsewhere = new Plain("ext.citext", "citext", 'S', false);
        keeps(of(AB, CITEXT), of(BCA, elsewhere));
        refuses(of(BCA), of(AB));
        keeps(new Array(AB), new Array(BCA));
        refuses(new Array(BCA), new Array(AB));
        refuses(of(CITEXT), of(new Plain("public.hstore", "hstore", 'U', false)));
        refuses(of(TEXT), of(new Plain("text", "text", 'S', false)));
        refuses(of(new Plain("text", "text", 'S', false)), of(TEXT));
        refuses(of(AB), of(TEXT));
        refuses(of(TEXT), of(AB));
        refuses(of(of(INT)), of(INT));
    }

    @Test
    void fields_are_the_same_in_name_number_and_order() {
        var pair = new Composite(List.of(new Field("x", INT), new Field("y", INT)));
        keeps(pair, new Composite(List.of(new Field("x", INT), new Field("y", INT))));
        refuses(pair, new Composite(List.of(new Field("y", INT), new Field("x", INT))));
        refuses(pair, new Composite(List.of(new Field("x", INT))));
        refuses(new Composite(List.of(new Field("x", INT))), pair);
        refuses(pair, new Composite(List.of(new Field("x", INT), new Field("y", TEXT))));
        keeps(of(pair), of(pair));
    }
}
