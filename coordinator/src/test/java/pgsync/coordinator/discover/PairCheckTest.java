package pgsync.coordinator.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pgsync.config.TableRule;
import pgsync.table.Column;
import pgsync.table.Column.Identity;
import pgsync.table.ServerFacts;
import pgsync.table.TableShape;
import pgsync.table.TableShape.Right;
import pgsync.table.ValueType;
import pgsync.task.TableName;

class PairCheckTest {
    private static final ServerFacts UTF8 = facts("UTF8", false);
    private static final ServerFacts SQL_ASCII = facts("SQL_ASCII", false);
    private static final ServerFacts STANDBY = facts("UTF8", true);

    private static final Column ID =
            column("id", "integer", "int4", 'N').notNull().make();
    private static final Column NAME = column("name", "text", "text", 'S').make();

    @Test
    void equal_tables_are_a_pair() {
        assertThat(check(table(ID, NAME), table(ID, NAME), TableRule.NONE).refusal())
                .isEmpty();
    }

    @Test
    void a_column_the_target_lacks_is_named() {
        var check = check(table(ID, NAME), table(ID), TableRule.NONE);

        assertThat(check.refusal())
                .hasValue(new Refusal(
                        new TableName("s", "t"),
                        "the target has no column name",
                        "add it to the target's table, or name it under exclude in the table's rule"));
    }

    @Test
    void a_column_the_target_lacks_may_be_excluded_or_not_chosen() {
        assertThat(check(table(ID, NAME), table(ID), excluding("name")).refusal())
                .isEmpty();
        assertThat(check(table(ID, NAME), table(ID), choosing("id")).refusal()).isEmpty();
    }

    @Test
    void a_target_column_that_fills_itself_is_fine() {
        var nullable = column("a", "text", "text", 'S').make();
        var defaulted = column("b", "text", "text", 'S').notNull().withDefault().make();
        var generated = column("c", "text", "text", 'S').notNull().generated().make();
        var identity = column("d", "bigint", "int8", 'N').notNull().identity().make();

        var check = check(table(ID), table(ID, nullable, defaulted, generated, identity), TableRule.NONE);

        assertThat(check.refusal()).isEmpty();
    }

    @Test
    void a_target_column_that_needs_a_value_is_refused_even_when_a_rule_excluded_it() {
        var needy = column("needy", "text", "text", 'S').notNull().make();

        assertThat(check(table(ID), table(ID, needy), TableRule.NONE).targetColumnsNobodyFills())
                .map(Refusal::reason)
                .hasValue("nothing fills the target's NOT NULL column needy");
        assertThat(check(table(ID, needy), table(ID, needy), excluding("needy")).refusal())
                .isPresent();
        assertThat(check(table(ID, needy), table(ID, needy), TableRule.NONE).refusal())
                .isEmpty();
    }

    @Test
    void a_column_that_the_target_computes_does_not_travel() {
        var computed = column("name", "text", "text", 'S').generated().make();

        assertThat(new TablePair(table(ID, NAME), table(ID, computed), TableRule.NONE).columns())
                .containsExactly(ID);
        assertThat(new TablePair(table(ID, computed), table(ID, NAME), TableRule.NONE).columns())
                .containsExactly(ID, computed);
    }

    @Test
    void a_table_without_a_column_to_write_is_refused() {
        var computed = column("name", "text", "text", 'S').generated().make();

        assertThat(check(table(), table(), TableRule.NONE).refusal()).isPresent();
        assertThat(check(table(computed), table(computed), TableRule.NONE).nothingToWrite())
                .isPresent();
    }

    @Test
    void a_rule_with_a_column_that_does_not_exist_is_refused() {
        var key = new TableRule(null, null, List.of("Id"), List.of(), List.of(), null);
        var timestamp = new TableRule("seen", null, List.of(), List.of(), List.of(), null);

        assertThat(check(table(ID), table(ID), excluding("nmae")).refusal())
                .map(Refusal::reason)
                .hasValue("its rule names nmae, which the source does not have");
        assertThat(check(table(ID), table(ID), choosing("nmae")).refusal()).isPresent();
        assertThat(check(table(ID), table(ID), key).refusal()).isPresent();
        assertThat(check(table(ID), table(ID), timestamp).refusal()).isPresent();
        assertThat(check(table(ID), table(ID, NAME), excluding("name")).refusal())
                .isEmpty();
    }

    @Test
    void row_security_on_either_side_is_refused_with_the_role() {
        assertThat(check(hidden(), table(ID), TableRule.NONE).refusal())
                .map(Refusal::reason)
                .hasValue("row security limits what role me reads of it on the source");
        assertThat(check(table(ID), hidden(), TableRule.NONE).refusal())
                .map(Refusal::reason)
                .hasValue("row security limits what role me sees of it on the target");
    }

    @Test
    void a_right_the_role_lacks_is_named() {
        var readable = shape(List.of(ID), false, false, EnumSet.of(Right.SELECT));
        var closed = shape(List.of(ID), false, false, Set.of());

        assertThat(check(readable, table(ID), TableRule.NONE).refusal()).isEmpty();
        assertThat(check(closed, table(ID), TableRule.NONE).refusal())
                .map(Refusal::reason)
                .hasValue("role me lacks SELECT on it on the source");
        assertThat(check(table(ID), readable, TableRule.NONE).refusal())
                .map(Refusal::reason)
                .hasValue("role me lacks INSERT, UPDATE, DELETE on it on the target");
    }

    @Test
    void an_unlogged_table_cannot_be_read_on_a_standby() {
        var pair =
                new TablePair(shape(List.of(ID), true, false, EnumSet.allOf(Right.class)), table(ID), TableRule.NONE);

        assertThat(new PairCheck(pair, STANDBY, UTF8, java.util.Set.of(TableShape.Right.values())).refusal())
                .isPresent();
        assertThat(new PairCheck(pair, UTF8, UTF8, java.util.Set.of(TableShape.Right.values())).refusal())
                .isEmpty();
    }

    @Test
    void text_is_refused_between_a_real_encoding_and_none() {
        var withText = new TablePair(table(ID, NAME), table(ID, NAME), TableRule.NONE);
        var withoutText = new TablePair(table(ID), table(ID), TableRule.NONE);

        assertThat(new PairCheck(withText, UTF8, SQL_ASCII, java.util.Set.of(TableShape.Right.values())).refusal())
                .isPresent();
        assertThat(new PairCheck(withText, SQL_ASCII, UTF8, java.util.Set.of(TableShape.Right.values())).refusal())
                .isPresent();
        assertThat(new PairCheck(withText, SQL_ASCII, SQL_ASCII, java.util.Set.of(TableShape.Right.values())).refusal())
                .isEmpty();
        assertThat(new PairCheck(withoutText, SQL_ASCII, UTF8, java.util.Set.of(TableShape.Right.values())).refusal())
                .isEmpty();
    }

    @Test
    void a_type_that_does_not_convert_is_told_with_both_types() {
        var number = column("name", "integer", "int4", 'N').make();

        assertThat(check(table(ID, NAME), table(ID, number), TableRule.NONE).refusal())
                .map(Refusal::reason)
                .hasValue("values may not survive the change of type of name (text to integer)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer|int4|N|bigint|int8|N|true",
                "smallint|int2|N|numeric|numeric|N|true",
                "bigint|int8|N|integer|int4|N|false",
                "bigint|int8|N|numeric(5,0)|numeric|N|true",
                "integer|int4|N|double precision|float8|N|false",
                "integer|int4|N|text|text|S|false",
                "character varying(10)|varchar|S|text|text|S|true",
                "text|text|S|character varying|varchar|S|true",
                "text|text|S|character varying(5)|varchar|S|false",
                "character varying(5)|varchar|S|character varying(6)|varchar|S|true",
                "text|text|S|character(5)|bpchar|S|false",
                "interval|interval|T|interval day|interval|T|false",
                "interval day|interval|T|interval|interval|T|true",
                "bigint|int8|N|numeric(3,-3)|numeric|N|false",
                "character(3)|bpchar|S|text|text|S|true",
                "date|date|D|timestamp without time zone|timestamp|D|true",
                "timestamp without time zone|timestamp|D|date|date|D|false",
                "timestamp(3) without time zone|timestamp|D|timestamp with time zone|timestamptz|D|true",
                "timestamp without time zone|timestamp|D|timestamp(3) with time zone|timestamptz|D|false",
                "timestamp(3) without time zone|timestamp|D|timestamp(6) without time zone|timestamp|D|true",
                "numeric(10,2)|numeric|N|numeric(12,4)|numeric|N|true",
                "numeric(10,2)|numeric|N|numeric(10,4)|numeric|N|false",
                "numeric(10,4)|numeric|N|numeric(10,2)|numeric|N|false",
                "numeric|numeric|N|numeric(10,2)|numeric|N|false",
                "numeric(10,2)|numeric|N|numeric|numeric|N|true",
                "json|json|U|jsonb|jsonb|U|true",
                "jsonb|jsonb|U|json|json|U|true",
                "public.citext|citext|S|public.text|text|S|false",
                "text|text|S|public.text|text|S|false",
                "public.citext|citext|S|ext.citext|citext|S|true",
                "bit(3)|bit|V|bit(8)|bit|V|false",
                "integer[]|_int4|A|bigint[]|_int8|A|false",
                "integer[]|_int4|A|integer[]|_int4|A|true",
            })
    void converts_only_what_arrives_as_it_was(
            String from,
            String fromBase,
            char fromCategory,
            String to,
            String toBase,
            char toCategory,
            boolean expected) {
        var source = column("c", from, fromBase, fromCategory).make();
        var target = column("c", to, toBase, toCategory).make();

        assertThat(Conversion.keepsValues(source.values(), target.values())).isEqualTo(expected);
    }

    private static PairCheck check(TableShape source, TableShape target, TableRule rule) {
        return new PairCheck(
                new TablePair(source, target, rule), UTF8, UTF8, java.util.Set.of(TableShape.Right.values()));
    }

    private static TableRule excluding(String column) {
        return new TableRule(null, null, List.of(), List.of(), List.of(column), null);
    }

    private static TableRule choosing(String column) {
        return new TableRule(null, null, List.of(), List.of(column), List.of(), null);
    }

    private static TableShape table(Column... columns) {
        return shape(List.of(columns), false, false, EnumSet.allOf(Right.class));
    }

    private static TableShape hidden() {
        return shape(List.of(ID), false, true, EnumSet.allOf(Right.class));
    }

    private static TableShape shape(List<Column> columns, boolean unlogged, boolean rowSecurity, Set<Right> rights) {
        return new TableShape(
                new TableName("s", "t"),
                TableShape.Kind.ORDINARY,
                columns,
                List.of(),
                List.of(),
                false,
                false,
                unlogged,
                rowSecurity,
                rights,
                List.of(),
                List.of(),
                0,
                0,
                0,
                List.of());
    }

    private static ServerFacts facts(String encoding, boolean inRecovery) {
        return new ServerFacts(
                150000, "1/2/db", "db", "me", encoding, inRecovery, true, true, true, "UTC", 1, 1, false, 100);
    }

    private static ColumnBuilder column(String name, String type, String baseType, char category) {
        return new ColumnBuilder(name, type, baseType, category, false, false, false, Identity.NONE);
    }

    private record ColumnBuilder(
            String name,
            String type,
            String baseType,
            char category,
            boolean isNotNull,
            boolean isGenerated,
            boolean hasDefault,
            Identity identityKind) {
        ColumnBuilder notNull() {
            return new ColumnBuilder(name, type, baseType, category, true, isGenerated, hasDefault, identityKind);
        }

        ColumnBuilder generated() {
            return new ColumnBuilder(name, type, baseType, category, isNotNull, true, hasDefault, identityKind);
        }

        ColumnBuilder withDefault() {
            return new ColumnBuilder(name, type, baseType, category, isNotNull, isGenerated, true, identityKind);
        }

        ColumnBuilder identity() {
            return new ColumnBuilder(
                    name, type, baseType, category, isNotNull, isGenerated, hasDefault, Identity.ALWAYS);
        }

        Column make() {
            return new Column(
                    name,
                    1,
                    type,
                    1,
                    1,
                    baseType,
                    category,
                    'b',
                    isNotNull,
                    isGenerated ? "1" : null,
                    identityKind,
                    hasDefault,
                    null,
                    true,
                    EnumSet.allOf(TableShape.Right.class),
                    new ValueType.Plain(type, baseType, category, !type.contains(".")));
        }
    }
}
