package pgsync.coordinator.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.config.TableRule;
import pgsync.config.TableRule.FixedValue;
import pgsync.table.Column;
import pgsync.table.Column.Identity;
import pgsync.table.OwnedSequence;
import pgsync.table.ServerFacts;
import pgsync.table.TableShape;
import pgsync.table.TableShape.Right;
import pgsync.table.UniqueIndex;
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

    @Test
    void types_of_one_name_are_told_with_what_they_are_made_of() {
        var of = column("name", "public.pair", "pair", 'C');
        var source = of.values(new ValueType.Range(ID.values())).make();
        var target = of.values(new ValueType.Multirange(ID.values())).make();

        assertThat(reason(table(ID, source), table(ID, target), TableRule.NONE))
                .isEqualTo("values may not survive the change of type of name"
                        + " (public.pair = range of integer to public.pair = multirange of integer)");
    }

    private static final String PAIR = "a pair";

    /** Of two servers of one kind. */
    private static String reason(TableShape source, TableShape target, TableRule rule) {
        return reason(source, target, rule, UTF8, UTF8);
    }

    private static String reason(
            TableShape source, TableShape target, TableRule rule, ServerFacts onSource, ServerFacts onTarget) {
        return new PairCheck(
                        new TablePair(source, target, rule),
                        onSource,
                        onTarget,
                        Collections.unmodifiableSet(EnumSet.allOf(Right.class)))
                .refusal()
                .map(Refusal::reason)
                .orElse(PAIR);
    }

    // --- what rules say of keys, stamps and fixed values

    private static TableRule keyRule(String... key) {
        return new TableRule(null, null, List.of(key), List.of(), List.of(), null);
    }

    @Test
    void a_rules_key_names_each_row_on_both_sides() {
        var noKey = table(ID, NAME);
        var key = keyed(noKey, primary("id"));

        assertThat(reason(key, key, keyRule("id"))).isEqualTo(PAIR);
        assertThat(reason(key, keyed(noKey, unique("id")), keyRule("id", "name")))
                .isEqualTo(PAIR);
        assertThat(reason(key, noKey, keyRule("id")))
                .isEqualTo("its rule's key (id) is not unique and NOT NULL on both sides");
        assertThat(reason(noKey, key, keyRule("id"))).contains("not unique and NOT NULL");
        assertThat(reason(key, key, keyRule("name"))).contains("not unique and NOT NULL");
        assertThat(reason(key, keyed(noKey, primary("id", "name")), keyRule("id")))
                .contains("not unique and NOT NULL");
        assertThat(reason(key, keyed(noKey, index("t_key", false, false, "id")), keyRule("id")))
                .contains("not unique and NOT NULL");
        assertThat(reason(noKey, noKey, TableRule.NONE)).isEqualTo(PAIR);
    }

    @ParameterizedTest
    @CsvSource({"timestamp,true", "timestamptz,true", "date,true", "time,false", "text,false"})
    void a_rules_timestamp_is_a_time(String baseType, boolean expected) {
        var at = column("at", baseType, baseType, 'D').make();
        var rule = new TableRule("at", null, List.of(), List.of(), List.of(), null);

        assertThat(reason(table(ID, at), table(ID, at), rule))
                .isEqualTo(expected ? PAIR : "its rule's timestamp column at is no date or timestamp");
    }

    private static TableRule fixing(String column, @Nullable String value) {
        return TableRule.NONE.withFixed(Map.of(column, new FixedValue(value)));
    }

    @Test
    void a_fixed_column_is_one_that_the_target_has_and_does_not_fill_itself() {
        var own = column("c", "integer", "int4", 'N');

        assertThat(reason(table(ID), table(ID, NAME), fixing("name", "x"))).isEqualTo(PAIR);
        // What the source has under this name does not travel.
        assertThat(reason(
                        table(ID, column("name", "bytea", "bytea", 'U').make()), table(ID, NAME), fixing("name", "x")))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID, NAME), table(ID), fixing("name", "x")))
                .isEqualTo("its rule fixes name, which the target does not have");
        assertThat(reason(table(ID), table(ID, own.generated("1").make()), fixing("c", "1")))
                .isEqualTo("its rule fixes column c, whose values the target makes itself");
        assertThat(reason(table(ID), table(ID, own.identity(Identity.ALWAYS).make()), fixing("c", "1")))
                .contains("makes itself");
        assertThat(reason(table(ID), table(ID, own.identity(Identity.BY_DEFAULT).make()), fixing("c", "1")))
                .isEqualTo(PAIR);
    }

    @Test
    void a_fixed_value_fills_a_column_that_needs_one_unless_it_is_null() {
        var needy = column("needy", "text", "text", 'S').notNull().make();

        assertThat(reason(table(ID), table(ID, needy), fixing("needy", "x"))).isEqualTo(PAIR);
        assertThat(reason(table(ID), table(ID, needy), fixing("needy", null)))
                .isEqualTo("its rule fixes column needy to null, and the target has it NOT NULL");
        assertThat(reason(table(ID), table(ID, NAME), fixing("name", null))).isEqualTo(PAIR);
    }

    @Test
    void a_fixed_column_is_in_no_key_that_the_table_cannot_do_without() {
        var both = table(ID, NAME);
        var fixed = fixing("name", "x");

        assertThat(reason(table(ID), keyed(both, primary("id", "name")), fixed))
                .isEqualTo("its rule fixes column name, which is in the key of the target");
        assertThat(reason(table(ID), keyed(both, primary("id", "name"), unique("id")), fixed))
                .contains("in the key of the target");
        assertThat(reason(table(ID), keyed(both, unique("name"), index("other", false, true, "id", "name")), fixed))
                .contains("fixes column name, which");
        assertThat(reason(table(ID), keyed(both, unique("name"), index("other", false, true, "id")), fixed))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID), keyed(both, index("t_key", false, false, "name")), fixed))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID), keyed(both, primary("id")), fixed)).isEqualTo(PAIR);
    }

    // --- rights

    @Test
    void a_right_to_a_column_that_the_role_lacks_is_named() {
        var readable = column("name", "text", "text", 'S').rights(Right.SELECT).make();
        var closed = column("name", "text", "text", 'S').rights().make();
        var oneTime = column("name", "text", "text", 'S')
                .rights(Right.SELECT, Right.INSERT)
                .make();

        assertThat(reason(table(ID, readable), table(ID, NAME), TableRule.NONE)).isEqualTo(PAIR);
        assertThat(reason(table(ID, closed), table(ID, NAME), TableRule.NONE))
                .isEqualTo("role me lacks SELECT on column name on the source");
        assertThat(reason(table(ID, closed), table(ID, NAME), excluding("name")))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID, NAME), table(ID, readable), TableRule.NONE))
                .isEqualTo("role me lacks INSERT, UPDATE on column name on the target");
        assertThat(reason(table(ID, NAME), table(ID, oneTime), TableRule.NONE))
                .isEqualTo("role me lacks UPDATE on column name on the target");
        assertThat(reason(table(ID), table(ID, readable), TableRule.NONE)).isEqualTo(PAIR);
        assertThat(reason(table(ID), table(ID, readable), fixing("name", "x")))
                .contains("lacks INSERT, UPDATE on column name on the target");
    }

    private static OwnedSequence sequence(boolean fills, OwnedSequence.Right... rights) {
        return new OwnedSequence(new TableName("s", "seq"), "extra", fills, Set.of(rights));
    }

    @Test
    void a_sequence_that_fills_a_column_which_nobody_else_fills_can_be_taken_from() {
        var extra =
                column("extra", "integer", "int4", 'N').notNull().withDefault().make();
        var target = table(ID, extra);

        assertThat(reason(table(ID), filledBy(target, sequence(true, OwnedSequence.Right.READ)), TableRule.NONE))
                .isEqualTo("role me lacks USAGE on the sequence that fills column extra on the target");
        assertThat(reason(table(ID), filledBy(target, sequence(true, OwnedSequence.Right.TAKE)), TableRule.NONE))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID), filledBy(target, sequence(false)), TableRule.NONE))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID, extra), filledBy(target, sequence(true)), TableRule.NONE))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID), filledBy(target, sequence(true)), fixing("extra", "1")))
                .isEqualTo(PAIR);
    }

    // --- columns that are computed

    @Test
    void a_column_that_the_target_computes_is_computed_in_the_same_way_on_the_source() {
        var once = column("name", "text", "text", 'S').generated("a || b").make();
        var otherwise =
                column("name", "text", "text", 'S').generated("(a || b)").make();
        var told = "the target computes column name itself, in another way than the source";

        assertThat(reason(table(ID, once), table(ID, once), TableRule.NONE)).isEqualTo(PAIR);
        assertThat(reason(table(ID, once), table(ID, otherwise), TableRule.NONE))
                .isEqualTo(told);
        assertThat(reason(table(ID, NAME), table(ID, once), TableRule.NONE)).isEqualTo(told);
        assertThat(reason(table(ID, once), table(ID, NAME), TableRule.NONE)).isEqualTo(PAIR);
        assertThat(reason(table(ID, once), table(ID, otherwise), excluding("name")))
                .isEqualTo(PAIR);
        // The target will be asked.
        assertThat(reason(table(ID, once), table(ID, otherwise), TableRule.NONE, UTF8, facts(16, "UTF8", false, 100)))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID, NAME), table(ID, once), TableRule.NONE, UTF8, facts(16, "UTF8", false, 100)))
                .isEqualTo(told);
    }

    // --- values that the target would take for others

    @Test
    void labels_that_an_enum_of_the_target_lacks_are_named() {
        var mood = column("mood", "public.mood", "mood", 'E');
        var source = mood.values(new ValueType.Enumeration(List.of("sad", "so so", "glad")))
                .make();
        var target = mood.values(new ValueType.Enumeration(List.of("glad"))).make();

        assertThat(reason(table(ID, source), table(ID, target), TableRule.NONE))
                .isEqualTo("an enum of the target lacks sad (column mood), so so (column mood)");
        assertThat(reason(table(ID, target), table(ID, source), TableRule.NONE)).isEqualTo(PAIR);
    }

    @Test
    void a_unique_index_of_the_target_takes_no_two_texts_of_the_source_for_one() {
        var usual = column("name", "text", "text", 'S').notNull().make();
        var blind = column("name", "text", "text", 'S')
                .notNull()
                .collation("public.blind", false)
                .make();
        var blinder = column("name", "text", "text", 'S')
                .notNull()
                .collation("public.blinder", false)
                .make();
        var sorted = column("name", "text", "text", 'S')
                .notNull()
                .collation("public.sorted", true)
                .make();
        var told = "a unique index of the target takes different texts for the same in column name";

        assertThat(reason(table(ID, usual), keyed(table(ID, blind), unique("name")), TableRule.NONE))
                .isEqualTo(told);
        assertThat(reason(table(ID, blind), keyed(table(ID, blinder), unique("name")), TableRule.NONE))
                .isEqualTo(told);
        assertThat(reason(table(ID, blind), keyed(table(ID, blind), unique("name")), TableRule.NONE))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID, blind), keyed(table(ID, sorted), unique("name")), TableRule.NONE))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID, usual), keyed(table(ID, blind), unique("id")), TableRule.NONE))
                .isEqualTo(PAIR);
    }

    @ParameterizedTest
    @CsvSource({"16,15,true", "15,16,false", "15,15,false", "16,16,false", "18,10,true"})
    void a_char_inside_of_another_type_is_not_read_by_a_server_that_takes_it_for_another(
            int from, int to, boolean refused) {
        var aChar = new ValueType.Plain("\"char\"", "char", 'Z', true);
        var inside = column("c", "public.pair", "pair", 'C')
                .values(new ValueType.Composite(List.of(new ValueType.Field("x", aChar))))
                .make();
        var plain = column("c", "\"char\"", "char", 'Z').values(aChar).make();
        var source = facts(from, "UTF8", false, 100);
        var target = facts(to, "UTF8", false, 100);

        assertThat(reason(table(ID, inside), table(ID, inside), TableRule.NONE, source, target))
                .isEqualTo(
                        refused
                                ? "PostgreSQL before 16 reads a one byte char beyond ASCII inside of column c as another value"
                                : PAIR);
        assertThat(reason(table(ID, plain), table(ID, plain), TableRule.NONE, source, target))
                .isEqualTo(PAIR);
    }

    private static final Column PRICE = column("price", "money", "money", 'N').make();

    @Test
    void money_travels_between_servers_that_count_it_in_the_same_unit() {
        var yen = facts(15, "UTF8", false, 1);
        var with = table(ID, PRICE);

        assertThat(reason(with, with, TableRule.NONE, yen, UTF8))
                .isEqualTo(
                        "money in column price would be another amount: one is stored as 1 on the source and as 100 on the target");
        assertThat(reason(with, with, excluding("price"), yen, UTF8)).isEqualTo(PAIR);
        assertThat(reason(with, with, TableRule.NONE, yen, yen)).isEqualTo(PAIR);
        assertThat(reason(table(ID), table(ID), TableRule.NONE, yen, UTF8)).isEqualTo(PAIR);
    }

    @Test
    void money_in_a_rules_expression_has_two_digits_after_the_point() {
        var yen = facts(15, "UTF8", false, 1);
        var with = table(ID, PRICE);
        var without = table(ID, NAME);
        var where = new TableRule(null, "price > '1'", List.of(), List.of(), List.of(), null);
        var elsewhere = new TableRule(null, "id > 1", List.of(), List.of(), List.of("price"), null);
        var told =
                "its rule's where or fixed would read amounts as having two digits after the point, unlike those of column price";

        assertThat(reason(with, with, where, UTF8, UTF8)).isEqualTo(PAIR);
        assertThat(reason(with, with, where, yen, yen)).isEqualTo(told);
        assertThat(reason(with, with, elsewhere, yen, UTF8)).isEqualTo(told);
        assertThat(reason(with, with, elsewhere, UTF8, yen)).isEqualTo(told);
        assertThat(reason(without, without, where, yen, yen)).isEqualTo(PAIR);
        assertThat(reason(table(ID), with, fixing("price", "1"), yen, yen)).isEqualTo(told);
        assertThat(reason(table(ID), with, fixing("price", "1"), UTF8, UTF8)).isEqualTo(PAIR);
        assertThat(reason(table(ID), without, fixing("name", "1"), yen, yen)).isEqualTo(PAIR);
    }

    @ParameterizedTest
    @CsvSource({
        "integer,int4,N,true",
        "boolean,bool,B,true",
        "date,date,D,true",
        "uuid,uuid,U,true",
        "bytea,bytea,U,true",
        "text,text,S,false",
        "jsonb,jsonb,U,false",
        "text[],_text,A,false"
    })
    void what_holds_no_text_goes_through_any_encoding(String type, String baseType, char category, boolean expected) {
        var c = column("c", type, baseType, category).make();

        assertThat(reason(table(ID, c), table(ID, c), TableRule.NONE, UTF8, SQL_ASCII))
                .isEqualTo(expected ? PAIR : "the databases' encodings UTF8 and SQL_ASCII have no common text");
    }

    @Test
    void two_tables_of_different_names_are_no_pair() {
        var other = new TableShape(
                new TableName("s", "other"),
                TableShape.Kind.ORDINARY,
                List.of(ID),
                List.of(),
                List.of(),
                false,
                false,
                false,
                false,
                Set.of(),
                List.of(),
                List.of(),
                0,
                0,
                0,
                List.of());

        assertThatThrownBy(() -> new TablePair(table(ID), other, TableRule.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("s.t paired with s.other");
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

    private static TableShape keyed(TableShape table, UniqueIndex... indexes) {
        return copied(table, List.of(indexes), table.sequences());
    }

    private static TableShape filledBy(TableShape table, OwnedSequence sequence) {
        return copied(table, table.uniqueIndexes(), List.of(sequence));
    }

    private static TableShape copied(TableShape table, List<UniqueIndex> indexes, List<OwnedSequence> sequences) {
        return new TableShape(
                table.name(),
                table.kind(),
                table.columns(),
                indexes,
                sequences,
                false,
                false,
                table.unlogged(),
                table.rowSecurity(),
                table.rights(),
                List.of(),
                List.of(),
                0,
                0,
                0,
                List.of());
    }

    private static UniqueIndex primary(String... columns) {
        return index("t_pkey", true, true, columns);
    }

    private static UniqueIndex unique(String... columns) {
        return index("t_key", false, true, columns);
    }

    @ParameterizedTest
    @CsvSource({"pg_catalog.C, true, false", "public.nocase, false, true"})
    void a_key_of_composites_that_the_target_takes_for_the_same_is_none(
            String collation, boolean deterministic, boolean refused) {
        var text = new ValueType.Plain("text", "text", 'S', true);
        var exact = word(new ValueType.Field("a", text));
        var here = word(new ValueType.Field("a", text, collation, deterministic));

        assertThat(reason(table(ID, exact), keyed(table(ID, here), unique("w")), TableRule.NONE))
                .isEqualTo(
                        refused ? "a unique index of the target takes different texts for the same in column w" : PAIR);
        assertThat(reason(table(ID, here), keyed(table(ID, here), unique("w")), TableRule.NONE))
                .isEqualTo(PAIR);
        assertThat(reason(table(ID, exact), keyed(table(ID, here), unique("id")), TableRule.NONE))
                .isEqualTo(PAIR);
    }

    private static Column word(ValueType.Field field) {
        return column("w", "public.word", "word", 'C')
                .values(new ValueType.Array(new ValueType.Composite(List.of(field))))
                .make();
    }

    @Test
    void fields_with_a_collation_are_not_ordered_by_the_database() {
        var text = new ValueType.Plain("text", "text", 'S', true);

        for (var collation : new String[] {null, "pg_catalog.\"C\""}) {
            var span = column("v", "public.span", "span", 'R')
                    .values(new ValueType.Range(
                            new ValueType.Composite(List.of(new ValueType.Field("a", text, collation, true)))))
                    .make();
            assertThat(reason(
                                    table(ID, span),
                                    table(ID, span),
                                    TableRule.NONE,
                                    inDatabase("libc en_US en_US", "en_US"),
                                    inDatabase("libc C C", "C"))
                            .startsWith("ranges in column v"))
                    .isEqualTo(collation == null);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text,S,'',true",
        "_text,A,'',true",
        "jsonb,U,'',true",
        "text,S,' collate pg_catalog.C',false",
        "name,S,'',false",
        "int4,N,'',false"
    })
    void ranges_in_the_order_of_the_database_stay_in_databases_of_one_order(
            String subtype, char category, String order, boolean refused) {
        var spans = column("v", "public.spans", "spans", 'R')
                .values(new ValueType.Multirange(
                        new ValueType.Range(new ValueType.Plain(subtype, subtype, category, true), order)))
                .make();

        assertThat(reason(
                        table(ID, spans),
                        table(ID, spans),
                        TableRule.NONE,
                        inDatabase("libc en_US en_US", "en_US"),
                        inDatabase("libc C C", "C")))
                .isEqualTo(
                        refused
                                ? "ranges in column v are ordered by the database's own collation, which is libc en_US en_US on the source and libc C C on the target"
                                : PAIR);
        assertThat(reason(table(ID, spans), table(ID, spans), TableRule.NONE)).isEqualTo(PAIR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_node_tree", "pg_ndistinct", "pg_dependencies", "pg_mcv_list"})
    void what_postgresql_prints_and_never_reads_is_refused(String type) {
        var column = column("v", type, type, 'Z').make();

        assertThat(reason(table(ID, column), table(ID, column), TableRule.NONE))
                .isEqualTo("PostgreSQL prints the values of column v and reads none");
    }

    private static ServerFacts inDatabase(String collation, String sortOrder) {
        return new ServerFacts(
                150_000, "1/2/db", "db", "me", "UTF8", false, true, true, true, "UTC", 1, 1, false, 100, collation,
                sortOrder);
    }

    private static UniqueIndex index(String name, boolean primary, boolean notNull, String... columns) {
        return new UniqueIndex(name, primary, List.of(columns), List.of(columns), null, notNull, false, false);
    }

    private static ServerFacts facts(String encoding, boolean inRecovery) {
        return facts(15, encoding, inRecovery, 100);
    }

    private static ServerFacts facts(int major, String encoding, boolean inRecovery, long moneyUnits) {
        return new ServerFacts(
                major * 10_000,
                "1/2/db",
                "db",
                "me",
                encoding,
                inRecovery,
                true,
                true,
                true,
                "UTC",
                1,
                1,
                false,
                moneyUnits,
                "libc en_US en_US",
                "en_US");
    }

    private static ColumnBuilder column(String name, String type, String baseType, char category) {
        return new ColumnBuilder(new Column(
                name,
                1,
                type,
                1,
                1,
                baseType,
                category,
                'b',
                false,
                null,
                Identity.NONE,
                false,
                null,
                true,
                EnumSet.of(Right.SELECT, Right.INSERT, Right.UPDATE),
                new ValueType.Plain(type, baseType, category, !type.contains("."))));
    }

    private record ColumnBuilder(Column make) {
        ColumnBuilder notNull() {
            return with(true, make.expression(), make.identity(), make.hasDefault());
        }

        ColumnBuilder generated() {
            return generated("1");
        }

        ColumnBuilder generated(String expression) {
            return with(make.notNull(), expression, make.identity(), make.hasDefault());
        }

        ColumnBuilder withDefault() {
            return with(make.notNull(), make.expression(), make.identity(), true);
        }

        ColumnBuilder identity() {
            return identity(Identity.ALWAYS);
        }

        ColumnBuilder identity(Identity identity) {
            return with(make.notNull(), make.expression(), identity, make.hasDefault());
        }

        private ColumnBuilder with(
                boolean notNull, @Nullable String expression, Identity identity, boolean hasDefault) {
            return new ColumnBuilder(new Column(
                    make.name(),
                    make.position(),
                    make.type(),
                    make.typeOid(),
                    make.baseTypeOid(),
                    make.baseTypeName(),
                    make.category(),
                    make.kind(),
                    notNull,
                    expression,
                    identity,
                    hasDefault,
                    make.collation(),
                    make.deterministic(),
                    make.rights(),
                    make.values()));
        }

        ColumnBuilder collation(String collation, boolean deterministic) {
            return with(collation, deterministic, make.rights(), make.values());
        }

        ColumnBuilder rights(Right... rights) {
            return with(make.collation(), make.deterministic(), Set.of(rights), make.values());
        }

        ColumnBuilder values(ValueType values) {
            return with(make.collation(), make.deterministic(), make.rights(), values);
        }

        private ColumnBuilder with(
                @Nullable String collation, boolean deterministic, Set<Right> rights, ValueType values) {
            return new ColumnBuilder(new Column(
                    make.name(),
                    make.position(),
                    make.type(),
                    make.typeOid(),
                    make.baseTypeOid(),
                    make.baseTypeName(),
                    make.category(),
                    make.kind(),
                    make.notNull(),
                    make.expression(),
                    make.identity(),
                    make.hasDefault(),
                    collation,
                    deterministic,
                    rights,
                    values));
        }
    }
}
