package pgsync.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.coordinator.plan.PlanGround.BOUND;
import static pgsync.coordinator.plan.PlanGround.FREE;
import static pgsync.coordinator.plan.PlanGround.HERE;
import static pgsync.coordinator.plan.PlanGround.ID;
import static pgsync.coordinator.plan.PlanGround.NAME;
import static pgsync.coordinator.plan.PlanGround.STAMP;
import static pgsync.coordinator.plan.PlanGround.identity;
import static pgsync.coordinator.plan.PlanGround.mode;
import static pgsync.coordinator.plan.PlanGround.name;
import static pgsync.coordinator.plan.PlanGround.pair;
import static pgsync.coordinator.plan.PlanGround.primaryKey;
import static pgsync.coordinator.plan.PlanGround.refers;
import static pgsync.coordinator.plan.PlanGround.table;
import static pgsync.coordinator.plan.PlanGround.usual;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.config.TableRule;
import pgsync.coordinator.discover.Refusal;
import pgsync.coordinator.discover.TablePair;
import pgsync.coordinator.ledger.TableState;
import pgsync.coordinator.ledger.TableState.Phase;
import pgsync.coordinator.moment.Horizon;
import pgsync.coordinator.moment.SourcePosition;
import pgsync.coordinator.plan.PlanGround.Given;
import pgsync.table.DataFile;
import pgsync.table.ForeignKey;
import pgsync.table.ServerFacts;
import pgsync.task.Slice;
import pgsync.task.TableName;
import pgsync.task.Work;

class PlannerTest {
    private static final OffsetDateTime HORIZON = OffsetDateTime.parse("2026-11-23T10:00:00Z");
    private static final OffsetDateTime EARLIER = OffsetDateTime.parse("2026-11-22T10:00:00Z");
    private static final String AT_HORIZON = "2026-11-23 10:00:00.000000+00";
    private static final String AT_EARLIER = "2026-11-22 10:00:00.000000+00";
    /** Of both sides, as every table has them unless a test says otherwise. */
    private static final String FILES = "1/1|1/1";

    // --- one table

    @Test
    void an_empty_target_is_copied() {
        var table = only(new Known().empty("t").plan(pair(usual("t"))));

        assertThat(table.mode()).isEqualTo("copy");
        assertThat(table.copying()).isTrue();
        assertThat(table.adopt()).isFalse();
        assertThat(table.gate()).isEqualTo("s.t");
        assertThat(table.watermarkColumn()).isEqualTo("updated_at");
        assertThat(steps(table)).containsExactly(List.of(new Work.Copy(new Slice.Whole(), true)));
        assertThat(stages(table)).containsExactly(0);
    }

    @Test
    void a_large_table_is_copied_in_slices_and_caught_up_from_the_horizon() {
        var table = only(new Known().empty("t").plan(pair(usual("t").pages(4_096))));

        assertThat(steps(table))
                .containsExactly(
                        List.of(new Work.Copy(new Slice.Blocks(0, 1_024), true)),
                        List.of(new Work.Copy(new Slice.Blocks(1_024, 2_048), true)),
                        List.of(new Work.Copy(new Slice.Blocks(2_048, 3_072), true)),
                        List.of(new Work.Copy(new Slice.Blocks(3_072, -1), true)),
                        List.of(new Work.CatchUp(AT_HORIZON, null, true)));
        assertThat(stages(table)).containsExactly(0, 0, 0, 0, 1);
        assertThat(table.tasks())
                .extracting(PlannedTask::kind)
                .startsWith("COPY")
                .endsWith("CATCHUP");
        assertThat(table.tasks().getFirst().cost()).isEqualTo(4_096 * 8_192 / 4);
        assertThat(table.tasks().getLast().cost()).isEqualTo(4_096 * 8_192);
    }

    @Test
    void without_one_snapshot_for_all_a_table_is_copied_whole() {
        var given = new Given(false, false, true, false, null);

        assertThat(steps(only(
                        new Known().empty("t").given(given).plan(pair(usual("t").pages(4_096))))))
                .containsExactly(List.of(new Work.Copy(new Slice.Whole(), true)));
    }

    @Test
    void a_target_that_has_rows_is_compared_before_anything_is_known_of_it() {
        var table = only(new Known().plan(pair(usual("t"))));

        assertThat(table.mode()).isEqualTo("reconcile");
        assertThat(table.copying()).isFalse();
        assertThat(steps(table)).containsExactly(List.of(new Work.Reconcile(), new Work.Keys(true, null)));
        assertThat(table.tasks().getFirst().kind()).isEqualTo("RECONCILE");
    }

    @Test
    void a_known_watermark_is_gone_on_from() {
        var table = only(new Known().live("t").plan(pair(usual("t"))));

        assertThat(table.mode()).isEqualTo("incremental");
        assertThat(steps(table))
                .containsExactly(List.of(new Work.Upsert(AT_EARLIER, AT_HORIZON), new Work.Keys(true, AT_EARLIER)));
    }

    @Test
    void an_unfinished_upsert_is_gone_on_from_where_it_came_to() {
        var facts = new Known();
        facts.states.put(name("t"), state(Phase.LIVE, EARLIER, "updated_at", "2026-11-22 12:00:00+00", List.of()));

        assertThat(steps(only(facts.plan(pair(usual("t"))))).getFirst())
                .startsWith(new Work.Upsert("2026-11-22 12:00:00+00", AT_HORIZON));
    }

    /** Rows that are changed until then get stamps from before it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-23 10:00:00.000001+00", "2026-11-23 10:00:01+00", "12026-11-22 12:00:00+00", "infinity"
            })
    void an_unfinished_upsert_begins_anew_where_the_source_s_clock_has_yet_to_come_to(String position) {
        var facts = new Known();
        facts.states.put(name("t"), state(Phase.LIVE, EARLIER, "updated_at", position, List.of()));
        var planned = only(facts.plan(pair(usual("t"))));

        assertThat(planned.resumedAt()).isNull();
        assertThat(planned.tasks().getFirst().spec().steps()).startsWith(new Work.Upsert(AT_EARLIER, AT_HORIZON));
    }

    @Test
    void without_a_horizon_no_progress_is_capped_and_none_recorded() {
        var facts = new Known().live("t");
        facts.horizon = new Horizon.Unknown("prepared transactions", "commit them");

        assertThat(steps(only(facts.plan(pair(usual("t"))))).getFirst()).startsWith(new Work.Upsert(AT_EARLIER, null));
    }

    @Test
    void a_watermark_of_another_column_or_none_is_not_gone_on_from() {
        var other = new Known();
        other.states.put(name("t"), state(Phase.LIVE, EARLIER, "created", null, List.of()));
        var none = new Known();
        none.states.put(name("t"), state(Phase.LIVE, null, "updated_at", null, List.of()));

        assertThat(only(other.plan(pair(usual("t")))).mode()).isEqualTo("reconcile");
        assertThat(only(none.plan(pair(usual("t")))).mode()).isEqualTo("reconcile");
    }

    @Test
    void the_state_of_another_source_says_nothing() {
        var facts = new Known();
        facts.states.put(
                name("t"),
                new TableState(
                        "9/9/other",
                        Phase.LIVE,
                        EARLIER,
                        "updated_at",
                        null,
                        null,
                        null,
                        shape(),
                        null,
                        null,
                        null,
                        List.of(),
                        List.of()));

        var plan = facts.plan(pair(usual("t")));
        assertThat(only(plan).mode()).isEqualTo("reconcile");
        assertThat(plan.warnings())
                .extracting(Plan.Warning::text)
                .containsExactly(
                        "1 tables were synchronized from another database before: all their rows are compared with this one's");
        assertThat(only(facts.empty("t").plan(pair(usual("t")))).mode()).isEqualTo("copy");
    }

    @Test
    void a_table_that_another_source_never_finished_is_no_reason_to_warn() {
        var facts = new Known();
        facts.states.put(
                name("t"),
                new TableState(
                        "9/9/other",
                        Phase.COPYING,
                        null,
                        null,
                        null,
                        null,
                        null,
                        shape(),
                        null,
                        null,
                        null,
                        List.of(),
                        List.of()));

        assertThat(facts.plan(pair(usual("t"))).warnings()).isEmpty();
    }

    @Test
    void a_table_whose_rows_are_in_another_file_on_either_side_is_compared_and_told() {
        var anew = new DataFile("1/2", false);
        var kept = new DataFile("1/1", false);

        assertThat(only(new Known().live("t").plan(filesOf(kept, kept))).mode()).isEqualTo("incremental");
        for (var pair : List.of(filesOf(anew, kept), filesOf(kept, anew))) {
            var plan = new Known().live("t").plan(pair);
            assertThat(only(plan).mode()).isEqualTo("reconcile");
            assertThat(plan.warnings())
                    .extracting(Plan.Warning::text)
                    .singleElement()
                    .asString()
                    .endsWith("compared: s.t");
        }
    }

    @Test
    void a_file_that_went_is_no_reason_to_compare_since_keys_are() {
        var one = new DataFile("1/1", false);

        assertThat(only(knownFiles("1/1 2/2|1/1").plan(filesOf(one, one))).mode())
                .isEqualTo("incremental");
    }

    @Test
    void an_empty_file_of_the_source_is_not_remembered_where_nothing_is_deleted() {
        var empty = new DataFile("1/2", true);
        var filled = new DataFile("1/2", false);
        var never =
                new Known().given(new Given(false, false, false, true, null)).live("t");

        assertThat(only(never.plan(filesOf(empty, filled))).files()).isEqualTo("|1/2");
    }

    /** 1. A partition is made ahead; 2. a run finds it empty, and the next one too; 3. rows come into it as into any other. */
    @Test
    void an_empty_file_is_no_reason_to_compare_and_is_known_once_two_runs_found_it_empty() {
        var empty = new DataFile("1/2", true);

        var first = only(knownFiles("1/1|1/1").plan(filesOf(empty, empty)));
        var second = only(knownFiles(first.files()).plan(filesOf(empty, empty)));
        var third = only(knownFiles(second.files()).plan(filesOf(filled(empty), filled(empty))));

        assertThat(first.mode()).isEqualTo("incremental");
        assertThat(first.files()).isEqualTo("1/2?|1/2?");
        assertThat(second.mode()).isEqualTo("incremental");
        assertThat(second.files()).isEqualTo("1/2|1/2");
        assertThat(third.mode()).isEqualTo("incremental");
    }

    /** It may have been loaded between our look and the snapshot, with the keys and stamps that it had before it was truncated. */
    @Test
    void a_file_that_one_run_found_empty_is_compared_when_it_has_rows() {
        var empty = new DataFile("1/2", true);
        var kept = new DataFile("1/1", false);

        var first = only(knownFiles("1/1|1/1").plan(filesOf(empty, kept)));

        assertThat(only(knownFiles(first.files()).plan(filesOf(filled(empty), kept)))
                        .mode())
                .isEqualTo("reconcile");
    }

    @Test
    void a_run_that_compares_all_rows_knows_every_file_afterwards() {
        var empty = new DataFile("1/2", true);
        var anew = new DataFile("1/3", false);

        assertThat(only(knownFiles("1/1|1/1").plan(filesOf(empty, anew))).files())
                .isEqualTo("1/2|1/3");
    }

    @Test
    void files_of_one_side_say_nothing_of_the_other() {
        var ours = new DataFile("1/1", false);
        var theirs = new DataFile("2/2", false);

        assertThat(only(knownFiles("1/1|2/2").plan(filesOf(ours, theirs))).mode())
                .isEqualTo("incremental");
        assertThat(only(knownFiles("1/1|2/2").plan(filesOf(theirs, ours))).mode())
                .isEqualTo("reconcile");
    }

    @Test
    void an_empty_file_is_on_trial_whatever_longer_numbers_begin_like_its_own() {
        var filled = new DataFile("1/23", false);
        var empty = new DataFile("1/2", true);

        assertThat(only(knownFiles("1/23|1/23").plan(filesOf(empty, filled))).files())
                .isEqualTo("1/2?|1/23");
    }

    private static DataFile filled(DataFile file) {
        return new DataFile(file.id(), false);
    }

    private static Known knownFiles(String files) {
        var facts = new Known();
        facts.states.put(
                name("t"),
                new TableState(
                        FREE.identity(),
                        Phase.LIVE,
                        EARLIER,
                        "updated_at",
                        null,
                        null,
                        null,
                        shape(),
                        files,
                        null,
                        null,
                        List.of(),
                        List.of()));
        return facts;
    }

    @Test
    void a_source_that_may_lack_what_the_target_has_from_it_is_compared_whole() {
        var facts = new Known().live("t");

        facts.source(new SourcePosition(3, 200L));
        var table = only(facts.plan(pair(usual("t"))));
        assertThat(table.mode()).isEqualTo("reconcile");
        assertThat(table.setBack()).isTrue();
        assertThat(table.sourcePosition()).isEqualTo(new SourcePosition(3, 200L));
        assertThat(facts.plan(pair(usual("t"))).warnings())
                .anySatisfy(w -> assertThat(w.text()).contains("failed over or was restored", "s.t"));

        facts.source(new SourcePosition(2, 200L));
        table = only(facts.plan(pair(usual("t"))));
        assertThat(table.mode()).isEqualTo("incremental");
        assertThat(table.setBack()).isFalse();
        assertThat(facts.plan(pair(usual("t"))).warnings()).isEmpty();
    }

    @Test
    void what_is_known_of_the_source_stays_where_it_does_not_say() {
        var facts = new Known().live("t");

        facts.source(null);

        var table = only(facts.plan(pair(usual("t"))));
        assertThat(table.mode()).isEqualTo("incremental");
        assertThat(table.sourcePosition()).isEqualTo(HERE);

        facts.source(new SourcePosition(1, null));

        table = only(facts.plan(pair(usual("t"))));
        assertThat(table.mode()).isEqualTo("incremental");
        assertThat(table.sourcePosition()).isEqualTo(HERE);
    }

    @Test
    void tables_of_a_circle_are_compared_whole_when_their_source_may_lack_rows() {
        var facts = new Known()
                .target(BOUND)
                .keys(refers("a", "b"), refers("b", "a"))
                .live("a", "b");
        facts.source(new SourcePosition(3, 200L));

        var plan = facts.plan(pair(usual("a")), pair(usual("b")));

        assertThat(plan.tables()).hasSize(2).allSatisfy(table -> {
            assertThat(table.mode()).isEqualTo("reconcile");
            assertThat(table.setBack()).isTrue();
        });
    }

    @Test
    void a_first_copy_from_what_the_source_may_lack_now_is_not_gone_on_with() {
        var facts = new Known();
        facts.states.put(
                name("t"), copying(List.of(new Slice.Blocks(0, 8)), List.of(new Slice.Blocks(8, -1)), shape()));

        facts.source(new SourcePosition(3, 200L));

        assertThat(only(facts.plan(pair(usual("t")))).mode()).isEqualTo("reconcile");
        assertThat(facts.plan(pair(usual("t"))).warnings()).isEmpty();
    }

    @Test
    void a_first_copy_whose_table_was_written_anew_is_not_gone_on_with() {
        var facts = new Known();
        facts.states.put(
                name("t"), copying(List.of(new Slice.Blocks(0, 8)), List.of(new Slice.Blocks(8, -1)), shape()));
        var kept = new DataFile("1/1", false);

        assertThat(only(facts.plan(filesOf(kept, kept))).mode()).isEqualTo("resume");
        assertThat(only(facts.plan(filesOf(new DataFile("1/2", false), kept))).mode())
                .isEqualTo("reconcile");
    }

    @Test
    void numbers_of_large_objects_that_stay_behind_are_told() {
        var shape = table(
                        "t",
                        ID,
                        PlanGround.column("photo", "oid", "oid", 26, 'N'),
                        PlanGround.column("doc", "oid", "oid", 26, 'N'))
                .with(primaryKey("id"));

        assertThat(new Known().plan(pair(shape)).warnings())
                .extracting(Plan.Warning::text)
                .containsExactly("large objects are not copied, only the numbers of them in s.t.doc, s.t.photo");
        assertThat(new Planner(Given.DEFAULT.make())
                        .plan(
                                List.of(pair(shape)),
                                List.of(),
                                new Facts(
                                        PlanGround.withoutLargeObjects(),
                                        FREE,
                                        List.of(),
                                        Map.of(),
                                        Set.of(),
                                        null,
                                        null))
                        .warnings())
                .isEmpty();
    }

    @Test
    void a_table_of_another_shape_is_compared_whole() {
        var facts = new Known().live("t");

        assertThat(only(facts.plan(pair(table("t", ID, STAMP).with(primaryKey("id")))))
                        .mode())
                .isEqualTo("reconcile");
    }

    @Test
    void reconcile_may_be_asked_for_all_tables_or_one() {
        var all = new Given(true, false, true, true, null);
        var shape = usual("t");

        assertThat(only(new Known().live("t").given(all).plan(pair(shape))).mode())
                .isEqualTo("reconcile");
        assertThat(only(new Known().live("t").plan(pair(shape, shape, mode("reconcile"))))
                        .mode())
                .isEqualTo("reconcile");
    }

    @Test
    void a_table_without_a_stamp_is_compared_by_digest() {
        var shape = table("t", ID, NAME).with(primaryKey("id"));
        var facts = new Known();
        facts.states.put(name("t"), state(Phase.LIVE, null, null, null, List.of(), shapeOf(shape)));
        var table = only(facts.plan(pair(shape)));

        assertThat(table.mode()).isEqualTo("digest");
        assertThat(table.watermarkColumn()).isNull();
        assertThat(steps(table)).containsExactly(List.of(new Work.Reconcile(), new Work.Keys(true, null)));
    }

    @Test
    void without_deletes_no_keys_are_compared() {
        var never = new Given(false, false, false, true, null);

        assertThat(steps(only(new Known().live("t").given(never).plan(pair(usual("t"))))))
                .containsExactly(List.of(new Work.Upsert(AT_EARLIER, AT_HORIZON)));
        assertThat(steps(only(new Known().given(never).plan(pair(table("t", ID))))))
                .containsExactly(List.of(new Work.Replace(false)));
        assertThat(steps(only(new Known()
                                .given(never)
                                .empty("t")
                                .plan(pair(usual("t").pages(4_096)))))
                        .getLast())
                .containsExactly(new Work.CatchUp(AT_HORIZON, null, false));
    }

    @Test
    void a_copy_that_was_cut_off_goes_on_with_the_slices_that_are_left() {
        var left = List.<Slice>of(new Slice.Blocks(1_024, 2_048), new Slice.Blocks(2_048, -1));
        var facts = new Known();
        facts.states.put(name("t"), copying(List.of(new Slice.Blocks(0, 1_024)), left, shape()));
        var table = only(facts.plan(pair(usual("t").pages(4_096))));

        assertThat(table.mode()).isEqualTo("resume");
        assertThat(table.copying()).isTrue();
        assertThat(table.adopt()).isTrue();
        assertThat(table.watermarkColumn()).isEqualTo("updated_at");
        assertThat(steps(table))
                .containsExactly(
                        List.of(new Work.Copy(left.get(0), false)),
                        List.of(new Work.Copy(left.get(1), false)),
                        List.of(new Work.CatchUp(AT_EARLIER, null, true)));
        assertThat(table.tasks().getFirst().cost()).isEqualTo(4_096 * 8_192 / 2);
        assertThat(stages(table)).containsExactly(0, 0, 1);
    }

    @Test
    void a_copy_without_a_whole_slice_or_of_another_shape_begins_anew() {
        var left = List.<Slice>of(new Slice.Whole());
        var nothing = new Known();
        nothing.states.put(name("t"), copying(List.of(), left, shape()));
        var other = new Known();
        other.states.put(name("t"), copying(left, left, "other"));

        assertThat(only(nothing.empty("t").plan(pair(usual("t")))).mode()).isEqualTo("copy");
        assertThat(only(other.plan(pair(usual("t")))).mode()).isEqualTo("reconcile");
    }

    @Test
    void a_table_without_a_key_is_replaced() {
        var table = only(new Known().plan(pair(table("t", ID, STAMP))));

        assertThat(table.mode()).isEqualTo("replace");
        assertThat(steps(table)).containsExactly(List.of(new Work.Replace(true)));
    }

    @Test
    void a_rule_may_ask_for_replace() {
        var shape = usual("t");

        assertThat(only(new Known().live("t").plan(pair(shape, shape, mode("replace"))))
                        .mode())
                .isEqualTo("replace");
    }

    @Test
    void what_would_empty_columns_of_the_target_is_refused() {
        var target = table("t", ID, NAME);
        var plan = new Known().plan(pair(table("t", ID), target, mode("replace")));

        assertThat(plan.tables()).isEmpty();
        assertThat(plan.refusals()).extracting(Refusal::table).containsExactly(name("t"));
        assertThat(plan.refusals().getFirst().reason()).contains("would empty columns that only the target fills");
    }

    @Test
    void a_rule_that_wants_what_cannot_be_is_refused() {
        var noStamp = table("t", ID, NAME).with(primaryKey("id"));
        var noKey = table("u", ID, STAMP);
        var usual = usual("v");

        assertThat(new Known()
                        .plan(
                                pair(noStamp, noStamp, mode("incremental")),
                                pair(noKey, noKey, mode("incremental")),
                                pair(usual, usual, mode("incremental")))
                        .refusals())
                .extracting(Refusal::table)
                .containsExactly(name("t"), name("u"));
    }

    @Test
    void what_the_run_is_told_goes_with_every_task() {
        var rehearsal = new Given(false, true, false, true, null);
        var spec = only(new Known().given(rehearsal).plan(pair(usual("t"))))
                .tasks()
                .getFirst()
                .spec();

        assertThat(spec.batchRows()).isEqualTo(500);
        assertThat(spec.delete()).isFalse();
        assertThat(spec.maxDeletePercent()).isEqualTo(40);
        assertThat(spec.forceDeletes()).isTrue();
        assertThat(spec.dryRun()).isTrue();
    }

    @Test
    void the_zone_of_wall_clocks_reaches_the_bounds() {
        var clock = PlanGround.column("updated_at", "timestamp without time zone", "timestamp", 1114, 'D');
        var shape = table("t", ID, clock).with(primaryKey("id"));
        var facts = new Known().given(new Given(false, false, true, true, "UTC"));
        facts.states.put(name("t"), state(Phase.LIVE, EARLIER, "updated_at", null, List.of(), shapeOf(shape)));

        assertThat(steps(only(facts.plan(pair(shape)))).getFirst())
                .startsWith(new Work.Upsert("2026-11-22 10:00:00.000000", "2026-11-23 10:00:00.000000"));
    }

    // --- several tables

    @Test
    void the_dearest_table_comes_first_and_refusals_go_by_name() {
        var facts = new Known();
        facts.refusals.add(new Refusal(name("z"), "r", "r"));
        facts.refusals.add(new Refusal(name("b"), "r", "r"));
        var plan = facts.plan(
                pair(usual("small")),
                pair(usual("large").pages(50)),
                pair(usual("a")),
                pair(usual("c").pages(7)));

        assertThat(plan.tables())
                .extracting(PlannedTable::table)
                .containsExactly(name("large"), name("c"), name("a"), name("small"));
        assertThat(plan.refusals()).extracting(Refusal::table).containsExactly(name("b"), name("z"));
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.taskCount()).isEqualTo(4);
        assertThat(plan.estimatedRows()).isEqualTo((1 + 50 + 1 + 7) * 50);
    }

    @Test
    void where_foreign_keys_are_off_every_table_goes_by_itself() {
        var plan = new Known().keys(refers("child", "parent")).plan(pair(usual("child")), pair(usual("parent")));

        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.tables()).extracting(PlannedTable::gate).containsExactly("s.child", "s.parent");
        assertThat(stages(find(plan, "child"))).containsExactly(0);
    }

    @Test
    void where_they_stay_on_parents_are_written_first_and_children_deleted_first() {
        var plan = new Known()
                .target(BOUND)
                .keys(refers("child", "parent"), refers("parent", "root"))
                .live("child")
                .plan(pair(usual("child")), pair(usual("parent")), pair(usual("root")));

        assertThat(plan.warnings())
                .singleElement()
                .extracting(Plan.Warning::text)
                .asString()
                .contains("tables go in foreign key order");
        assertThat(plan.tables()).extracting(PlannedTable::gate).containsOnly("");
        assertThat(stages(find(plan, "root"))).containsExactly(0, 12);
        assertThat(stages(find(plan, "parent"))).containsExactly(2, 10);
        assertThat(stages(find(plan, "child"))).containsExactly(4, 8);
        assertThat(steps(find(plan, "child")))
                .containsExactly(
                        List.of(new Work.Upsert(AT_EARLIER, AT_HORIZON), new Work.Keys(false, AT_EARLIER)),
                        List.of(new Work.Keys(true, null)));
        assertThat(steps(find(plan, "root")))
                .containsExactly(List.of(new Work.Reconcile()), List.of(new Work.Keys(true, null)));
    }

    @Test
    void copies_are_caught_up_when_every_table_is_written() {
        var plan = new Known()
                .target(BOUND)
                .keys(refers("child", "parent"))
                .empty("child")
                .plan(pair(usual("child").pages(4_096)), pair(usual("parent")));

        assertThat(stages(find(plan, "child"))).containsExactly(2, 2, 2, 2, 4);
    }

    @Test
    void without_foreign_keys_a_bound_role_is_no_reason_to_warn() {
        var plan = new Known().target(BOUND).plan(pair(usual("t")));

        assertThat(plan.warnings()).isEmpty();
        assertThat(only(plan).gate()).isEqualTo("s.t");
    }

    @Test
    void a_table_that_is_referred_to_is_not_replaced_while_foreign_keys_stay_on() {
        var facts = new Known().target(BOUND).keys(refers("child", "t"), refers("adult", "t"), refers("t", "root"));
        var plan = facts.plan(pair(table("t", ID)), pair(usual("child")), pair(usual("root")));

        assertThat(plan.refusals())
                .containsExactly(
                        new Refusal(
                                name("t"),
                                "its rows can only be replaced, and foreign keys that stay on refer to them (s.adult, s.child)",
                                "grant the target's role the right to set session_replication_role, or give it a primary key on both sides"));
        assertThat(plan.tables())
                .extracting(PlannedTable::table)
                .containsExactlyInAnyOrder(name("child"), name("root"));
        assertThat(new Known()
                        .keys(refers("child", "t"))
                        .plan(pair(table("t", ID)))
                        .refusals())
                .isEmpty();
    }

    @Test
    void a_table_that_refers_to_itself_is_told_apart() {
        var plan = new Known()
                .target(BOUND)
                .keys(refers("t", "t"))
                .empty("t", "u")
                .plan(pair(usual("t").pages(4_096)), pair(usual("u")));

        assertThat(spec(plan, "t").uncut()).isTrue();
        assertThat(spec(plan, "u").uncut()).isFalse();
        assertThat(steps(find(plan, "t"))).containsExactly(List.of(new Work.Copy(new Slice.Whole(), true)));
    }

    // --- circles

    @Test
    void tables_that_refer_to_each_other_go_as_one() {
        var plan = circle(new Known().live("a"), pair(usual("a")), pair(usual("b")));

        assertThat(steps(find(plan, "a")))
                .containsExactly(
                        List.of(new Work.UpsertCircle(List.of(
                                new Work.UpsertCircle.Member(spec(plan, "a"), new Work.Upsert(AT_EARLIER, AT_HORIZON)),
                                new Work.UpsertCircle.Member(spec(plan, "b"), new Work.Reconcile())))),
                        List.of(new Work.DeleteCircle(List.of(spec(plan, "a"), spec(plan, "b")))));
        assertThat(steps(find(plan, "b")))
                .containsExactly(List.of(new Work.InCircle(name("a"))), List.of(new Work.InCircle(name("a"))));
        assertThat(stages(find(plan, "a"))).containsExactly(0, 4);
        assertThat(stages(find(plan, "b"))).containsExactly(1, 5);
        assertThat(find(plan, "a").mode()).isEqualTo("incremental");
        assertThat(find(plan, "b").mode()).isEqualTo("reconcile");
    }

    @Test
    void a_circle_without_deletes_only_writes() {
        var never = new Given(false, false, false, true, null);
        var plan = circle(new Known().given(never), pair(usual("a")), pair(usual("b")));

        assertThat(find(plan, "a").tasks()).hasSize(1);
        assertThat(find(plan, "b").tasks()).hasSize(1);
    }

    @Test
    void a_member_without_a_stamp_is_compared_by_digest_from_its_second_run_on() {
        var shape = table("a", ID, NAME).with(primaryKey("id"));
        var facts = new Known();
        facts.states.put(name("a"), state(Phase.LIVE, null, null, null, List.of(), shapeOf(shape)));
        var plan = circle(facts, pair(shape), pair(table("b", ID, NAME).with(primaryKey("id"))));

        assertThat(find(plan, "a").mode()).isEqualTo("digest");
        assertThat(find(plan, "b").mode()).isEqualTo("reconcile");
    }

    @Test
    void a_circle_is_refused_as_one_for_what_one_of_its_tables_is() {
        assertThat(refusalOfCircle(pair(table("b", ID)))).endsWith("s.b has no key on both sides");
        assertThat(refusalOfCircle(pair(usual("b"), usual("b"), mode("replace"))))
                .endsWith("a rule wants s.b replaced");
        assertThat(refusalOfCircle(pair(table("b", ID, identity("n")).with(primaryKey("id")))))
                .endsWith("s.b has an identity column outside its key, n");
        assertThat(refusalOfCircle(pair(usual("b").always("trigger x", "rule r"))))
                .endsWith("s.b has rule r on the target");
    }

    @Test
    void an_identity_column_in_the_key_and_triggers_are_no_obstacle_to_a_circle() {
        var plan = circle(
                new Known(),
                pair(usual("a").always("trigger x")),
                pair(table("b", identity("id")).with(primaryKey("id"))));

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.tables()).hasSize(2);
    }

    @Test
    void in_a_rehearsal_and_where_foreign_keys_are_off_circles_are_tables() {
        var rehearsal = new Given(false, true, true, true, null);

        assertThat(find(circle(new Known().given(rehearsal), pair(usual("a")), pair(usual("b"))), "b")
                        .mode())
                .isEqualTo("reconcile");
        assertThat(steps(find(circle(new Known().given(rehearsal), pair(usual("a")), pair(usual("b"))), "b")))
                .doesNotContain(List.of(new Work.InCircle(name("a"))));
        var free = new Known().keys(refers("a", "b"), refers("b", "a")).plan(pair(usual("a")), pair(usual("b")));
        assertThat(steps(find(free, "b"))).containsExactly(List.of(new Work.Reconcile(), new Work.Keys(true, null)));
    }

    @Test
    void a_rehearsal_refuses_what_a_run_would_refuse() {
        var rehearsal = new Given(false, true, true, true, null);
        var keyless = pair(table("b", ID));

        assertThat(circle(new Known().given(rehearsal), pair(usual("a")), keyless)
                        .refusals())
                .isEqualTo(circle(new Known(), pair(usual("a")), keyless).refusals())
                .hasSize(2);
        assertThat(new Known()
                        .given(rehearsal)
                        .target(BOUND)
                        .keys(refers("a", "b"))
                        .plan(pair(usual("a")), keyless)
                        .refusals())
                .hasSize(1);
    }

    private static Plan circle(Known facts, TablePair... pairs) {
        return facts.target(BOUND).keys(refers("a", "b"), refers("b", "a")).plan(pairs);
    }

    private static String refusalOfCircle(TablePair b) {
        var plan = circle(new Known(), pair(usual("a")), b, pair(usual("c")));
        assertThat(plan.tables()).extracting(PlannedTable::table).containsExactly(name("c"));
        assertThat(plan.refusals()).extracting(Refusal::table).containsExactly(name("a"), name("b"));
        assertThat(plan.refusals().getFirst().reason()).contains("(s.a, s.b)");
        return plan.refusals().getLast().reason();
    }

    private static PlannedTable only(Plan plan) {
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.tables()).hasSize(1);
        return plan.tables().getFirst();
    }

    private static PlannedTable find(Plan plan, String table) {
        return plan.tables().stream()
                .filter(t -> t.table().equals(name(table)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(table + " is not in " + plan));
    }

    private static pgsync.task.TableSpec spec(Plan plan, String table) {
        return find(plan, table).tasks().getFirst().spec().table();
    }

    private static List<List<Work>> steps(PlannedTable table) {
        return table.tasks().stream().map(task -> task.spec().steps()).toList();
    }

    private static List<Integer> stages(PlannedTable table) {
        return table.tasks().stream().map(PlannedTask::stage).toList();
    }

    private static TablePair filesOf(DataFile source, DataFile target) {
        return pair(usual("t").files(source), usual("t").files(target), TableRule.NONE);
    }

    private static String shape() {
        return shapeOf(usual("t"));
    }

    private static String shapeOf(PlanGround.Shape shape) {
        return only(new Known().plan(pair(shape))).shape();
    }

    private static TableState copying(List<Slice> copied, List<Slice> left, String shape) {
        return new TableState(
                FREE.identity(),
                Phase.COPYING,
                null,
                null,
                null,
                EARLIER,
                new UUID(0, 1),
                shape,
                null,
                FILES,
                HERE,
                copied,
                left);
    }

    private static TableState state(
            Phase phase, OffsetDateTime watermark, String column, String position, List<Slice> left) {
        return state(phase, watermark, column, position, left, shape());
    }

    private static TableState state(
            Phase phase, OffsetDateTime watermark, String column, String position, List<Slice> left, String shape) {
        return new TableState(
                FREE.identity(),
                phase,
                watermark,
                column,
                position,
                null,
                null,
                shape,
                FILES,
                null,
                HERE,
                List.of(),
                left);
    }

    /** What a planner is given, in the making. */
    private static final class Known {
        private final Map<TableName, TableState> states = new HashMap<>();
        private final Set<TableName> empty = new HashSet<>();
        private final List<Refusal> refusals = new ArrayList<>();
        private List<ForeignKey> keys = List.of();
        private ServerFacts target = FREE;
        private @Nullable SourcePosition position = HERE;
        private Horizon horizon = new Horizon.Known(HORIZON, null);
        private Given given = Given.DEFAULT;

        Known empty(String... tables) {
            Stream.of(tables).map(PlanGround::name).forEach(empty::add);
            return this;
        }

        Known live(String... tables) {
            Stream.of(tables)
                    .forEach(table -> states.put(
                            name(table), state(Phase.LIVE, EARLIER, "updated_at", null, List.of(), shape())));
            return this;
        }

        Known keys(ForeignKey... all) {
            keys = Arrays.asList(all);
            return this;
        }

        void source(@Nullable SourcePosition at) {
            position = at;
        }

        Known target(ServerFacts server) {
            target = server;
            return this;
        }

        Known given(Given settings) {
            given = settings;
            return this;
        }

        Plan plan(TablePair... pairs) {
            return new Planner(given.make())
                    .plan(List.of(pairs), refusals, new Facts(FREE, target, keys, states, empty, horizon, position));
        }
    }
}
