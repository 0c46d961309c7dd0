package pgsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.cli.output.Situation;
import pgsync.error.ClusterUnreachable;
import pgsync.error.FailedElsewhere;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.status.Page;
import pgsync.status.RunStatus;
import pgsync.status.TableStatus;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.TableName;

class StatusCommandTest {
    private static final RunId RUN = new RunId(new UUID(0, 1));
    private static final NodeId LEADER = new NodeId(new UUID(0, 2));

    private final Recorded pgsync = new Recorded();

    private int run(String args) {
        return pgsync.run(Arrays.stream(args.split(" ")).toArray(String[]::new));
    }

    /** Looks so many times, then is interrupted as Ctrl-C does. */
    private void looks(int times, Object... seen) {
        var left = new int[] {times};
        pgsync.look = new Recorded.Look(List.of(seen));
        pgsync.pause = time -> {
            if (--left[0] == 0) {
                throw new InterruptedException();
            }
        };
    }

    private int watch(String args) {
        try {
            return run(args + " -watch");
        } finally {
            var unused = Thread.interrupted();
        }
    }

    @Test
    void the_target_is_read_when_no_cluster_is_named() {
        assertThat(run("status -target t")).isZero();
        assertThat(pgsync.clusters).containsExactly("null");
        assertThat(pgsync.settings().requiredTarget().reveal()).isEqualTo("t");
        assertThat(pgsync.out()).isEqualTo("Nothing was synchronized into this target yet: it has no schema pgsync.\n");
        assertThat(((Recorded.Look) pgsync.look).closed).isTrue();
        assertThat(run("status -target t -json")).isZero();
        assertThat(pgsync.out()).isEmpty();
    }

    @Test
    void a_target_is_needed_then() {
        assertThat(run("status")).isEqualTo(2);
        assertThat(pgsync.err()).contains("target is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-target t", "-cluster.name x"})
    void what_has_no_effect_with_a_cluster_is_refused(String flag) {
        assertThat(run("status -cluster http://a:1 " + flag)).isEqualTo(2);
        assertThat(pgsync.err()).contains("has no effect with -cluster");
    }

    @Test
    void people_see_nodes_runs_and_tables_in_trouble() {
        pgsync.look = new Recorded.Look(List.of(stands(7)));

        assertThat(run("status -cluster http://a:1,http://b:1")).isZero();
        assertThat(pgsync.clusters).containsExactly("http://a:1,http://b:1");
        assertThat(pgsync.out()).isEqualTo("""
                Cluster blue: 1 coordinator, 2 workers
                NODE   ROLE                VERSION  HTTP           STATE          TASKS  HEARTBEAT
                one    coordinator, leads  0.1.0    http://a:8080  ok            2 of 4      0.4 s
                two    worker              0.1.0    -              other source  0 of 4      0.9 s
                three  worker              0.1.0    -              silent        1 of 4      7.0 s

                Run 00000000-0000-0000-0000-000000000001: sync, running for 12.5 s, asked for by schedule
                  45% 1,008 rows, 80 rows/s, 1.0 kB/s, ETA 15.0 s
                  9 tables: 3 done, 4 open, 1 failed, 1 skipped

                START                 RUN                                   MODE  STATE   TABLES  UPSERTED  DELETED    TOOK
                2026-11-23T15:30:40Z  00000000-0000-0000-0000-000000000001  sync  failed  3 of 9     1,000        1  12.5 s
                    the source is gone
                    remedy: bring it back

                21 tables failed:
                  public.orders - last success 2026-11-23T14:00:00Z
                    duplicate key in index
                    remedy: compare the indexes
                  and 20 more tables
                Furthest behind:
                  public.orders - 1 h 30 min, watermark 2026-11-23T14:00:00Z
                """);
    }

    @Test
    void a_cluster_of_nobody_that_never_ran_is_shown_too() {
        pgsync.look = new Recorded.Look(List.of(new Situations.Seen.Stands(
                new Situation("pgsync", null, List.of(), List.of(), new Page<>(List.of(), 0), List.of()))));

        assertThat(run("status -target t")).isZero();
        assertThat(pgsync.out()).isEqualTo("Cluster pgsync: no node\n\nNo run yet.\n\nNo table failed.\n");
    }

    @Test
    void with_json_it_is_one_document_in_the_words_of_the_interface() throws IOException {
        pgsync.look = new Recorded.Look(List.of(stands(7)));

        assertThat(run("status -cluster http://a:1 -json")).isZero();
        assertThat(pgsync.out().lines()).hasSize(1);
        var seen = new ObjectMapper().readTree(pgsync.out());
        assertThat(seen.path("cluster").asText()).isEqualTo("blue");
        assertThat(seen.path("leader").asText()).isEqualTo(LEADER.toString());
        assertThat(seen.at("/members/0/heartbeatAgeMs").asInt()).isEqualTo(400);
        assertThat(seen.at("/runs/0/counts/tablesOpen").asInt()).isEqualTo(4);
        assertThat(seen.at("/runs/0/id").asText()).isEqualTo(RUN.toString());
        assertThat(seen.at("/failed/total").asInt()).isEqualTo(21);
        assertThat(seen.at("/failed/items/0/table/table").asText()).isEqualTo("orders");
    }

    @Test
    void watching_without_a_terminal_prints_again_only_when_something_changed() {
        looks(4, stands(7), stands(7), stands(8), stands(8));

        assertThat(watch("status -cluster http://a:1")).isZero();
        assertThat(pgsync.out().split("Cluster blue", -1)).hasSize(3);
        looks(4, stands(7), stands(7), stands(8), stands(8));
        assertThat(watch("status -cluster http://a:1 -json")).isZero();
        assertThat(pgsync.out().lines()).hasSize(2);
    }

    @Test
    void watching_on_a_terminal_draws_each_time_over_what_was_there() {
        pgsync.outIsTerminal = true;
        pgsync.environment.put("TERM", "xterm");
        pgsync.environment.put("COLUMNS", "60");
        looks(3, stands(7));

        assertThat(watch("status -cluster http://a:1")).isZero();
        assertThat(pgsync.out().split("\u001b\\[H", -1)).hasSize(4);
        assertThat(pgsync.out().replaceAll("\u001b\\[[0-9]*[A-Z]", "").lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(60));
    }

    @Test
    void watching_goes_on_when_the_cluster_is_away_for_a_while_and_says_so_once() {
        var away = new ClusterUnreachable("no node answers", "check the address", null);
        looks(5, stands(7), away, away, stands(7), stands(7));

        assertThat(watch("status -cluster http://a:1")).isZero();
        assertThat(pgsync.err()).isEqualTo("pgsync: no node answers\n        check the address\n");
        assertThat(pgsync.out().split("Cluster blue", -1)).hasSize(3);
    }

    @Test
    void what_goes_wrong_at_the_first_look_ends_it_with_its_code() {
        pgsync.look = new Recorded.Look(List.of(new ClusterUnreachable("no node answers", "check", null)));
        assertThat(run("status -cluster http://a:1 -watch")).isEqualTo(8);
        pgsync.look = new Recorded.Look(List.of(new FailedElsewhere(4, "no token", "give it")));
        assertThat(run("status -cluster http://a:1")).isEqualTo(4);
        pgsync.look = new Recorded.Look(
                List.of(new StepFailed(Trouble.UNREACHABLE, "connect", "refused", new IOException())));
        assertThat(run("status -target t")).isEqualTo(4);
        assertThat(((Recorded.Look) pgsync.look).closed).isTrue();
    }

    /** A cluster that does not change but for its ages when {@code open} is the same. */
    private Situations.Seen stands(int sum) {
        ages += 1;
        var open = new RunStatus.RunCounts(9, 3, 1, 0, 1, 0, sum - 3, 1000, 1, 7, 5000);
        var members = List.of(
                member(LEADER, "one", "coordinator", 400, 2, null, true),
                member(new NodeId(new UUID(0, 3)), "two", "worker", 900, 0, "other source", true),
                member(new NodeId(new UUID(0, 4)), "three", "worker", 6999 + ages, 1, null, false));
        return new Situations.Seen.Stands(new Situation(
                "blue",
                LEADER,
                members,
                List.of(run("running", open, null), run("failed", open, "the source\nis gone")),
                new Page<>(List.of(orders()), 21),
                List.of(orders())));
    }

    private int ages;

    private static Situation.Member member(
            NodeId id, String name, String role, long age, int tasks, @Nullable String note, boolean alive) {
        var http = id.equals(LEADER) ? "http://a:8080" : null;
        return new Situation.Member(id, name, role, "h:5701", http, "0.1.0", age, tasks, 4, note, alive);
    }

    private static RunStatus run(String state, RunStatus.RunCounts counts, @Nullable String error) {
        return new RunStatus(
                RUN,
                "sync",
                state,
                false,
                "schedule",
                "blue",
                LEADER,
                false,
                "2026-11-23T15:30:40.123Z",
                null,
                null,
                null,
                12,
                100L,
                null,
                error,
                error == null ? null : "bring it back",
                null,
                List.of(),
                counts,
                new RunStatus.Pace(12.5, 80.4, 1024, 0.45, 15L));
    }

    private TableStatus orders() {
        return new TableStatus(
                new TableName("public", "orders"),
                "failed",
                "incremental",
                "updated_at",
                "2026-11-23T14:00:00.000001Z",
                5400.0 + ages / 1000.0,
                "2026-11-23T14:00:00.5Z",
                null,
                "old error",
                null,
                new TableStatus.LastRun(
                        RUN, "failed", "x", "y", 0, 0, 0, 0, "duplicate key\n in index", "compare the indexes"));
    }
}
