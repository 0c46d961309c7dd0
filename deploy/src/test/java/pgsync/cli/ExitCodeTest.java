package pgsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pgsync.config.InvalidConfig;
import pgsync.error.Refused;
import pgsync.error.RunHeld;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableDifferences;
import pgsync.task.TableName;
import pgsync.task.TableReport;

class ExitCodeTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "DONE, 0",
        "DONE SKIPPED, 6",
        "SKIPPED GUARD, 7",
        "GUARD FAILED SKIPPED, 1",
        "DONE CANCELLED, 1",
        "SKIPPED SKIPPED, 6"
    })
    void a_report_ends_with_the_worst_that_happened(String statuses, int code) {
        assertThat(ExitCode.of(report(statuses), false).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"DONE SKIPPED, 0", "SKIPPED GUARD, 7", "FAILED SKIPPED, 1"})
    void allowed_skips_excuse_nothing_but_skips(String statuses, int code) {
        assertThat(ExitCode.of(report(statuses), true).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, 4",
        "CONNECTION_LOST, 4",
        "SERVER_STARTING_OR_STOPPING, 4",
        "TOO_MANY_CONNECTIONS, 4",
        "NOT_AUTHENTICATED, 4",
        "TLS_REFUSED, 4",
        "NO_SUCH_DATABASE, 4",
        "NOT_ACCEPTED, 4",
        "READ_ONLY, 5",
        "NOT_ALLOWED, 1",
        "DISK_FULL, 1",
        "UNKNOWN, 70"
    })
    void a_failed_step_ends_by_its_trouble(Trouble trouble, int code) {
        var failure =
                Failure.of(new StepFailed(trouble, "connect to the source", "it said no", new RuntimeException()));

        assertThat(failure.code().code()).isEqualTo(code);
        assertThat(failure.message()).isEqualTo("connect to the source: it said no");
        assertThat(failure.remedy()).isEqualTo(trouble.remedy());
    }

    @Test
    void every_other_way_to_end_has_its_code() {
        assertThat(Failure.of(new InvalidConfig("x"))).isEqualTo(new Failure(ExitCode.USAGE, "x", null));
        assertThat(Failure.of(new Refused("no", "do"))).isEqualTo(new Failure(ExitCode.REFUSED, "no", "do"));
        assertThat(Failure.of(new RunHeld("held", "wait"))).isEqualTo(new Failure(ExitCode.RUN_HELD, "held", "wait"));
        assertThat(Failure.of(new Stopped("x", new InterruptedException())).code())
                .isEqualTo(ExitCode.INTERRUPTED);
        assertThat(Failure.of(new OutOfMemoryError("heap")).code()).isEqualTo(ExitCode.INTERNAL);
        assertThat(Failure.of(new IllegalStateException("oops")).message())
                .isEqualTo("internal error: java.lang.IllegalStateException: oops");
    }

    @Test
    void the_text_of_an_internal_error_loses_what_looks_like_a_secret() {
        var message = Failure.of(new IllegalArgumentException(
                        "Illegal character at 9: postgres://u:ge@heim@h/d?password=geheim&x=1"))
                .message();

        assertThat(message).endsWith("Illegal character at 9: postgres://***@h/d?password=***&x=1");
    }

    @Test
    void the_codes_are_those_of_the_contract() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 70, 130, 143);
    }

    @Test
    void differences_outweigh_a_skipped_table_and_not_a_failed_one() {
        var name = new TableName("public", "t");
        var different = TableReport.verified(name, new TableDifferences(2, 1, 0, 1, 0, 0, List.of()), Duration.ZERO);
        var skipped = TableReport.unverified(name, TableReport.Status.SKIPPED, "no key", "add one", Duration.ZERO);
        var failed = TableReport.unverified(name, TableReport.Status.FAILED, "gone", "look", Duration.ZERO);
        var run = new RunId(new UUID(0, 1));

        assertThat(ExitCode.of(new RunReport(run, true, List.of(different, skipped), Duration.ZERO), false))
                .isEqualTo(ExitCode.DIFFERENT);
        assertThat(ExitCode.of(new RunReport(run, true, List.of(different, failed), Duration.ZERO), false))
                .isEqualTo(ExitCode.SOME_FAILED);
    }

    @Test
    void rows_that_would_change_count_for_a_detailed_code_alone() {
        var same = table(TableReport.Status.DONE, 0, 0);
        var changed = table(TableReport.Status.DONE, 1, 0);
        var emptied = table(TableReport.Status.DONE, 0, 1);
        var skipped = table(TableReport.Status.SKIPPED, 0, 0);
        var failed = table(TableReport.Status.FAILED, 0, 0);

        assertThat(detailed(same)).isEqualTo(ExitCode.DONE);
        assertThat(detailed(same, changed)).isEqualTo(ExitCode.DIFFERENT);
        assertThat(detailed(emptied, skipped)).isEqualTo(ExitCode.DIFFERENT);
        assertThat(detailed(same, skipped)).isEqualTo(ExitCode.SOME_SKIPPED);
        assertThat(detailed(changed, failed)).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(ExitCode.of(report(List.of(changed)), false)).isEqualTo(ExitCode.DONE);
    }

    private static ExitCode detailed(TableReport... tables) {
        return ExitCode.of(report(List.of(tables)), false, true);
    }

    private static RunReport report(String statuses) {
        return report(Arrays.stream(statuses.split(" "))
                .filter(s -> !s.isEmpty())
                .map(TableReport.Status::valueOf)
                .map(s -> table(s, 0, 0))
                .toList());
    }

    private static RunReport report(List<TableReport> tables) {
        return new RunReport(new RunId(new UUID(0, 1)), false, tables, Duration.ZERO);
    }

    private static TableReport table(TableReport.Status status, long upserted, long deleted) {
        return new TableReport(
                new TableName("public", "t"),
                "incremental",
                status,
                upserted,
                deleted,
                0,
                0,
                null,
                null,
                null,
                null,
                Duration.ZERO);
    }
}
