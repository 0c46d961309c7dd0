package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script sees of a run: its exit code, what stands on which stream, and what is left in the target. */
class ExitCodesIT {
    private static final String ITEMS =
            "create table items (id int primary key, name text, updated_at timestamptz not null default now())";
    /** Slow enough to be caught at work: every row that is written waits. */
    private static final String SLOW_WRITES = """
            create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(0.2); return new; end';
            create trigger slow before insert on items for each row execute function wait();
            alter table items enable always trigger slow
            """;

    private final Ground ground = Ground.fresh();

    @AfterEach
    void drop() {
        ground.close();
    }

    private void someItems(int rows) {
        ground.onBoth(ITEMS)
                .onSource("insert into items (id, name) select i, 'n' || i from generate_series(1, %d) i"
                        .formatted(rows));
    }

    @Test
    void zero_when_every_table_is_done_with_the_result_on_one_stream_and_the_progress_on_the_other() {
        someItems(10);

        var ended = ground.sync().run();

        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(ended.out()).startsWith("Synchronized 1 table").contains("upserted 10 rows");
        assertThat(ended.err()).contains("public.items - upserted 10 rows");
        ground.assertEqual();
    }

    @Test
    void one_when_a_table_fails_and_the_others_are_done_all_the_same() {
        someItems(10);
        ground.onBoth("create table strict (id int primary key, n int)")
                .onTarget("alter table strict add constraint small check (n < 5)")
                .onSource("insert into strict values (1, 9)");

        var ended = ground.sync().run();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.out()).contains("failed").contains("strict").contains("remedy:");
        assertThat(ground.countOnTarget("select count(*) from items")).isEqualTo(10);
    }

    @Test
    void the_doctor_ends_as_a_run_would_and_leaves_no_trace() {
        someItems(10);
        var ready = ground.sync("doctor").run();
        ground.onSource("create table only_here (id int primary key)");
        var skips = ground.sync("doctor").run();

        assertThat(ready.code()).as(ready.toString()).isZero();
        assertThat(ready.out()).contains("source: PostgreSQL").endsWith("Ready.\n");
        assertThat(skips.code()).as(skips.toString()).isEqualTo(6);
        assertThat(skips.out()).contains("public.only_here: the target has no such table");
        assertThat(ground.countOnTarget("select count(*) from pg_namespace where nspname = 'pgsync'"))
                .isZero();
    }

    @Test
    void two_when_the_command_line_is_wrong_and_nothing_on_standard_output() {
        var ended = ground.sync("-paralel", "3").run();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("-paralel").contains("-parallel");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void three_when_a_verification_finds_a_row_that_differs_and_zero_when_none_does() {
        someItems(10);
        assertThat(ground.sync().run().code()).isZero();
        var equal = ground.sync("verify").run();
        ground.onTarget("update items set name = 'another' where id = 7");
        var different = ground.sync("verify").run();

        assertThat(equal.code()).as(equal.toString()).isZero();
        assertThat(equal.out()).contains("Verified 1 table").contains("10 rows compared, all equal");
        assertThat(different.code()).as(different.toString()).isEqualTo(3);
        assertThat(different.out()).contains("1 difference in 1 table");
        assertThat(different.err()).contains("public.items").contains("1 different (key 7 in name)");
    }

    @Test
    void three_when_a_plan_that_was_asked_for_details_would_change_rows() {
        someItems(10);

        var first = ground.sync("plan", "-detailed-exitcode").run();
        var without = ground.sync("plan").run();
        var written = ground.countOnTarget("select count(*) from items");
        assertThat(ground.sync().run().code()).isZero();
        var equal = ground.sync("plan", "-detailed-exitcode").run();
        ground.onSource("delete from items where id = 7");
        var deleted = ground.sync("plan", "-detailed-exitcode").run();

        assertThat(first.code()).as(first.toString()).isEqualTo(3);
        assertThat(first.out()).contains("Dry run, nothing written").contains("would upsert 10 rows");
        assertThat(without.code()).as(without.toString()).isZero();
        assertThat(written).isZero();
        assertThat(equal.code()).as(equal.toString()).isZero();
        assertThat(deleted.code()).as(deleted.toString()).isEqualTo(3);
        assertThat(ground.countOnTarget("select count(*) from items")).isEqualTo(10);
    }

    @Test
    void four_when_the_source_does_not_let_us_in() {
        var ended = Product.sync(
                        ground.sourceServer().url(ground.source(), "nobody_here", "x"),
                        ground.targetServer().url(ground.target()))
                .run();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(4);
    }

    @Test
    void five_when_source_and_target_are_one_database_and_nothing_is_written() {
        someItems(1);
        var url = ground.sourceServer().url(ground.source());

        var ended = Product.sync(url, url).run();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(5);
        assertThat(ground.sourceServer()
                        .count(ground.source(), "select count(*) from pg_namespace where nspname = 'pgsync'"))
                .isZero();
    }

    @Test
    void six_when_a_table_is_skipped_and_zero_when_that_is_allowed() {
        someItems(1);
        ground.onSource("create table only_here (id int primary key)");

        var ended = ground.sync().run();
        var allowed = ground.sync("-allow-skips").run();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(6);
        assertThat(ended.out()).contains("skipped").contains("only_here");
        assertThat(allowed.code()).as(allowed.toString()).isZero();
    }

    @Test
    void seven_when_the_delete_guard_stops_a_table_and_zero_when_it_is_lifted() {
        someItems(10);
        assertThat(ground.sync().run().code()).isZero();
        ground.onSource("delete from items where id > 2");

        var ended = ground.sync().run();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(7);
        assertThat(ground.countOnTarget("select count(*) from items")).isEqualTo(10);
        assertThat(ground.sync("-force-deletes").run().code()).isZero();
        ground.assertEqual();
    }

    @Test
    void nine_while_another_run_is_at_work_which_goes_on_unharmed() {
        someItems(60);
        ground.onTarget(SLOW_WRITES);
        try (var first = ground.sync().start()) {
            first.until("it writes", this::isWriting);

            var ended = ground.sync("-json").run();

            assertThat(ended.code()).as(ended.toString()).isEqualTo(9);
            assertThat(ended.lastLine().path("error").path("message").asText()).contains("at work");
            assertThat(first.ended().code()).isZero();
        }
        ground.assertEqual();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void a_signal_closes_the_run_as_cancelled_and_the_next_run_finishes(String signal, int code) {
        someItems(200);
        ground.onTarget(SLOW_WRITES);
        try (var running = ground.sync("-json").start()) {
            running.until("it writes", this::isWriting);

            running.signal(signal);
            var ended = running.ended();

            assertThat(ended.code()).as(ended.toString()).isEqualTo(code);
            assertThat(ended.lastLine().path("event").asText()).isEqualTo("summary");
        }
        assertThat(ground.onTargetColumn("select state from pgsync.run")).containsExactly("cancelled");
        assertThat(ground.onTargetColumn("select status from pgsync.sync_log")).containsExactly("cancelled");
        assertThat(ground.countOnTarget("select count(*) from pgsync.table_state where current_run is not null"))
                .isZero();
        assertThat(ground.countOnTarget("select count(*) from items")).isZero();
        ground.onTarget("drop trigger slow on items");
        assertThat(ground.sync().run().code()).isZero();
        ground.assertEqual();
    }

    private boolean isWriting() {
        return ground.onTargetIs(
                "select exists (select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database())");
    }

    @Test
    void every_line_of_json_is_an_object_and_the_last_one_is_the_summary() {
        someItems(10);

        var ended = ground.sync("-json", "-verbose").run();

        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(ended.out().lines())
                .allSatisfy(line ->
                        assertThat(Product.json(line).path("event").asText()).isNotEmpty());
        assertThat(ended.lastLine().path("event").asText()).isEqualTo("summary");
        assertThat(ended.lastLine().path("exitCode").asInt()).isZero();
        assertThat(ended.lastLine().path("rowsUpserted").asInt()).isEqualTo(10);
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void a_connection_string_comes_over_standard_input() {
        someItems(10);

        var ended = Product.of("-source", "-")
                .with("PGSYNC_TARGET", ground.targetServer().url(ground.target()))
                .standardInput(ground.sourceServer().url(ground.source()) + "\n")
                .run();

        assertThat(ended.code()).as(ended.toString()).isZero();
        ground.assertEqual();
    }

    @Test
    void history_shows_what_a_run_did() {
        someItems(10);
        assertThat(ground.sync().run().code()).isZero();

        var ended = Product.of("history")
                .with("PGSYNC_TARGET", ground.targetServer().url(ground.target()))
                .run();

        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(ended.out()).contains("items").contains("copy").contains("done");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void the_version_is_the_one_of_the_package() {
        var ended = Product.of("-version").run();

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).matches("pgsync [0-9]+\\.[0-9]+\\.[0-9]+\\S* \\(Java .*\\)\\R");
        assertThat(ended.err()).isEmpty();
    }
}
