package pgsync.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pgsync.config.Setting;
import pgsync.config.Settings;
import pgsync.config.SettingsReader;
import pgsync.event.RunEvent;
import pgsync.table.LeftOut;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableDifferences;
import pgsync.task.TableDifferences.Example;
import pgsync.task.TableDifferences.Kind;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.task.TableReport.Status;

class OutputTest {
    private static final RunId RUN = new RunId(new UUID(0, 1));
    private static final TableName USERS = new TableName("public", "users");
    private static final TableReport USERS_DONE = new TableReport(
            USERS,
            "incremental",
            Status.DONE,
            1204,
            3,
            0,
            5000,
            null,
            "2026-11-23 15:30:40.123456+00",
            null,
            null,
            Duration.ofMillis(800));
    private static final TableReport ONE_ROW = new TableReport(
            new TableName("public", "one"), "full", Status.DONE, 1, 0, 0, 1, null, null, null, null, Duration.ZERO);
    private static final TableReport FAILED = new TableReport(
            new TableName("public", "orders"),
            "incremental",
            Status.FAILED,
            1000,
            0,
            0,
            70,
            null,
            null,
            "duplicate key\n in index",
            "compare the unique indexes",
            Duration.ZERO);
    private static final TableReport SKIPPED = new TableReport(
            new TableName("app", "odd\nname"),
            "full",
            Status.SKIPPED,
            0,
            0,
            0,
            0,
            null,
            null,
            "it has no key",
            "add one",
            Duration.ZERO);
    private static final TableReport GUARDED = new TableReport(
            new TableName("public", "items"),
            "incremental",
            Status.GUARD,
            0,
            0,
            0,
            0,
            null,
            null,
            "would delete 40 %",
            "-force-deletes",
            Duration.ZERO);

    private static final RunEvent LEFT_OUT = new RunEvent.LeftOutOfRun(Stream.concat(
                    Stream.of(new LeftOut(
                            new TableName("public", "v"), LeftOut.Kind.VIEW, "a view has no rows of its own")),
                    IntStream.rangeClosed(1, 12)
                            .mapToObj(i -> new LeftOut(
                                    new TableName("public", "f" + i), LeftOut.Kind.FOREIGN_TABLE, "elsewhere\u0007")))
            .toList());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T15:30:45.999Z"));

    @Test
    void a_table_that_is_done_is_one_plain_line() {
        plain().on(new RunEvent.TableEnded(USERS_DONE));

        assertThat(err())
                .isEqualTo(
                        "[2026-11-23T15:30:45Z] public.users - upserted 1,204 rows, deleted 3, watermark 2026-11-23T15:30:40Z\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void a_verified_table_says_what_differs_and_by_which_keys() {
        var output = plain();
        var equal = TableReport.verified(USERS, new TableDifferences(1204, 1204, 0, 0, 0, 0, List.of()), Duration.ZERO);
        var found = new TableDifferences(
                10,
                9,
                7,
                2,
                1,
                3,
                List.of(
                        new Example(Kind.DIFFERENT, "4711", List.of("name", "price")),
                        new Example(Kind.MISSING, "(a,1)", List.of()),
                        new Example(Kind.MISSING, "odd\nkey", List.of()),
                        new Example(Kind.EXTRA, "9", List.of())));
        var different = TableReport.verified(USERS, found, Duration.ZERO);
        output.on(new RunEvent.TableEnded(equal));
        output.on(new RunEvent.TableEnded(different));
        output.finish(report(true, equal, different), 3);

        assertThat(err()).isEqualTo("""
                [2026-11-23T15:30:45Z] public.users - equal, 1,204 rows
                [2026-11-23T15:30:45Z] public.users - of 10 rows: 7 different (key 4711 in name, price, …); 2 missing on the target (key (a,1), odd key); 1 only on the target (key 9); 3 changed on the source since the last run, the next one brings them
                """);
        assertThat(out()).isEqualTo("Verified 2 tables in 12.3 s: 1,214 rows compared, 10 differences in 1 table\n");
    }

    @Test
    void a_verified_table_has_its_differences_in_json() {
        var found = new TableDifferences(2, 1, 0, 1, 0, 0, List.of(new Example(Kind.MISSING, "7", List.of())));
        output(Map.of(), false, Map.of(Setting.JSON, "true"))
                .on(new RunEvent.TableEnded(TableReport.verified(USERS, found, Duration.ZERO)));

        assertThat(out())
                .contains(
                        "\"differences\":{\"sourceRows\":2,\"targetRows\":1,\"different\":0,\"missing\":1,\"extra\":0,\"newer\":0,"
                                + "\"examples\":[{\"kind\":\"missing\",\"key\":\"7\",\"columns\":null}]}");
    }

    @Test
    void one_row_is_a_row_and_no_watermark_is_none() {
        plain().on(new RunEvent.TableEnded(ONE_ROW));

        assertThat(err()).isEqualTo("[2026-11-23T15:30:45Z] public.one - upserted 1 row, deleted 0\n");
    }

    @Test
    void what_is_not_done_says_why_and_what_to_do_on_one_line() {
        var output = plain();
        output.on(new RunEvent.TableEnded(FAILED));
        output.on(new RunEvent.TableEnded(SKIPPED));
        output.on(new RunEvent.TableEnded(GUARDED));
        output.on(new RunEvent.Warning(null, "others are hidden", "grant pg_read_all_stats"));

        assertThat(err()).isEqualTo("""
                [2026-11-23T15:30:45Z] public.orders - failed: duplicate key in index; remedy: compare the unique indexes; until then upserted 1,000 rows, deleted 0
                [2026-11-23T15:30:45Z] app.odd\\u000Aname - skipped: it has no key; remedy: add one
                [2026-11-23T15:30:45Z] public.items - stopped by the delete guard: would delete 40 %; remedy: -force-deletes
                [2026-11-23T15:30:45Z] warning: others are hidden; remedy: grant pg_read_all_stats
                """);
    }

    @Test
    void starts_plans_and_details_are_shown_when_verbose_only() {
        var events = List.of(
                new RunEvent.Planned(RUN, 1, 2, 5000),
                new RunEvent.TableStarted(USERS, "incremental"),
                new RunEvent.Progress(USERS, 10, 100),
                new RunEvent.Detail("copy 12 ms"));

        events.forEach(plain()::on);
        assertThat(err()).isEmpty();

        var verbose = output(Map.of(), false, Map.of(Setting.VERBOSE, "true"));
        events.forEach(verbose::on);
        verbose.on(new RunEvent.TableEnded(ONE_ROW));
        assertThat(err()).isEqualTo("""
                [2026-11-23T15:30:45Z] run 00000000-0000-0000-0000-000000000001: 1 table, 2 tasks, about 5,000 rows
                [2026-11-23T15:30:45Z] public.users - started, incremental
                [2026-11-23T15:30:45Z] copy 12 ms
                [2026-11-23T15:30:45Z] public.one - upserted 1 row, deleted 0, full, 1 byte, 0.0 s
                """);
    }

    @Test
    void the_summary_is_the_result() {
        plain().finish(report(false, USERS_DONE, ONE_ROW), 0);

        assertThat(out()).isEqualTo("Synchronized 2 tables in 12.3 s: upserted 1,205 rows, deleted 3, 4.9 kB read\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void the_summary_names_every_table_that_is_not_done() {
        plain().finish(report(false, SKIPPED, USERS_DONE, GUARDED, FAILED), 1);

        assertThat(out()).isEqualTo("""
                Synchronized 1 table in 12.3 s: upserted 2,204 rows, deleted 3, 5.0 kB read
                  failed     public.orders: duplicate key in index
                             remedy: compare the unique indexes
                  guard      public.items: would delete 40 %
                             remedy: -force-deletes
                  skipped    app.odd\\u000Aname: it has no key
                             remedy: add one
                Not synchronized: 1 table failed, 1 table stopped by the delete guard, 1 table skipped
                """);
    }

    @Test
    void a_dry_run_says_so_in_every_total() {
        var output = output(Map.of(), false, Map.of(Setting.DRY_RUN, "true"));
        output.on(new RunEvent.TableEnded(USERS_DONE));
        output.finish(report(true, USERS_DONE), 0);

        assertThat(err()).contains("public.users - dry run: would upsert 1,204 rows, delete 3, watermark");
        assertThat(out())
                .isEqualTo(
                        "Dry run, nothing written: 1 table checked in 12.3 s, would upsert 1,204 rows, delete 3, 4.9 kB read\n");
    }

    @Test
    void the_summary_says_what_was_left_out_and_why_on_one_line() {
        var output = plain();
        output.on(LEFT_OUT);
        output.finish(report(false, ONE_ROW), 0);

        assertThat(err()).isEmpty();
        assertThat(out().lines().skip(1))
                .containsExactly(
                        "Left out: public.v (a view has no rows of its own); public.f1, public.f2, public.f3, public.f4, public.f5, "
                                + "public.f6, public.f7, public.f8, public.f9 (elsewhere\\u0007); 3 more, which -verbose names");
    }

    @Test
    void all_that_was_left_out_is_named_when_verbose() {
        var output = output(Map.of(), false, Map.of(Setting.VERBOSE, "true"));
        output.on(LEFT_OUT);
        output.finish(report(false, ONE_ROW), 0);

        assertThat(out()).contains("public.f12 (elsewhere").doesNotContain(" more");
    }

    @Test
    void json_has_one_object_for_each_thing_that_was_left_out() {
        output(Map.of(), false, Map.of(Setting.JSON, "true")).on(LEFT_OUT);

        assertThat(out().lines())
                .hasSize(13)
                .first()
                .isEqualTo(
                        "{\"event\":\"leftOut\",\"time\":\"2026-11-23T15:30:45.999Z\",\"schema\":\"public\",\"table\":\"v\","
                                + "\"kind\":\"view\",\"reason\":\"a view has no rows of its own\"}");
    }

    @Test
    void a_verification_that_could_compare_nothing_does_not_say_that_all_is_equal() {
        var skipped = TableReport.unverified(
                new TableName("public", "t"),
                Status.SKIPPED,
                "the target has no such table",
                "create it",
                Duration.ZERO);

        plain().finish(report(true, skipped), 6);

        assertThat(out())
                .startsWith("Verified 0 tables in 12.3 s: 0 rows compared, nothing is known\n")
                .endsWith("Not verified: 1 table skipped\n");
    }

    @Test
    void a_run_without_tables_says_that_there_was_nothing_to_do() {
        plain().finish(report(false), 0);

        assertThat(out()).isEqualTo("no table is selected, nothing to do, 12.3 s\n");
    }

    @Test
    void json_has_no_character_that_ends_a_line_or_moves_a_terminals_cursor() throws IOException {
        var name = new TableName("public", "a\u0085b\u2028c\u202Ed\u009Be\u007Ff\u001Bg\nü客😀");
        var output = output(Map.of(), false, Map.of(Setting.JSON, "true"));

        output.on(new RunEvent.TableStarted(name, "incremental"));

        assertThat(out()).contains("a\\u0085b\\u2028c\\u202Ed\\u009Be\\u007Ff\\u001Bg\\nü客😀\"");
        assertThat(out().lines()).hasSize(1);
        assertThat(new JsonMapper().readTree(out()).path("table").asText()).isEqualTo(name.table());
    }

    @Test
    void json_is_one_object_a_line_and_the_summary_is_last() {
        var output = output(Map.of(), false, Map.of(Setting.JSON, "true"));
        output.on(new RunEvent.Planned(RUN, 1, 2, 5000));
        output.on(new RunEvent.TableStarted(USERS, "incremental"));
        output.on(new RunEvent.Progress(USERS, 10, 100));
        output.on(new RunEvent.Progress(USERS, 5, 50));
        output.on(new RunEvent.Detail("not shown"));
        output.on(new RunEvent.Warning(USERS, "a \"quote\"", "r"));
        output.on(new RunEvent.TableEnded(USERS_DONE));
        output.on(new RunEvent.Ended(report(false, USERS_DONE)));
        output.finish(report(false, USERS_DONE), 0);

        var time = "\"time\":\"2026-11-23T15:30:45.999Z\"";
        assertThat(out().lines())
                .containsExactly(
                        "{\"event\":\"planned\"," + time
                                + ",\"run\":\"00000000-0000-0000-0000-000000000001\",\"tables\":1,\"tasks\":2,\"rowsEstimated\":5000}",
                        "{\"event\":\"tableStarted\"," + time
                                + ",\"schema\":\"public\",\"table\":\"users\",\"mode\":\"incremental\"}",
                        "{\"event\":\"progress\"," + time
                                + ",\"schema\":\"public\",\"table\":\"users\",\"rows\":10,\"bytes\":100}",
                        "{\"event\":\"progress\"," + time
                                + ",\"schema\":\"public\",\"table\":\"users\",\"rows\":15,\"bytes\":150}",
                        "{\"event\":\"warning\"," + time
                                + ",\"schema\":\"public\",\"table\":\"users\",\"message\":\"a \\\"quote\\\"\",\"remedy\":\"r\"}",
                        "{\"event\":\"table\"," + time
                                + ",\"schema\":\"public\",\"table\":\"users\",\"mode\":\"incremental\",\"status\":\"done\",\"rowsUpserted\":1204,"
                                + "\"rowsDeleted\":3,\"rowsUnchanged\":0,\"bytes\":5000,\"watermarkFrom\":null,"
                                + "\"watermarkTo\":\"2026-11-23 15:30:40.123456+00\",\"error\":null,\"remedy\":null,\"millis\":800}",
                        "{\"event\":\"summary\"," + time
                                + ",\"run\":\"00000000-0000-0000-0000-000000000001\",\"exitCode\":0,\"dryRun\":false,"
                                + "\"tables\":{\"done\":1,\"failed\":0,\"guard\":0,\"cancelled\":0,\"skipped\":0},\"rowsUpserted\":1204,"
                                + "\"rowsDeleted\":3,\"rowsUnchanged\":0,\"bytes\":5000,\"millis\":12345}");
        assertThat(err()).isEmpty();
    }

    @Test
    void a_terminal_gets_a_bar_that_is_drawn_over_itself_and_gone_at_the_end() {
        var output = output(Map.of("TERM", "xterm", "NO_COLOR", "1", "COLUMNS", "90"), true, Map.of());
        output.on(new RunEvent.Planned(RUN, 2, 2, 10_000));
        output.on(new RunEvent.TableStarted(USERS, "full"));
        now.set(now.get().plusSeconds(2));
        output.on(new RunEvent.Progress(USERS, 1_500, 1));
        now.set(now.get().plusSeconds(1));
        output.on(new RunEvent.Progress(USERS, 1_000, 1));

        assertThat(err()).endsWith("""
                \r\u001b[2A\u001b[J[#######-----------------------]  25% 2,500 rows, 833 rows/s, ETA 10.0 s
                  public.users  2,500 rows
                """);
        output.on(new RunEvent.TableEnded(USERS_DONE));
        assertThat(err()).contains("\r\u001b[2A\u001b[J[2026-11-23T15:30:48Z] public.users - upserted 1,204 rows");
        output.finish(report(false, USERS_DONE), 0);
        assertThat(err()).endsWith("\u001b[J");
        assertThat(out()).startsWith("Synchronized 1 table");
    }

    @Test
    void the_bar_is_drawn_ten_times_a_second_at_most() {
        var output = output(Map.of("TERM", "xterm"), true, Map.of());
        output.on(new RunEvent.Planned(RUN, 2, 2, 10_000));
        var before = err();

        for (int i = 0; i < 1000; i++) {
            output.on(new RunEvent.Progress(USERS, i, 1));
        }

        assertThat(err()).isEqualTo(before);
    }

    @Test
    void the_bar_is_coloured_unless_someone_minds() {
        bar(Map.of("TERM", "xterm"));
        assertThat(err()).contains("\u001b[32m");
        err.reset();
        bar(Map.of("TERM", "xterm", "NO_COLOR", ""));
        assertThat(err()).contains("\u001b[32m");
        err.reset();
        bar(Map.of("TERM", "xterm", "NO_COLOR", "1"));
        assertThat(err()).contains("[").doesNotContain("\u001b[32m");
    }

    @Test
    void no_line_of_the_bar_is_wider_than_the_terminal() {
        for (var columns : List.of(20, 25, 40, 60, 80, 200)) {
            err.reset();
            bar(Map.of("TERM", "xterm", "NO_COLOR", "1", "COLUMNS", columns.toString()));
            var lines =
                    err().replaceAll("\r|\u001b\\[[0-9]*[A-Za-z]", "").lines().toList();
            assertThat(lines)
                    .as(columns + " columns")
                    .isNotEmpty()
                    .allMatch(line -> TerminalText.width(line) < columns);
        }
    }

    @Test
    void there_is_no_bar_on_what_cannot_draw_one() {
        bar(Map.of("TERM", "dumb"));
        bar(Map.of());
        bar(Map.of("TERM", "xterm", "COLUMNS", "10"));
        var file = output(Map.of("TERM", "xterm"), false, Map.of());
        file.on(new RunEvent.Planned(RUN, 2, 2, 10_000));

        assertThat(err()).isEmpty();
    }

    @Test
    void only_a_run_whose_tables_have_ended_stands_at_100() {
        var output = output(Map.of("TERM", "xterm"), true, Map.of());
        output.on(new RunEvent.Planned(RUN, 1, 1, 10));
        now.set(now.get().plusSeconds(1));
        output.on(new RunEvent.Progress(USERS, 500, 1));
        assertThat(err()).contains(" 99% ").doesNotContain("100%");
        output.on(new RunEvent.TableEnded(USERS_DONE));
        assertThat(err()).contains("100% ");
    }

    @Test
    void a_run_whose_tables_have_ended_has_nothing_left_whatever_was_estimated() {
        var output = output(Map.of("TERM", "xterm"), true, Map.of());
        output.on(new RunEvent.Planned(RUN, 1, 1, 1_000_000));
        now.set(now.get().plusSeconds(1));
        output.on(new RunEvent.TableEnded(USERS_DONE));

        assertThat(err()).contains("100% 1,204 rows, 1,204 rows/s").doesNotContain("ETA");
    }

    @Test
    void a_failure_without_a_report_is_told_on_standard_error() {
        plain().fail("connect: refused\nsecond", "check it", 4);

        assertThat(err()).isEqualTo("pgsync: connect: refused\npgsync: second\n        check it\n");
        assertThat(out()).isEmpty();
    }

    private void bar(Map<String, String> environment) {
        var output = output(environment, true, Map.of());
        output.on(new RunEvent.Planned(RUN, 3, 3, 10_000));
        output.on(new RunEvent.TableStarted(new TableName("public", "客户客户客户客户客户客户客户客户客户客户客户"), "full"));
        now.set(now.get().plusSeconds(10));
        output.on(new RunEvent.Progress(USERS, 5_000, 1));
    }

    private RunOutput plain() {
        return output(Map.of(), false, Map.of());
    }

    private RunOutput output(Map<String, String> environment, boolean isTerminal, Map<Setting, String> flags) {
        return RunOutput.choose(
                new Streams(stream(out), stream(err), isTerminal, environment), now::get, settings(flags));
    }

    private static Settings settings(Map<Setting, String> flags) {
        return new SettingsReader(Map.of()).read(flags).settings();
    }

    private static RunReport report(boolean dryRun, TableReport... tables) {
        return new RunReport(RUN, dryRun, List.of(tables), Duration.ofMillis(12_345));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
