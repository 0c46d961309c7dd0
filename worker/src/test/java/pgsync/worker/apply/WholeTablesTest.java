package pgsync.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.worker.apply.Described.table;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pgsync.claim.Claim;
import pgsync.error.Trouble;
import pgsync.task.Outcome;
import pgsync.task.Slice;
import pgsync.task.Work;

/** Tables without a key, first copies that another run began, sequences, and how one attempt ends and the next begins. */
class WholeTablesTest {
    private static final Work REPLACE = new Work.Replace(true);
    private static final Work COPY = new Work.Copy(new Slice.Whole(), true);

    private final ApplyGround ground = ApplyGround.empty();

    // --- without a key

    private static Described bag() {
        return table("bag", "v", "w");
    }

    private ApplyGround withBag(String source, String target) {
        ground.both("create table bag (v text, w text)").source("insert into bag values " + source);
        return target.isEmpty() ? ground : ground.target("insert into bag values " + target);
    }

    @Test
    void rows_are_there_as_often_as_on_the_source() {
        withBag("('a', 'b'), ('a', 'b'), (null, ''), ('x', 'y')", "('a', 'b'), ('x', 'y'), ('x', 'y'), ('', null)");
        var kept = ground.onTarget("select ctid::text || xmin::text from bag where v = 'a'");

        assertThat(ground.done(bag().atMost(50), REPLACE)).isEqualTo("2 2 2");
        ground.assertEqual("bag");
        assertThat(ground.onTarget("select count(*) from bag where ctid::text || xmin::text = '" + kept + "'"))
                .isEqualTo("1");
        assertThat(ground.done(bag(), REPLACE)).isEqualTo("0 0 0");
    }

    @Test
    void an_empty_target_is_filled() {
        withBag("('a', 'b'), ('a', 'b')", "");

        assertThat(ground.done(bag(), new Work.Replace(false))).isEqualTo("2 0 0");
        ground.assertEqual("bag");
    }

    @Test
    void without_deletes_a_table_that_differs_stays_as_it_is() {
        withBag("('a', 'b'), ('c', 'd')", "('a', 'b')");

        assertThat(ground.stopped(bag(), new Work.Replace(false))).contains("has no key and differs");
        assertThat(ground.rows("bag")).isEqualTo("(a,b)");
    }

    @Test
    void a_table_may_shrink_by_the_allowed_share_and_no_row_more() {
        ground.both(
                        "create table bag (v text, w text)",
                        "insert into bag select 'v' || i, '' from generate_series(1, 100) i")
                .source("delete from bag where ctid in (select ctid from bag limit 25)");
        assertThat(ground.done(bag(), REPLACE)).isEqualTo("0 25 75");

        ground.target("insert into bag select 'x' || i, '' from generate_series(1, 26) i");
        assertThat(ground.stopped(bag(), REPLACE)).contains("would replace 101 rows by 75, more than 25 % fewer");
        assertThat(ground.onTarget("select count(*) from bag")).isEqualTo("101");
        assertThat(ground.done(bag().forced(), REPLACE)).isEqualTo("0 26 75");
        ground.assertEqual("bag");
    }

    @Test
    void a_source_without_rows_is_believed_only_when_forced() {
        ground.both("create table bag (v text, w text)").target("insert into bag values ('a', 'b')");

        assertThat(ground.stopped(bag().atMost(100), REPLACE)).contains("no rows at all", "has 1");
        assertThat(ground.done(bag().forced(), REPLACE)).isEqualTo("0 1 0");
        assertThat(ground.rows("bag")).isEqualTo("null");
    }

    @Test
    void the_filter_holds_for_what_goes_and_what_comes() {
        withBag("('a', 'b'), ('mine', 'source')", "('mine', 'target'), ('x', 'y')");

        assertThat(ground.done(bag().where("v <> 'mine'"), REPLACE)).isEqualTo("1 1 0");
        assertThat(ground.rows("bag")).isEqualTo("(a,b) (mine,target)");
    }

    @Test
    void a_rehearsal_counts_what_would_go_and_come() {
        withBag("('a', 'b'), ('a', 'b'), ('x', 'y')", "('a', 'b'), ('x', 'y'), ('x', 'y')");

        assertThat(ground.done(bag().rehearsed(), REPLACE)).isEqualTo("1 1 2");
        assertThat(ground.rows("bag")).isEqualTo("(a,b) (x,y) (x,y)");
        ground.target("delete from bag");
        assertThat(ground.done(bag().rehearsed(), REPLACE)).isEqualTo("3 0 0");
        assertThat(ground.rows("bag")).isEqualTo("null");
    }

    @Test
    void what_triggers_make_of_rows_without_a_key_is_seen() {
        withBag("('a', 'b')", "('c', 'd')")
                .target(
                        "create function spoil() returns trigger language plpgsql as 'begin new.v := ''spoilt''; return new; end'",
                        "create trigger spoil before insert on bag for each row execute function spoil()",
                        "alter table bag enable always trigger spoil");

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, bag().triggers("spoil"), REPLACE))
                .contains("1 rows");
        assertThat(ground.rows("bag")).isEqualTo("(c,d)");
    }

    @Test
    void rows_without_a_key_take_no_others_along() {
        withBag("('a', 'b')", "('a', 'b'), ('c', 'd')")
                .target(
                        "create unique index on bag (v)",
                        "create table child (v text references bag (v) on delete cascade)",
                        "insert into child values ('c')");

        assertThat(ground.failed(Trouble.STILL_REFERRED_TO, bag().bound().forced(), REPLACE))
                .contains("public.child");
        assertThat(ground.rows("child")).isEqualTo("(c)");
    }

    @Test
    void a_deferrable_constraint_holds_for_rows_without_a_key() {
        withBag("('a', 'b'), ('a', 'c')", "('c', 'd')")
                .target("alter table bag add constraint once unique (v) deferrable initially deferred");

        assertThat(ground.failed(Trouble.UNIQUE_VIOLATION, bag().unique("once", "v"), REPLACE))
                .contains("once");
        assertThat(ground.rows("bag")).isEqualTo("(c,d)");
    }

    // --- catching up

    private static Described item() {
        return table("item", "at", "id", "v").timestamp("at");
    }

    private ApplyGround withItems() {
        return ground.both("create table item (id int primary key, v text, at timestamptz)")
                .source(
                        "insert into item values (1, 'old', '2025-01-01'), (2, 'changed', '2026-02-01'), (3, 'late', '2025-01-01')")
                .target(
                        "insert into item values (1, 'never compared', '2025-01-01'), (2, 'old', '2025-01-01'), (9, 'gone', null)");
    }

    /** The slice of a first copy that was read in this snapshot. */
    private void sliced(String snapshot, String startedAt) {
        var task = ground.pending(item(), COPY);
        ground.target("update pgsync.task set status = 'DONE', snapshot = %s, started_at = %s where id = %d"
                .formatted(snapshot, startedAt, task.value()));
    }

    private String caughtUp(Work.CatchUp work) throws SQLException {
        try (var moment = ground.now()) {
            sliced("'" + moment.snapshot() + "'", "clock_timestamp()");
            return ground.done(claimed(moment, item().forced(), work));
        }
    }

    private Claim claimed(ApplyGround.Moment moment, Described table, Work work) {
        return ground.claimed(ground.pending(table, work), 1, moment.snapshot(), table, work);
    }

    private static final Work.CatchUp CATCH_UP = new Work.CatchUp("2026-01-01+00", null, true);

    @Test
    void slices_of_one_moment_have_nothing_to_catch_up() throws SQLException {
        withItems();

        assertThat(caughtUp(CATCH_UP)).isEqualTo("0 0 0");
        assertThat(ground.rows("item")).contains("(2,old,", "(9,gone,)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"null|clock_timestamp()", "'other'|clock_timestamp()", "null|'2020-01-01'"})
    void a_slice_of_another_moment_makes_the_table_catch_up(String snapshot, String startedAt) throws SQLException {
        withItems();
        sliced(snapshot, startedAt);

        assertThat(caughtUp(CATCH_UP)).isEqualTo("2 1 0");
        assertThat(ground.told()).first().asString().endsWith("other snapshots than this run's: catching up");
        assertThat(ground.rows("item"))
                .contains("(1,\"never compared\",", "(2,changed,", "(3,late,")
                .doesNotContain("gone");
    }

    @Test
    void a_slice_of_an_earlier_run_counts_whatever_its_moment_is_called() throws SQLException {
        withItems();
        try (var moment = ground.now()) {
            sliced("'" + moment.snapshot() + "'", "'2020-01-01'");

            assertThat(ground.done(claimed(moment, item().forced(), CATCH_UP))).isEqualTo("2 1 0");
        }
    }

    @Test
    void without_a_stamp_to_go_by_all_rows_are_compared() throws SQLException {
        withItems();
        sliced("null", "clock_timestamp()");

        assertThat(caughtUp(new Work.CatchUp(null, null, true))).isEqualTo("3 1 0");
        ground.assertEqual("item");
    }

    @Test
    void catching_up_deletes_only_where_that_is_allowed() throws SQLException {
        withItems();
        sliced("null", "clock_timestamp()");

        assertThat(caughtUp(new Work.CatchUp("2026-01-01+00", null, false))).isEqualTo("2 0 0");
        assertThat(ground.rows("item")).contains("(9,gone,)");
    }

    @Test
    void a_rehearsal_has_no_slices_to_catch_up_with() {
        withItems();
        sliced("null", "clock_timestamp()");

        assertThat(ground.done(item().rehearsed(), CATCH_UP)).isEqualTo("0 0 0");
    }

    // --- sequences

    private String moved(String options, String onSource, String onTarget) {
        ground.both("create table item (id int primary key, v text, at timestamptz)", "create sequence s " + options)
                .source("select setval('s', " + onSource + ")")
                .target("select setval('s', " + onTarget + ")");
        ground.done(item().sequence("s"), new Work.Reconcile());
        return ground.onTarget("select last_value || ' ' || is_called from s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|20, true|10, true|20 true",
                "|20, false|10, true|20 false",
                "|10, true|20, true|20 true",
                "|20, true|20, false|20 true",
                "|20, false|20, true|20 true",
                "increment -1 minvalue -100|-20, true|-10, true|-20 true",
                "increment -1 minvalue -100|-10, true|-20, true|-20 true"
            })
    void sequences_go_forward_and_never_back(String options, String onSource, String onTarget, String end) {
        assertThat(moved(options == null ? "" : options, onSource, onTarget)).isEqualTo(end);
    }

    @Test
    void a_sequence_that_cannot_go_so_far_stays_and_the_rows_come() {
        ground.both("create table item (id int primary key, v text, at timestamptz)")
                .source("create sequence s", "select setval('s', 200)", "insert into item values (1, 'a', null)")
                .target("create sequence s maxvalue 100");

        assertThat(ground.done(item().sequence("s"), new Work.Reconcile())).isEqualTo("1 0 0");
        assertThat(ground.onTarget("select last_value || ' ' || is_called from s"))
                .isEqualTo("1 false");
        assertThat(ground.told())
                .contains("public.item: sequence public.s cannot go as far as the source's: it stays where it is");
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true"})
    void a_sequence_that_one_side_does_not_have_by_now_is_told_and_the_rows_come(boolean onSource, boolean onTarget) {
        ground.both("create table item (id int primary key, v text, at timestamptz)")
                .source("insert into item values (1, 'a', null)", onSource ? "create sequence s" : "select 1")
                .target(onTarget ? "create sequence s" : "select 1");

        assertThat(ground.done(item().sequence("s"), new Work.Reconcile())).isEqualTo("1 0 0");
        assertThat(ground.told())
                .contains("public.item: no right to read sequence public.s on both sides: it stays where it is");
    }

    // --- attempts

    @Test
    void whoever_lost_the_task_writes_nothing() {
        withItems();
        var claim = ground.claimed(item(), new Work.Reconcile());
        ground.target("update pgsync.task set fence = fence + 1");

        assertThat(ground.run(claim)).isEqualTo(new Outcome.FenceLost());
        assertThat(ground.rows("item")).contains("(2,old,").doesNotContain("late");
        assertThat(ground.books(claim.task()).counts()).isEqualTo(pgsync.task.Counts.NONE);
        ground.target("update pgsync.task set fence = fence - 1, status = 'PENDING', owner = null");
        assertThat(ground.run(claim)).isEqualTo(new Outcome.FenceLost());
    }

    @Test
    void steps_that_an_earlier_attempt_finished_are_not_done_again() {
        withItems();
        Work[] steps = {new Work.Reconcile(), new Work.Keys(true, null)};
        var claim = ApplyGround.after(1, ground.claimed(item().forced(), steps));

        assertThat(ground.done(claim)).isEqualTo("1 1 0");
        assertThat(ground.rows("item")).contains("(2,old,", "(3,late,");
        assertThat(ground.onTarget("select position from pgsync.task where id = "
                        + claim.task().value()))
                .isEqualTo("2");
    }

    @Test
    void a_step_that_ends_is_noted_with_its_last_row() {
        withItems()
                .target("create function no() returns trigger language plpgsql as 'begin raise ''no''; end'")
                .target("create trigger no before delete on item for each row execute function no()")
                .target("alter table item enable always trigger no");
        Work[] steps = {new Work.Upsert("2026-01-01+00", "2026-03-01+00"), new Work.Keys(true, null)};
        var claim = ground.claimed(item().forced(), steps);

        assertThat(ground.run(claim)).isInstanceOf(Outcome.Failed.class);
        assertThat(ground.onTarget("select concat_ws(' ', status, position, rows_upserted) from pgsync.task"))
                .isEqualTo("CLAIMED 1 1");
    }

    @Test
    void the_last_step_ends_the_task_and_the_books_of_the_table() {
        withItems();
        ground.done(item().forced(), new Work.Upsert("2026-01-01+00", null), new Work.Keys(true, null));

        assertThat(ground.onTarget("select concat_ws(' ', status, rows_upserted, rows_deleted) from pgsync.sync_log"))
                .isEqualTo("done 2 1");
        assertThat(
                        ground.onTarget(
                                "select concat_ws(' ', phase, current_run is null, watermark = '2026-01-01') from pgsync.table_state"))
                .isEqualTo("live t t");
    }

    @Test
    void a_table_that_was_rewritten_since_the_moment_is_not_read() throws SQLException {
        withItems();
        try (var moment = ground.now()) {
            ground.source("truncate item");

            assertThat(ground.run(claimed(moment, item().forced(), new Work.Keys(true, null))))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.trouble()).isEqualTo(Trouble.REWRITTEN));
        }
        assertThat(ground.onTarget("select count(*) from item")).isEqualTo("3");
    }

    @Test
    void rows_come_out_of_the_runs_moment() throws SQLException {
        withItems();
        try (var moment = ground.now()) {
            ground.source("update item set v = 'later'");
            ground.done(claimed(moment, item(), new Work.Reconcile()));
        }
        assertThat(ground.rows("item")).contains("(2,changed,").doesNotContain("later");
    }

    @Test
    void a_moment_that_is_gone_is_told_as_that() throws SQLException {
        withItems();
        ApplyGround.Moment gone;
        try (var moment = ground.now()) {
            gone = moment;
        }

        assertThat(ground.run(claimed(gone, item(), new Work.Reconcile())))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.trouble()).isEqualTo(Trouble.SNAPSHOT_GONE));
    }

    @Test
    void one_runner_works_on_after_failures_and_takes_each_task_in_its_own_moment() throws SQLException {
        withItems().target("alter table item add check (id <> 3)");
        try (var runner = ground.runner()) {
            runner.connectAhead();
            assertThat(runner.run(ground.claimed(item(), new Work.Reconcile()))).isInstanceOf(Outcome.Failed.class);
            ground.target("alter table item drop constraint item_id_check");
            try (var moment = ground.now()) {
                ground.source("insert into item values (4, 'after', null)");
                assertThat(runner.run(claimed(moment, item(), new Work.Reconcile())))
                        .isInstanceOf(Outcome.Done.class);
                assertThat(ground.rows("item")).doesNotContain("after");
            }
            runner.rest();
            assertThat(openOnSource()).isEqualTo("0");
            assertThat(runner.run(ground.claimed(item(), new Work.Reconcile()))).isInstanceOf(Outcome.Done.class);
            assertThat(ground.rows("item")).contains("after");
        }
        // The server notices it a moment later.
        for (var looks = 0; looks < 10_000 && !"0".equals(connected()); looks++) {
            Thread.onSpinWait();
        }
        assertThat(connected()).isEqualTo("0");
    }

    private String openOnSource() {
        // Ours only: the session that held the moment is closed by now, and the server may not have noticed yet.
        return ground.onSource("select count(*) from pg_stat_activity where application_name like 'pgsync %'"
                + " and datname = current_database() and state = 'idle in transaction'");
    }

    private String connected() {
        return ground.onTarget("select count(*) from pg_stat_activity where application_name like 'pgsync %'"
                + " and datname in (select datname from pg_database where datname like 'apply%')");
    }

    @Test
    void rehearsals_leave_no_trace_in_the_books() {
        withItems();
        var claim = ground.claimed(item().rehearsed().forced(), new Work.Reconcile(), new Work.Keys(true, null));

        assertThat(ground.run(claim)).isInstanceOf(Outcome.Done.class);
        assertThat(ground.books(claim.task())).isEqualTo(new ApplyGround.Books("CLAIMED", pgsync.task.Counts.NONE));
    }

    @Test
    void a_lock_is_told_to_people_while_attempts_follow() {
        withItems()
                .target(
                        "create function locked() returns trigger language plpgsql as 'begin raise sqlstate ''55P03''; end'")
                .target("create trigger locked before update on item for each row execute function locked()")
                .target("alter table item enable always trigger locked");

        ground.failed(Trouble.LOCKED, item(), new Work.Reconcile());
        assertThat(ground.events()).anyMatch(pgsync.event.RunEvent.Warning.class::isInstance);
    }
}
