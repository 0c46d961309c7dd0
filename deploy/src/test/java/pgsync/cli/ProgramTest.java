package pgsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.config.Kind;
import pgsync.config.Setting;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;

class ProgramTest {
    private final Recorded pgsync = new Recorded();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-batch-size 7",
                "-batch-size=7",
                "--batch-size 7",
                "--batch-size=7",
                "sync -batch-size 7",
                "-batch-size 7 sync"
            })
    void an_option_has_one_dash_or_two_and_a_space_or_an_equals_sign(String options) {
        var code = run("-source a -target b " + options);

        assertThat(code).isZero();
        assertThat(pgsync.settings().sync().batchSize()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "-dry-run, true",
        "--dry-run, true",
        "-dry-run=true, true",
        "-dry-run true, true",
        "-dry-run=false, false",
        "'-dry-run sync', true",
        "'', false"
    })
    void a_switch_may_say_true_or_false(String options, boolean expected) {
        assertThat(run(options + " -source a -target b")).as(pgsync.err()).isZero();
        assertThat(pgsync.settings().sync().dryRun()).isEqualTo(expected);
    }

    @Test
    void a_switch_can_switch_off_what_the_environment_switched_on() {
        pgsync.environment.put("PGSYNC_DRY_RUN", "true");

        run("-source a -target b -dry-run=false");

        assertThat(pgsync.settings().sync().dryRun()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void every_setting_is_a_flag(Setting setting) {
        var value = switch (setting.kind()) {
            case Kind.Flag flag -> "true";
            case Kind.Whole whole -> String.valueOf(whole.most());
            case Kind.Choice choice -> choice.values().getLast();
            case Kind.Span span -> "1s";
            case Kind.Names names -> "x";
            case Kind.Hidden hidden -> "x";
            case Kind.Text text -> "UTC";
        };

        for (var name : List.of(
                "-" + setting.flag(),
                "--" + setting.flag(),
                "-" + (setting.key().contains(".") ? setting.key() : setting.flag()))) {
            pgsync.run("sync", name, value);
            assertThat(pgsync.err()).doesNotContain("there is no option");
        }
    }

    @Test
    void a_flag_with_a_dot_reaches_its_setting() {
        run("-source a -target b -cluster.name blue --cluster.port=5800 -cluster.members x:1,y:2 -http.port 0");

        assertThat(pgsync.settings().cluster().name()).isEqualTo("blue");
        assertThat(pgsync.settings().cluster().port()).isEqualTo(5800);
        assertThat(pgsync.settings().cluster().members()).containsExactly("x:1", "y:2");
        assertThat(pgsync.settings().http().port()).isZero();
    }

    @Test
    void the_usage_of_the_original_tool_works_as_it_is_written() {
        var code = run(
                "-source postgres://a:x@h/d -target postgres://b:x@h/e -schema public -include users,orders -exclude logs"
                        + " -timestamp updated_at -parallel 4 -batch-size 1000 -verbose");

        assertThat(code).isZero();
        assertThat(pgsync.settings().requiredSource().reveal()).isEqualTo("postgres://a:x@h/d");
        assertThat(pgsync.settings().sync().include()).containsExactly("users", "orders");
        assertThat(pgsync.settings().sync().verbose()).isTrue();
    }

    @Test
    void a_list_may_be_given_in_parts() {
        run("-source a -target b -include users,orders -include items");

        assertThat(pgsync.settings().sync().include()).containsExactly("users", "orders", "items");
    }

    @Test
    void a_value_may_be_called_like_a_command_and_hold_an_equals_sign() {
        run("-source=host=h -target b -include history -schema sync");

        assertThat(pgsync.settings().requiredSource().reveal()).isEqualTo("host=h");
        assertThat(pgsync.settings().sync().include()).containsExactly("history");
        assertThat(pgsync.settings().sync().schemas()).containsExactly("sync");
    }

    @Test
    void an_at_sign_and_a_variable_in_a_value_are_taken_as_they_stand() {
        pgsync.run("-source", "@/etc/passwd", "-target", "${sys:user.home}");

        assertThat(pgsync.settings().requiredSource().reveal()).isEqualTo("@/etc/passwd");
        assertThat(pgsync.settings().requiredTarget().reveal()).isEqualTo("${sys:user.home}");
    }

    @Test
    void a_dash_reads_the_connection_from_standard_input() {
        pgsync.standardInput = "postgres://one\npostgres://two\n";

        run("-target - -source -");

        assertThat(pgsync.settings().requiredSource().reveal()).isEqualTo("postgres://one");
        assertThat(pgsync.settings().requiredTarget().reveal()).isEqualTo("postgres://two");
    }

    @Test
    void a_dash_without_standard_input_is_an_error() {
        assertThat(run("-target b -source -")).isEqualTo(2);
        assertThat(pgsync.err())
                .isEqualTo(
                        "pgsync: -source is - and standard input has no line for it; allowed: a connection string on a line of its own\n");
    }

    @Test
    void options_before_the_name_of_a_command_count_for_it() {
        pgsync.environment.put("PGSYNC_TARGET", "t");

        assertThat(run("-target x history")).isZero();
        assertThat(pgsync.settings().requiredTarget().reveal()).isEqualTo("x");
        assertThat(run("-target x history -target y")).isZero();
        assertThat(pgsync.settings().requiredTarget().reveal()).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -batchsize 7               | there is no option -batchsize; did you mean -batch-size?; pgsync -help lists the options
                    --inlcude=x                | there is no option --inlcude; did you mean -include?; pgsync -help lists the options
                    -sorce=postgres://u:pw@h/d | there is no option -sorce; did you mean -source?; pgsync -help lists the options
                    -x                         | there is no option -x; pgsync -help lists the options
                    history -limt 5            | there is no option -limt; did you mean -limit?; pgsync history -help lists the options
                    histroy                    | there is no command histroy; did you mean history?; pgsync -help lists the commands
                    postgres://u:geheim@h/d x  | a connection stands here without its option; allowed: -source CONNECTION, -target CONNECTION
                    -parallel postgres://u:geheim@h/d | -parallel is postgres://***@h/d; allowed: 1 to 256
                    init a b                   | pgsync init does not take the argument b; pgsync init -help shows what it takes
                    -parallel                  | -parallel needs a value; allowed: 1 to 256
                    -parallel -verbose         | -parallel needs a value; allowed: 1 to 256
                    -parallel 2 -parallel 3    | -parallel is given twice; allowed: once
                    -verbose=yes               | -verbose is yes; allowed: true or false
                    -source a -target b -parallel 0 | -parallel is 0; allowed: 1 to 256
                    -source a                  | target is missing; give -target, PGSYNC_TARGET, or "target" in the file of -config
                    history -target x -limit 0 | -limit is 0; allowed: 1 to 100,000
                    completion tcsh            | the shell is tcsh; allowed: bash, zsh, fish
                    config shwo                | what follows config is shwo; allowed: show, validate, schema
                    """)
    void what_cannot_be_understood_is_told_and_ends_with_2(String args, String message) {
        assertThat(run(args)).isEqualTo(2);
        assertThat(pgsync.err()).isEqualTo("pgsync: " + message + "\n");
        assertThat(pgsync.out()).isEmpty();
        assertThat(pgsync.asked).isEmpty();
    }

    @Test
    void several_errors_stand_on_a_line_each() {
        assertThat(run("-parallel 0 -batch-size 0")).isEqualTo(2);
        assertThat(pgsync.err())
                .isEqualTo(
                        "pgsync: -parallel is 0; allowed: 1 to 256\npgsync: -batch-size is 0; allowed: 1 to 10,000,000\n");
    }

    @Test
    void a_server_that_cannot_be_reached_ends_with_4_and_a_remedy() {
        pgsync.engine = (settings, events) -> {
            throw new StepFailed(Trouble.UNREACHABLE, "connect to the source", "connection refused", new IOException());
        };

        assertThat(run("-source a -target b")).isEqualTo(4);
        assertThat(pgsync.err())
                .isEqualTo("pgsync: connect to the source: connection refused\n        " + Trouble.UNREACHABLE.remedy()
                        + "\n");
    }

    @Test
    void an_internal_error_shows_its_place_only_when_asked() {
        pgsync.engine = (settings, events) -> {
            throw new IllegalStateException("oops");
        };

        assertThat(run("-source a -target b")).isEqualTo(70);
        assertThat(pgsync.err())
                .contains("internal error: java.lang.IllegalStateException: oops")
                .doesNotContain("    at ");
        assertThat(run("-source a -target b -verbose")).isEqualTo(70);
        assertThat(pgsync.err()).contains("    at pgsync.cli.ProgramTest");
    }

    @Test
    void with_json_the_last_line_is_a_summary_whatever_happens() {
        assertThat(run("-source a -json")).isEqualTo(2);
        assertThat(pgsync.out())
                .isEqualTo(
                        "{\"event\":\"summary\",\"time\":\"2026-11-23T15:30:45.500Z\",\"exitCode\":2,\"error\":{\"message\":"
                                + "\"target is missing; give -target, PGSYNC_TARGET, or \\\"target\\\" in the file of -config\",\"remedy\":null}}\n");
        assertThat(run("-source a -target b -json")).isZero();
        assertThat(pgsync.out().lines().toList().getLast())
                .startsWith("{\"event\":\"summary\",")
                .contains("\"exitCode\":0");
    }

    @Test
    void with_json_the_last_line_is_a_summary_even_when_the_settings_are_wrong() {
        assertThat(run("-source a -target b -json -parallel 0")).isEqualTo(2);
        assertThat(pgsync.out())
                .contains("\"event\":\"summary\"", "\"exitCode\":2", "-parallel is 0; allowed: 1 to 256");
        assertThat(pgsync.err()).isEqualTo("pgsync: -parallel is 0; allowed: 1 to 256\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-version", "--version", "version"})
    void the_version_is_one_line_on_standard_output(String args) {
        assertThat(run(args)).isZero();
        assertThat(pgsync.out()).matches("pgsync .* \\(Java .*\\)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-help", "--help", "-h", "help"})
    void help_lists_every_command_option_and_exit_code(String args) {
        assertThat(run(args)).isZero();
        assertThat(pgsync.err()).isEmpty();
        for (var setting : Setting.values()) {
            assertThat(pgsync.out())
                    .containsPattern(
                            "(?m)^  -" + (setting.key().contains(".") ? setting.key() : setting.flag()) + "( |$)");
        }
        for (var command : Commands.all()) {
            assertThat(pgsync.out()).containsPattern("(?m)^  " + command.name() + " ");
        }
        for (var code : ExitCode.values()) {
            assertThat(pgsync.out()).containsPattern("(?m)^  " + code.code() + " +" + code.meaning());
        }
        assertThat(pgsync.out().lines().mapToInt(String::length).max().orElse(0))
                .isLessThanOrEqualTo(100);
    }

    @Test
    void help_says_how_to_keep_a_password_from_other_users() {
        run("-help");

        assertThat(pgsync.out())
                .contains("can be read by every user of this machine", "PGSYNC_SOURCE", "-source -", ".pgpass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"history -help", "help history", "-help history"})
    void a_command_has_help_of_its_own(String args) {
        assertThat(run(args)).isZero();
        assertThat(pgsync.out())
                .contains("Usage: pgsync history", "-limit N", "-table TABLE")
                .doesNotContain("-reconcile");
    }

    @Test
    void completion_knows_options_and_commands_and_values() {
        assertThat(run("completion bash")).isZero();
        assertThat(pgsync.out()).contains("complete", "--batch-size", "history", "never");
        var bash = pgsync.out();
        assertThat(run("completion zsh")).isZero();
        assertThat(pgsync.out()).isEqualTo(bash).contains("bashcompinit");
    }

    @Test
    void fish_is_told_commands_options_and_values_in_its_own_words() {
        assertThat(run("completion fish")).isZero();
        assertThat(pgsync.out().lines())
                .contains(
                        "complete -c pgsync -f",
                        "complete -c pgsync -n __fish_use_subcommand -a history -d 'show what earlier runs did, newest first'",
                        "complete -c pgsync -n '__fish_use_subcommand' -o delete -l delete -x -a 'auto never'"
                                + " -d 'auto: remove rows that the source no longer has; never: keep them'",
                        "complete -c pgsync -n '__fish_seen_subcommand_from plan' -o config -l config -r -F"
                                + " -d 'read settings from a JSON (comments allowed), YAML or TOML file'",
                        "complete -c pgsync -n '__fish_seen_subcommand_from config' -a 'show validate schema'",
                        "complete -c pgsync -n '__fish_seen_subcommand_from init' -F");
        assertThat(pgsync.out()).contains("sessions\\' transactions").contains(" -o help -l help -s h");
    }

    @Test
    void config_show_says_where_each_value_came_from_and_masks_secrets(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("c.json"), "{\"source\": \"postgres://u:geheim@h/d\"}");

        assertThat(run("config show -parallel 9 -config " + file)).isZero();
        assertThat(pgsync.out()).containsPattern("(?m)^source +\\*\\*\\* +" + file + ":1:12$");
        assertThat(pgsync.out()).containsPattern("(?m)^parallel +9 +-parallel$");
        assertThat(pgsync.out()).containsPattern("(?m)^overlap +10m +default$");
        assertThat(pgsync.out()).doesNotContain("geheim");
    }

    @Test
    void config_validate_says_yes_or_what_is_wrong(@TempDir Path folder) throws IOException {
        var good = Files.writeString(folder.resolve("good.json"), "{\"parallel\": 9}");
        var bad = Files.writeString(folder.resolve("bad.json"), "{\"parallel\": 0}");

        assertThat(run("config validate -config " + good)).isZero();
        assertThat(pgsync.out()).startsWith("The settings are valid: 1 given,");
        assertThat(run("config validate -config " + bad)).isEqualTo(2);
        assertThat(pgsync.err()).contains("bad.json:1:14: parallel is 0");
    }

    @Test
    void config_validate_reads_the_connection_strings_too_and_shows_nothing_of_them(@TempDir Path folder)
            throws IOException {
        var file = Files.writeString(
                folder.resolve("c.json"),
                "{\"source\": \"postgres://u:geheim@h/d?foo=geheim\", \"target\": \"geheim\"}");

        assertThat(run("config validate -config " + file)).isEqualTo(2);

        assertThat(pgsync.err())
                .contains("c.json:1:12: source connection string: parameter \"foo\" is not supported; supported: ")
                .contains("c.json:1:60: target connection string: at character 1 ")
                .doesNotContain("geheim");
    }

    @Test
    void config_schema_describes_every_key() throws IOException {
        assertThat(run("config schema")).isZero();
        var schema = new com.fasterxml.jackson.databind.ObjectMapper().readTree(pgsync.out());
        for (var setting : Setting.values()) {
            var pointer = "/properties/" + setting.key().replace(".", "/properties/");
            assertThat(schema.at(pointer).isMissingNode()).as(pointer).isEqualTo(!setting.isInFile());
        }
        assertThat(schema.at("/properties/tables/additionalProperties/properties")
                        .size())
                .isEqualTo(7);
        assertThat(schema.at("/properties/sourceDb").isMissingNode()).isFalse();
    }

    @Test
    void history_of_a_target_that_was_never_used_says_so_and_is_no_error() {
        assertThat(run("history -target t")).isZero();
        assertThat(pgsync.out())
                .isEqualTo("Nothing was synchronized into this target yet: it has no pgsync.sync_log.\n");
        assertThat(run("history -target t -json")).isZero();
        assertThat(pgsync.out()).isEmpty();
    }

    @Test
    void history_shows_lines_and_asks_for_what_was_wanted() {
        pgsync.answer = new History.Answer.Lines(List.of(
                line("users", "done", 1204, null), line("a_longer_name", "failed", 0, "duplicate key\nin index")));

        assertThat(run("history -target t -limit 5 -table users")).isZero();
        assertThat(pgsync.queries.getLast()).isEqualTo(new History.Query(5, "users"));
        assertThat(pgsync.out()).isEqualTo("""
                START                 TABLE                 MODE         STATUS  UPSERTED  DELETED  TOOK
                2026-11-23T15:30:40Z  public.users          incremental  done       1,204        3  1.5 s
                2026-11-23T15:30:40Z  public.a_longer_name  incremental  failed         0        3  1.5 s
                    duplicate key in index
                """.replace("1.5 s\n", "1.5 s\n").replace("TOOK\n", " TOOK\n"));
    }

    @Test
    void history_as_json_has_the_columns_of_the_log() {
        pgsync.answer = new History.Answer.Lines(List.of(line("users", "done", 1204, null)));

        assertThat(run("history -target t -json")).isZero();
        assertThat(pgsync.queries.getLast()).isEqualTo(new History.Query(20, null));
        assertThat(pgsync.out())
                .isEqualTo(
                        "{\"run_id\":\"r\",\"schema_name\":\"public\",\"table_name\":\"users\",\"mode\":\"incremental\","
                                + "\"start_time\":\"2026-11-23 15:30:40.25+00\",\"end_time\":null,\"status\":\"done\",\"rows_upserted\":1204,"
                                + "\"rows_deleted\":3,\"rows_unchanged\":7,\"bytes\":99,\"watermark_from\":null,\"watermark_to\":null,\"error\":null}\n");
    }

    private static History.Line line(
            String table, String status, long upserted, @org.jspecify.annotations.Nullable String error) {
        return new History.Line(
                "r",
                "public",
                table,
                "incremental",
                "2026-11-23 15:30:40.25+00",
                null,
                Duration.ofMillis(1500),
                status,
                upserted,
                3,
                7,
                99,
                null,
                null,
                error);
    }

    private int run(String args) {
        return pgsync.run(
                Arrays.stream(args.split(" ")).filter(a -> !a.isEmpty()).toArray(String[]::new));
    }
}
