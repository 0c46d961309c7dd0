package pgsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import pgsync.claim.Claim;
import pgsync.claim.TaskSource;
import pgsync.cluster.Role;
import pgsync.error.Trouble;
import pgsync.task.Counts;
import pgsync.task.Fence;
import pgsync.task.NodeId;
import pgsync.task.Outcome;
import pgsync.task.RunId;
import pgsync.task.TableDifferences;
import pgsync.task.TaskId;

class MetricsTest {
    @Test
    void every_metric_is_there_before_anything_happened() {
        try (var ground = HttpGround.open()) {
            var answer = ground.get("/metrics");

            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
            assertThat(answer.body().lines())
                    .contains(
                            "pgsync_runs_total{result=\"done\"} 0.0",
                            "pgsync_runs_total{result=\"failed\"} 0.0",
                            "pgsync_run_duration_seconds_count 0",
                            "pgsync_rows_total{op=\"upserted\"} 0.0",
                            "pgsync_rows_total{op=\"deleted\"} 0.0",
                            "pgsync_bytes_total{direction=\"read\"} 0.0",
                            "pgsync_tasks{state=\"pending\"} 0.0",
                            "pgsync_queue_depth 7.0",
                            "pgsync_fence_rejections_total 0.0",
                            "pgsync_requeues_total 0.0",
                            "pgsync_retries_total{sqlstate_class=\"08\"} 0.0",
                            "pgsync_cluster_members{role=\"coordinator\"} 1.0",
                            "pgsync_cluster_members{role=\"worker\"} 0.0",
                            "pgsync_verify_differences NaN",
                            "pgsync_target_up 1.0")
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                    .anyMatch(line -> line.startsWith("process_cpu_seconds_total "))
                    .anyMatch(line -> line.startsWith("process_start_time_seconds "));
        }
    }

    @Test
    void the_differences_are_those_of_the_last_verification_that_ended() {
        try (var ground = HttpGround.open()) {
            ground.verified(ground.run("done"), new TableDifferences(100, 99, 3, 2, 1, 0, List.of()));
            ground.run("done");
            assertThat(ground.get("/metrics").body().lines()).contains("pgsync_verify_differences 6.0");

            ground.verified(ground.run("done"), new TableDifferences(100, 100, 0, 0, 0, 0, List.of()));
            assertThat(ground.get("/metrics").body().lines()).contains("pgsync_verify_differences 0.0");
        }
    }

    @Test
    void runs_and_tables_are_those_of_the_target_whoever_is_asked() {
        try (var ground = HttpGround.open()) {
            ground.run("done");
            ground.run("done");
            ground.run("failed");
            ground.sql(
                    "insert into pgsync.forgotten_runs (state, runs, seconds) values ('done', 40, 400), ('cancelled', 2, 1)");
            var run = ground.run("running");
            ground.node.members.add(FakeNode.member(new NodeId(UUID.randomUUID()), "w", Role.WORKER));
            ground.sql("""
                insert into pgsync.table_state (schema_name, table_name, source_identity, last_success)
                values ('public', E'a "b"\\n\\\\c', 'there', '2026-01-01 00:00:00+00');
                insert into pgsync.task (run_id, schema_name, table_name, kind, gate, spec) values ('%s', 'public', 'x', 'UPSERT', 'x', '{}')
                """.formatted(run));

            assertThat(ground.get("/metrics").body().lines())
                    .contains(
                            "pgsync_runs_total{result=\"done\"} 42.0",
                            "pgsync_runs_total{result=\"failed\"} 1.0",
                            "pgsync_runs_total{result=\"cancelled\"} 2.0",
                            "pgsync_run_duration_seconds_count 45",
                            "pgsync_tasks{state=\"pending\"} 1.0",
                            "pgsync_cluster_members{role=\"worker\"} 1.0",
                            "pgsync_table_last_success_timestamp_seconds{schema=\"public\",table=\"a \\\"b\\\"\\n\\\\c\"} 1.7672256E9");
        }
    }

    @Test
    void what_becomes_of_tasks_is_counted_and_still_recorded() {
        var meters = new Meters();
        var recorded = new java.util.ArrayList<Outcome>();
        var tasks = meters.counting(new TaskSource() {
            @Override
            public Optional<Claim> next() {
                return Optional.empty();
            }

            @Override
            public void ended(Claim claim, Outcome outcome) {
                recorded.add(outcome);
            }
        });
        var claim = new Claim(
                new TaskId(1), new RunId(UUID.randomUUID()), new Fence(1), 1, 0, null, null, "incremental", null);

        tasks.ended(claim, new Outcome.Done(new Counts(5, 2, 3, 700)));
        tasks.ended(claim, new Outcome.FenceLost());
        tasks.ended(claim, new Outcome.Failed(Trouble.SERIALIZATION, "", ""));
        tasks.ended(claim, new Outcome.Failed(Trouble.DISK_FULL, "", ""));
        tasks.ended(claim, new Outcome.GivenBack(null));
        meters.requeued(4);

        assertThat(recorded).hasSize(5);
        assertThat(meters.scrape().lines())
                .contains(
                        "pgsync_rows_total{op=\"upserted\"} 5.0",
                        "pgsync_rows_total{op=\"deleted\"} 2.0",
                        "pgsync_rows_total{op=\"unchanged\"} 3.0",
                        "pgsync_bytes_total{direction=\"read\"} 700.0",
                        "pgsync_fence_rejections_total 1.0",
                        "pgsync_retries_total{sqlstate_class=\"40\"} 1.0",
                        "pgsync_requeues_total 4.0");
    }
}
