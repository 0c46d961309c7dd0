package pgsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.error.ClusterUnreachable;
import pgsync.error.FailedElsewhere;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableName;
import pgsync.task.TableReport;

/** {@code pgsync sync -cluster}. */
class ClusterFlagTest {
    private final Recorded pgsync = new Recorded();

    private int run(String args) {
        return pgsync.run(Arrays.stream(args.split(" ")).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cluster http://a:1", "sync -cluster=http://a:1", "--cluster http://a:1"})
    void a_cluster_needs_neither_source_nor_target(String args) {
        assertThat(run(args + " -include users -dry-run")).as(pgsync.err()).isZero();
        assertThat(pgsync.clusters).containsExactly("http://a:1");
        assertThat(pgsync.settings().sync().include()).containsExactly("users");
        assertThat(pgsync.settings().sync().dryRun()).isTrue();
    }

    @Test
    void a_cluster_verifies_too() {
        assertThat(run("verify -cluster http://a:1 -include users"))
                .as(pgsync.err())
                .isZero();
        assertThat(pgsync.clusters).containsExactly("verify at http://a:1");
    }

    @Test
    void without_it_no_cluster_is_asked() {
        assertThat(run("-source a -target b -cluster.name blue"))
                .as(pgsync.err())
                .isZero();
        assertThat(pgsync.clusters).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-source x, source",
        "-target x, target",
        "-batch-size 7, batch-size",
        "-schema x, schema",
        "-delete never, delete",
        "-force-deletes, force-deletes",
        "-parallel 3, parallel",
        "-http.port 0, http.port",
        "-cluster.name x, cluster.name"
    })
    void a_flag_that_a_cluster_would_not_heed_is_refused(String flag, String name) {
        assertThat(run("sync -cluster http://a:1 " + flag)).isEqualTo(2);
        assertThat(pgsync.err())
                .startsWith("pgsync: -" + name + " has no effect with -cluster")
                .contains("-include, -exclude, -reconcile, -dry-run, -allow-skips");
        assertThat(pgsync.asked).isEmpty();
    }

    @Test
    void what_a_file_or_the_environment_say_beyond_is_left_to_other_commands(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("c.json"), "{\"batchSize\": 7, \"schema\": \"app\"}");
        pgsync.environment.put("PGSYNC_SOURCE", "postgres://x");
        pgsync.environment.put("PGSYNC_PARALLEL", "3");

        assertThat(run("-cluster http://a:1 -config " + file)).as(pgsync.err()).isZero();
        assertThat(pgsync.clusters).containsExactly("http://a:1");
    }

    @Test
    void it_ends_with_the_code_that_a_run_here_would_have() {
        pgsync.engine = (settings, events) -> report(TableReport.Status.GUARD);
        assertThat(run("-cluster http://a:1")).isEqualTo(7);
        pgsync.engine = (settings, events) -> report(TableReport.Status.SKIPPED);
        assertThat(run("-cluster http://a:1")).isEqualTo(6);
        assertThat(run("-cluster http://a:1 -allow-skips")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "4, 4", "5, 5", "8, 8", "9, 9", "70, 70", "0, 70", "77, 70"})
    void what_ended_elsewhere_ends_here_with_its_code(int there, int here) {
        pgsync.engine = (settings, events) -> {
            throw new FailedElsewhere(there, "it broke", "mend it");
        };

        assertThat(run("-cluster http://a:1")).isEqualTo(here);
        assertThat(pgsync.err()).isEqualTo("pgsync: it broke\n        mend it\n");
        assertThat(run("-cluster http://a:1 -json")).isEqualTo(here);
        assertThat(pgsync.out())
                .contains("\"event\":\"summary\"", "\"exitCode\":" + here, "\"error\":{\"message\":\"it broke\"");
    }

    @Test
    void a_cluster_that_cannot_be_reached_ends_with_8() {
        pgsync.engine = (settings, events) -> {
            throw new ClusterUnreachable("no node answers", "check the address", null);
        };

        assertThat(run("-cluster http://a:1")).isEqualTo(8);
    }

    @Test
    void help_and_completion_know_it_where_it_is_taken() {
        for (var command : List.of("sync", "status")) {
            assertThat(run(command + " -help")).isZero();
            assertThat(pgsync.out()).contains("-cluster URLS");
        }
        assertThat(run("history -help")).isZero();
        assertThat(pgsync.out()).doesNotContain("-cluster URLS");
        assertThat(run("-help")).isZero();
        assertThat(pgsync.out()).contains("-cluster URLS");
        assertThat(run("completion bash")).isZero();
        assertThat(pgsync.out()).contains("--cluster", "--watch");
    }

    private static RunReport report(TableReport.Status status) {
        var table = new TableReport(
                new TableName("public", "users"), "digest", status, 0, 0, 0, 0, null, null, "why", null, Duration.ZERO);
        return new RunReport(new RunId(new UUID(0, 1)), false, List.of(table), Duration.ZERO);
    }
}
