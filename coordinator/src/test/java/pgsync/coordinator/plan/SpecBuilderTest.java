package pgsync.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.coordinator.plan.PlanGround.BOUND;
import static pgsync.coordinator.plan.PlanGround.FREE;
import static pgsync.coordinator.plan.PlanGround.ID;
import static pgsync.coordinator.plan.PlanGround.NAME;
import static pgsync.coordinator.plan.PlanGround.STAMP;
import static pgsync.coordinator.plan.PlanGround.column;
import static pgsync.coordinator.plan.PlanGround.computed;
import static pgsync.coordinator.plan.PlanGround.identity;
import static pgsync.coordinator.plan.PlanGround.made;
import static pgsync.coordinator.plan.PlanGround.name;
import static pgsync.coordinator.plan.PlanGround.primaryKey;
import static pgsync.coordinator.plan.PlanGround.server;
import static pgsync.coordinator.plan.PlanGround.table;
import static pgsync.coordinator.plan.PlanGround.unique;
import static pgsync.coordinator.plan.PlanGround.usual;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pgsync.config.TableRule;
import pgsync.config.TableRule.FixedValue;
import pgsync.coordinator.discover.TablePair;
import pgsync.coordinator.plan.PlanGround.Shape;
import pgsync.table.Column;
import pgsync.table.OwnedSequence;
import pgsync.table.ServerFacts;
import pgsync.table.TableShape;
import pgsync.table.UniqueIndex;
import pgsync.table.ValueType;
import pgsync.task.TableSpec;
import pgsync.task.TableSpec.Canonical;
import pgsync.task.TableSpec.ColumnSpec;
import pgsync.task.TableSpec.Hash;
import pgsync.task.TableSpec.KeyType;
import pgsync.task.TableSpec.SequenceSpec;
import pgsync.task.TableSpec.UniquePart;
import pgsync.task.TableSpec.UniqueSpec;

class SpecBuilderTest {
    private static final Column CREATED = column("created", "date", "date", 1082, 'D');

    // --- the timestamp column

    @Test
    void the_first_candidate_that_travels_is_the_stamp() {
        var shape = table("t", ID, CREATED, STAMP);
        var pair = pair(shape, shape, new TableRule(null, null, List.of(), List.of(), List.of("created"), null));

        assertThat(SpecBuilder.timestamp(pair, List.of("missing", "created", "updated_at")))
                .map(Column::name)
                .hasValue("updated_at");
        assertThat(SpecBuilder.timestamp(pair, List.of("created"))).isEmpty();
    }

    @Test
    void a_column_of_another_type_is_no_stamp() {
        assertThat(SpecBuilder.timestamp(pair(usual("t")), List.of("name"))).isEmpty();
    }

    @Test
    void the_stamp_of_a_rule_comes_before_all_candidates() {
        var rule = new TableRule("created", null, List.of(), List.of(), List.of(), null);
        var shape = table("t", ID, CREATED, STAMP);

        assertThat(SpecBuilder.timestamp(pair(shape, shape, rule), List.of("updated_at")))
                .map(Column::name)
                .hasValue("created");
    }

    @Test
    void the_stamp_travels_first_and_every_column_once() {
        var spec = build(pair(usual("t")), FREE);

        assertThat(spec.columns()).extracting(ColumnSpec::name).containsExactly("updated_at", "id", "name");
        assertThat(spec.timestamp()).isEqualTo("updated_at");
    }

    // --- the key

    @Test
    void the_key_is_the_first_index_that_names_rows_on_both_sides() {
        var source = table("t", ID, NAME).with(primaryKey("name"));
        var target = table("t", ID, NAME).with(primaryKey("id"), notNull("u", "name"));

        assertThat(build(pair(source, target, TableRule.NONE), FREE).key()).containsExactly("name");
        assertThat(build(pair(usual("t")), FREE).key()).containsExactly("id");
    }

    @Test
    void an_index_that_may_hold_nulls_or_a_part_of_the_rows_is_no_key() {
        var nullable = table("t", ID, NAME).with(unique("u", "name"));
        var partial = table("t", ID, NAME)
                .with(new UniqueIndex("p", false, List.of("id"), List.of("id"), "id > 5", true, false, false));

        assertThat(build(pair(nullable), FREE).keyed()).isFalse();
        assertThat(build(pair(partial), FREE).keyed()).isFalse();
    }

    @Test
    void a_key_of_columns_that_do_not_travel_is_none() {
        var source = table("t", ID, NAME).with(primaryKey("id"));
        var target = table("t", ID, NAME, CREATED).with(primaryKey("id", "created"));

        assertThat(build(pair(source, target, TableRule.NONE), FREE).keyed()).isFalse();
    }

    @Test
    void fewer_columns_on_the_source_name_a_row_as_well() {
        var source = table("t", ID, NAME).with(primaryKey("id"));
        var target = table("t", ID, NAME).with(primaryKey("id", "name"));

        assertThat(build(pair(source, target, TableRule.NONE), FREE).key()).containsExactly("id", "name");
        assertThat(build(pair(target, source, TableRule.NONE), FREE).keyed()).isFalse();
    }

    @Test
    void the_key_of_a_rule_is_taken() {
        var rule = new TableRule(null, null, List.of("name"), List.of(), List.of(), null);

        assertThat(build(pair(usual("t"), usual("t"), rule), FREE).key()).containsExactly("name");
    }

    @Test
    void on_conflict_can_name_only_an_index_of_exactly_the_key() {
        assertThat(build(pair(usual("t")), FREE).arbiter()).isTrue();
        assertThat(build(pair(usual("t").always("rule r")), FREE).arbiter()).isFalse();
        assertThat(build(pair(table("t", ID, NAME).with(deferrable("pk", "id"))), FREE)
                        .arbiter())
                .isFalse();
        var rule = new TableRule(null, null, List.of("name"), List.of(), List.of(), null);
        assertThat(build(pair(usual("t"), usual("t"), rule), FREE).arbiter()).isFalse();
        var wider = new TableRule(null, null, List.of("id", "name"), List.of(), List.of(), null);
        assertThat(build(pair(usual("t"), usual("t"), wider), FREE).arbiter()).isFalse();
    }

    @Test
    void a_key_with_a_type_that_is_not_built_in_names_all_its_types() {
        var shape = table("t", ID, made("code", "citext", 'b'), NAME).with(primaryKey("id", "code"));
        var spec = build(pair(shape), FREE);

        assertThat(spec.column("id").keyType()).isEqualTo(new KeyType("bigint", "bigint", false));
        assertThat(spec.column("code").keyType()).isEqualTo(new KeyType("public.citext", "public.citext", true));
        assertThat(spec.column("name").keyType()).isNull();
        assertThat(build(pair(usual("t")), FREE).column("id").keyType()).isNull();
    }

    @Test
    void enums_compare_by_operators_that_are_always_found() {
        var shape =
                table("t", made("mood", "mood", 'e'), made("pair", "pair", 'c')).with(primaryKey("mood"));

        assertThat(build(pair(shape), FREE).column("mood").keyType()).isNull();
        assertThat(build(pair(table("t", made("pair", "pair", 'c')).with(primaryKey("pair"))), FREE)
                        .column("pair")
                        .keyType())
                .isEqualTo(new KeyType("public.pair", "public.pair", true));
    }

    // --- other unique indexes

    @Test
    void other_unique_indexes_may_be_run_into() {
        var shape = table("t", ID, NAME, made("code", "citext", 'b'))
                .with(primaryKey("id"), unique("by_name", "name", "code"), deferrable("later", "id"));

        assertThat(build(pair(shape), FREE).uniques())
                .containsExactly(
                        new UniqueSpec(
                                "by_name", List.of(new UniquePart("name", false), new UniquePart("code", true)), false),
                        new UniqueSpec("later", List.of(new UniquePart("id", false)), false));
    }

    @Test
    void indexes_over_columns_that_only_the_target_fills_are_left_alone() {
        var target = table("t", ID, NAME, CREATED).with(primaryKey("id"), unique("by_date", "created"));

        assertThat(build(pair(table("t", ID, NAME).with(primaryKey("id")), target, TableRule.NONE), FREE)
                        .uniques())
                .isEmpty();
    }

    @Test
    void rows_outside_a_partial_index_have_no_value_in_it() {
        var partial = new UniqueIndex("p", false, List.of(), List.of("lower(name)"), "(id > 5)", false, false, false);

        assertThat(build(pair(table("t", ID, NAME).with(primaryKey("id"), partial)), FREE)
                        .uniques())
                .containsExactly(new UniqueSpec(
                        "p", List.of(new UniquePart("case when ((id > 5)) then (lower(name)) end", false)), false));
    }

    @Test
    void nulls_that_are_equal_in_a_partial_index_are_values_of_rows_inside() {
        var partial = new UniqueIndex("p", false, List.of("name"), List.of("name"), "(id > 5)", false, false, true);

        assertThat(build(pair(table("t", ID, NAME).with(primaryKey("id"), partial)), FREE)
                        .uniques())
                .containsExactly(new UniqueSpec(
                        "p", List.of(new UniquePart("case when ((id > 5)) then row(name) end", true)), false));
    }

    @Test
    void nulls_that_are_equal_in_an_index_are_told() {
        var index = new UniqueIndex("u", false, List.of("name"), List.of("name"), null, false, false, true);

        assertThat(build(pair(table("t", ID, NAME).with(primaryKey("id"), index)), FREE)
                        .uniques())
                .containsExactly(new UniqueSpec("u", List.of(new UniquePart("name", false)), true));
    }

    @Test
    void an_index_by_another_equality_is_no_key_and_keeps_on_conflict_from_the_one_beside_it() {
        var index = new UniqueIndex(
                "u",
                false,
                List.of("id"),
                List.of("id::odd"),
                List.of("operator(public.===)"),
                null,
                true,
                false,
                false);

        assertThat(build(pair(table("t", ID, NAME).with(index)), FREE).key()).isEmpty();
        var beside = build(pair(table("t", ID, NAME).with(primaryKey("id"), index)), FREE);
        assertThat(beside.key()).containsExactly("id");
        assertThat(beside.arbiter()).isFalse();
        assertThat(beside.uniques())
                .containsExactly(
                        new UniqueSpec("u", List.of(new UniquePart("id::odd", false, "operator(public.===)")), false));
    }

    @Test
    void a_computed_column_of_an_index_is_computed_on_the_way() {
        var column = computed("Upper", "upper(name)");
        var index = new UniqueIndex("u", false, List.of("Upper"), List.of("\"Upper\""), null, false, false, false);

        assertThat(build(pair(table("t", ID, NAME, column).with(primaryKey("id"), index)), FREE)
                        .uniques())
                .containsExactly(new UniqueSpec("u", List.of(new UniquePart("upper(name)", false)), false));
    }

    // --- how values travel and compare

    @ParameterizedTest
    @CsvSource({
        "int2, INTEGER",
        "int4, INTEGER",
        "int8, INTEGER",
        "numeric, NUMERIC",
        "float4, FLOAT",
        "float8, FLOAT",
        "_float4, FLOAT_ARRAY",
        "_float8, FLOAT_ARRAY",
        "text, TEXT",
        "uuid, TEXT",
        "interval, LOOSE",
        "bpchar, LOOSE",
        "jsonb, LOOSE",
    })
    void equal_values_of_a_built_in_type_get_equal_text(String type, Canonical expected) {
        assertThat(canonical(new ValueType.Plain(type, type, 'U', true))).isEqualTo(expected);
    }

    @Test
    void equal_values_of_other_types_may_differ_in_their_text() {
        var citext = new ValueType.Plain("public.citext", "citext", 'S', false);
        assertThat(canonical(citext)).isEqualTo(Canonical.FOLDED);
        assertThat(canonical(new ValueType.Plain("public.text", "text", 'S', false)))
                .isEqualTo(Canonical.LOOSE);
        assertThat(canonical(new ValueType.Enumeration(List.of("a")))).isEqualTo(Canonical.TEXT);
        assertThat(canonical(new ValueType.Composite(List.of()))).isEqualTo(Canonical.LOOSE);
        assertThat(canonical(new ValueType.Array(citext))).isEqualTo(Canonical.LOOSE);
        assertThat(canonical(new ValueType.Range(citext))).isEqualTo(Canonical.LOOSE);
        assertThat(canonical(new ValueType.Multirange(citext))).isEqualTo(Canonical.LOOSE);
    }

    @Test
    void text_of_a_collation_that_folds_is_loose() {
        assertThat(canonical(new ValueType.Plain("text", "text", 'S', true), false))
                .isEqualTo(Canonical.LOOSE);
    }

    @Test
    void a_value_of_another_type_is_cast_before_it_is_hashed() {
        var small = column("id", "integer", "int4", 23, 'N');
        var varchar = column("name", "character varying(5)", "varchar", 1043, 'S');

        var spec = build(pair(table("t", small, varchar), table("t", ID, NAME), TableRule.NONE), FREE);

        assertThat(spec.column("id").cast()).isEqualTo("bigint");
        assertThat(spec.column("name").cast()).isNull();
        assertThat(build(pair(table("t", ID, NAME), table("t", ID, varchar), TableRule.NONE), FREE)
                        .column("name")
                        .cast())
                .isNull();
        assertThat(build(pair(table("t", ID)), FREE).column("id").cast()).isNull();
    }

    @Test
    void a_type_that_people_made_is_not_cast_to() {
        var spec = build(
                pair(
                        table("t", column("a", "text", "text", 25, 'S')),
                        table("t", made("a", "citext", 'b')),
                        TableRule.NONE),
                FREE);

        assertThat(spec.column("a").cast()).isNull();
    }

    @Test
    void rows_travel_in_binary_only_when_every_column_can() {
        assertThat(build(pair(usual("t")), FREE).binary()).isTrue();
        assertThat(build(pair(table("t", ID, column("m", "money", "money", 790, 'N'))), FREE)
                        .binary())
                .isFalse();
        assertThat(build(pair(table("t", made("m", "text", 'b'))), FREE).binary())
                .isFalse();
        assertThat(build(
                                pair(
                                        table("t", column("id", "integer", "int4", 23, 'N')),
                                        table("t", ID),
                                        TableRule.NONE),
                                FREE)
                        .binary())
                .isFalse();
    }

    @Test
    void a_domain_travels_as_text() {
        var domain = new Column(
                "d",
                1,
                "public.d",
                16_500,
                25,
                "text",
                'S',
                'b',
                true,
                null,
                Column.Identity.NONE,
                false,
                null,
                true,
                EnumSet.allOf(TableShape.Right.class),
                new ValueType.Plain("text", "text", 'S', true));
        var other = new TablePair(
                table("t", domain).make(),
                table("t", column("d", "text", "text", 25, 'S')).make(),
                TableRule.NONE);

        assertThat(build(pair(table("t", domain)), FREE).binary()).isFalse();
        assertThat(build(other, FREE).binary()).isFalse();
    }

    @Test
    void hashes_are_what_both_servers_can_make_of_the_same_bytes() {
        var old = server(100000, "UTF8", true);
        var latin = server(150000, "LATIN1", true);

        assertThat(hash(FREE, FREE)).isEqualTo(Hash.EXTENDED);
        assertThat(hash(server(110000, "UTF8", true), FREE)).isEqualTo(Hash.EXTENDED);
        assertThat(hash(FREE, server(110000, "UTF8", true))).isEqualTo(Hash.EXTENDED);
        assertThat(hash(old, FREE)).isEqualTo(Hash.MD5);
        assertThat(hash(FREE, old)).isEqualTo(Hash.MD5);
        assertThat(hash(FREE, latin)).isEqualTo(Hash.UTF8_SHA256);
        assertThat(hash(latin, old)).isEqualTo(Hash.UTF8_MD5);
    }

    @Test
    void rows_of_two_databases_without_an_encoding_travel_as_they_are_stored() {
        var any = server(150000, "SQL_ASCII", true);

        assertThat(between(any, any).asStored()).isTrue();
        assertThat(between(any, any).binary()).isFalse();
        assertThat(between(any, FREE).asStored()).isFalse();
        assertThat(between(FREE, any).asStored()).isFalse();
        assertThat(between(FREE, any).binary()).isTrue();
    }

    // --- what the target says

    @Test
    void an_identity_column_that_is_always_generated_is_overridden_and_not_set() {
        var spec = build(pair(table("t", identity("id"), NAME).with(primaryKey("id"))), FREE);

        assertThat(spec.overriding()).isTrue();
        assertThat(spec.column("id").settable()).isFalse();
        assertThat(spec.column("name").settable()).isTrue();
        assertThat(build(pair(usual("t")), FREE).overriding()).isFalse();
    }

    @Test
    void rows_are_whole_unless_the_target_has_a_column_of_its_own() {
        var target = table("t", ID, NAME, CREATED);
        var generated = table("t", ID, NAME, computed("c", "upper(name)"));

        assertThat(build(pair(table("t", ID, NAME), target, TableRule.NONE), FREE)
                        .wholeRows())
                .isFalse();
        assertThat(build(pair(table("t", ID, NAME), generated, TableRule.NONE), FREE)
                        .wholeRows())
                .isTrue();
    }

    @Test
    void ordinary_triggers_matter_only_where_they_cannot_be_switched_off() {
        var pair = pair(usual("t").always("rule r").triggers("audit"));

        assertThat(build(pair, FREE).triggers()).containsExactly("rule r");
        assertThat(build(pair, BOUND).triggers()).containsExactly("rule r", "audit");
        assertThat(build(pair, FREE).replicaRole()).isTrue();
        assertThat(build(pair, BOUND).replicaRole()).isFalse();
    }

    @Test
    void a_table_that_refers_to_itself_is_not_cut_while_foreign_keys_stay_on() {
        assertThat(uncut(BOUND, true)).isTrue();
        assertThat(uncut(BOUND, false)).isFalse();
        assertThat(uncut(FREE, true)).isFalse();
    }

    @Test
    void partition_roots_are_read_with_their_partitions() {
        var spec = build(pair(usual("t").partitioned(), usual("t"), TableRule.NONE), FREE);

        assertThat(spec.sourceOnly()).isFalse();
        assertThat(spec.targetOnly()).isTrue();
        assertThat(build(pair(usual("t"), usual("t").partitioned(), TableRule.NONE), FREE)
                        .targetOnly())
                .isFalse();
    }

    @Test
    void sequences_of_one_column_pair_up_and_those_of_one_name_first() {
        var source = usual("t").owning(owned("old_seq", "id"), owned("t_id_seq", "id"), owned("lone", "name"));
        var target = usual("t").owning(owned("t_id_seq", "id"), owned("other", "updated_at"));

        assertThat(build(pair(source, target, TableRule.NONE), FREE).sequences())
                .containsExactly(new SequenceSpec(name("t_id_seq"), name("t_id_seq")));
        assertThat(build(pair(usual("t").owning(owned("a", "id")), target, TableRule.NONE), FREE)
                        .sequences())
                .containsExactly(new SequenceSpec(name("a"), name("t_id_seq")));
    }

    // --- columns that a rule gives one value

    @Test
    void a_fixed_value_stands_for_the_sources_and_travels_last() {
        var spec = build(pair(table("t", ID), table("t", ID, CREATED), fixing("created", "2020-01-01")), FREE);
        var made = build(pair(table("t", ID), table("t", ID, made("c", "citext", 'b')), fixing("c", "it's")), FREE);

        assertThat(spec.columns()).extracting(ColumnSpec::name).containsExactly("id", "created");
        assertThat(spec.columns()).extracting(ColumnSpec::fixed).containsExactly(null, "'2020-01-01'::date");
        assertThat(spec.binary()).isTrue();
        assertThat(spec.wholeRows()).isTrue();
        assertThat(made.column("c").fixed()).isEqualTo("'it''s'::text");
        assertThat(made.binary()).isFalse();
        assertThat(build(pair(usual("t"), usual("t"), fixing("name", null)), FREE)
                        .column("name")
                        .fixed())
                .isEqualTo("null::text");
    }

    @Test
    void a_sequence_of_a_fixed_column_stays_where_it_is() {
        var shape = usual("t").owning(owned("a", "name"), owned("b", "id"));

        assertThat(build(pair(shape, shape, fixing("name", "x")), FREE).sequences())
                .containsExactly(new SequenceSpec(name("b"), name("b")));
    }

    @Test
    void a_fixed_column_is_no_key_and_its_value_is_part_of_the_shape() {
        assertThat(build(pair(usual("t"), usual("t"), fixing("id", "1")), FREE).keyed())
                .isFalse();
        assertThat(shape(pair(usual("t"), usual("t"), fixing("name", "x"))))
                .isNotEqualTo(shape(pair(usual("t"), usual("t"), fixing("name", "y"))))
                .isNotEqualTo(shape(pair(usual("t"))));
        // Texts of one String.hashCode.
        assertThat(shape(pair(usual("t"), usual("t"), fixing("name", "Aa"))))
                .isNotEqualTo(shape(pair(usual("t"), usual("t"), fixing("name", "BB"))));
    }

    // --- the shape

    @Test
    void the_shape_changes_with_columns_types_key_and_filter() {
        var usual = shape(pair(usual("t")));

        assertThat(shape(pair(usual("t").pages(77)))).isEqualTo(usual);
        assertThat(shape(pair(table("t", ID, NAME, CREATED, STAMP).with(primaryKey("id")))))
                .isNotEqualTo(usual);
        assertThat(shape(pair(table("t", ID, NAME, STAMP).with(primaryKey("name")))))
                .isNotEqualTo(usual);
        var filtered = new TableRule(null, "id > 5", List.of(), List.of(), List.of(), null);
        assertThat(shape(pair(usual("t"), usual("t"), filtered))).isNotEqualTo(usual);
        var small = table("t", column("id", "integer", "int4", 23, 'N'), NAME, STAMP)
                .with(primaryKey("id"));
        assertThat(shape(pair(small, usual("t"), TableRule.NONE))).isNotEqualTo(usual);
        assertThat(shape(pair(usual("t"), small, TableRule.NONE))).isNotEqualTo(usual);
    }

    private static TableRule fixing(String column, @Nullable String value) {
        return TableRule.NONE.withFixed(Map.of(column, new FixedValue(value)));
    }

    private static String shape(TablePair pair) {
        return SpecBuilder.shape(pair, build(pair, FREE));
    }

    private static Hash hash(ServerFacts source, ServerFacts target) {
        return between(source, target).hash();
    }

    private static TableSpec between(ServerFacts source, ServerFacts target) {
        return new SpecBuilder(source, target).build(pair(usual("t")), null, false);
    }

    private static boolean uncut(ServerFacts target, boolean refersToItself) {
        return new SpecBuilder(FREE, target)
                .build(pair(usual("t")), null, refersToItself)
                .uncut();
    }

    private static Canonical canonical(ValueType values) {
        return canonical(values, true);
    }

    private static Canonical canonical(ValueType values, boolean deterministic) {
        var column = new Column(
                "c",
                1,
                "c",
                25,
                25,
                "c",
                'U',
                'b',
                true,
                null,
                Column.Identity.NONE,
                false,
                null,
                deterministic,
                EnumSet.allOf(TableShape.Right.class),
                values);
        return build(pair(table("t", column)), FREE).column("c").canonical();
    }

    private static TableSpec build(TablePair pair, ServerFacts target) {
        var stamp = SpecBuilder.timestamp(pair, List.of("updated_at")).orElse(null);
        return new SpecBuilder(FREE, target).build(pair, stamp, false);
    }

    private static UniqueIndex notNull(String name, String... columns) {
        return new UniqueIndex(name, false, List.of(columns), List.of(columns), null, true, false, false);
    }

    private static UniqueIndex deferrable(String name, String... columns) {
        return new UniqueIndex(name, false, List.of(columns), List.of(columns), null, true, true, false);
    }

    private static OwnedSequence owned(String sequence, String column) {
        return new OwnedSequence(name(sequence), column, true, Set.of(OwnedSequence.Right.values()));
    }

    private static TablePair pair(Shape both) {
        return PlanGround.pair(both);
    }

    private static TablePair pair(Shape source, Shape target, TableRule rule) {
        return PlanGround.pair(source, target, rule);
    }
}
