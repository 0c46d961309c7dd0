package pgsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pgsync.config.InvalidConfig;
import pgsync.coordinator.examine.Finding;
import pgsync.coordinator.examine.Finding.About;
import pgsync.coordinator.examine.Finding.Level;
import pgsync.error.Refused;
import pgsync.task.TableName;

class DoctorCommandTest {
    private static final Finding WELL = new Finding(Level.OK, About.SOURCE, null, "PostgreSQL 15.8", null);
    private static final Finding SKIPPED =
            new Finding(Level.SKIP, About.TABLES, new TableName("public", "ugly\nname"), "no such table", "create it");

    private final Recorded pgsync = new Recorded();

    private int run(String args, Finding... findings) {
        pgsync.doctor = (settings, tell) -> List.of(findings).forEach(tell);
        return pgsync.run(Arrays.stream(args.split(" ")).toArray(String[]::new));
    }

    private static Finding of(Level level) {
        return new Finding(level, About.TARGET, null, "something", "do this");
    }

    @ParameterizedTest
    @CsvSource({"OK, 0", "NOTE, 0", "WARNING, 0", "SKIP, 6", "STOP, 5", "UNREACHABLE, 4"})
    void the_worst_finding_decides_the_exit_code(Level level, int code) {
        assertThat(run("doctor -source a -target b", WELL, of(level), WELL)).isEqualTo(code);
    }

    @Test
    void a_server_out_of_reach_outweighs_an_obstacle_and_that_a_skip() {
        assertThat(run("doctor -source a -target b", of(Level.SKIP), of(Level.STOP)))
                .isEqualTo(5);
        assertThat(run("doctor -source a -target b", of(Level.UNREACHABLE), of(Level.STOP)))
                .isEqualTo(4);
    }

    @Test
    void skips_that_are_allowed_are_no_failure() {
        assertThat(run("doctor -source a -target b -allow-skips", SKIPPED)).isZero();
    }

    @Test
    void people_read_a_line_each_with_the_remedy_below_and_a_verdict_at_the_end() {
        run("doctor -source a -target b", WELL, SKIPPED, of(Level.WARNING), of(Level.NOTE));

        assertThat(pgsync.out()).isEqualTo("""
                        ok           source: PostgreSQL 15.8
                        skip         public.ugly\\u000Aname: no such table
                                     create it
                        warning      target: something
                                     do this
                        note         target: something
                                     do this

                        Ready, but 1 table would be skipped (1 warning, 1 note).
                        """);
        assertThat(pgsync.err()).isEmpty();
    }

    @Test
    void scripts_read_an_object_each_and_a_summary_last() throws IOException {
        run("doctor -source a -target b -json", WELL, SKIPPED);

        var lines = pgsync.out().lines().toList();
        var json = new ObjectMapper();
        assertThat(lines).hasSize(3);
        assertThat(json.readTree(lines.getFirst()).get("level").asText()).isEqualTo("ok");
        var skipped = json.readTree(lines.get(1));
        assertThat(skipped.get("event").asText()).isEqualTo("finding");
        assertThat(skipped.get("table").asText()).isEqualTo("ugly\nname");
        assertThat(skipped.get("remedy").asText()).isEqualTo("create it");
        var summary = json.readTree(lines.getLast());
        assertThat(summary.get("event").asText()).isEqualTo("summary");
        assertThat(summary.get("exitCode").asInt()).isEqualTo(6);
        assertThat(summary.get("findings").get("skip").asInt()).isOne();
        assertThat(summary.get("findings").get("stop").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "' -json', 1"})
    void what_a_run_would_be_refused_for_stands_on_standard_error_and_last_in_json(String json, int lines) {
        pgsync.doctor = (settings, tell) -> {
            throw new Refused("source and target are the same database (shop)", "check -source and -target");
        };

        assertThat(pgsync.run(("doctor -source a -target b" + json).split(" "))).isEqualTo(5);
        assertThat(pgsync.err()).contains("same database").contains("check -source");
        assertThat(pgsync.out().lines()).hasSize(lines);
    }

    @Test
    void settings_that_cannot_be_read_are_told_as_json_too() throws IOException {
        assertThat(run("doctor -source a -target b -parallel 0 -json")).isEqualTo(2);

        var summary = new ObjectMapper().readTree(pgsync.out());
        assertThat(summary.get("exitCode").asInt()).isEqualTo(2);
        assertThat(summary.get("error").get("message").asText()).contains("parallel");
    }

    @Test
    void both_connections_are_needed() {
        assertThat(run("doctor -source a")).isEqualTo(2);
        assertThat(pgsync.err()).contains("-target");
    }

    @Test
    void a_pattern_that_matches_nothing_is_a_mistake_of_use() {
        pgsync.doctor = (settings, tell) -> {
            tell.accept(WELL);
            throw new InvalidConfig("include: itmes matches no table");
        };

        assertThat(pgsync.run("doctor", "-source", "a", "-target", "b")).isEqualTo(2);
        assertThat(pgsync.out()).startsWith("ok");
    }
}
