package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.claim.Claim;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Surroundings;
import pgsync.coordinator.moment.OldestTransaction;
import pgsync.error.RunHeld;
import pgsync.local.LocalEngine.Parts;
import pgsync.task.Fence;
import pgsync.task.NodeId;
import pgsync.task.Outcome;
import pgsync.task.RunId;
import pgsync.task.TaskId;
import pgsync.task.TaskSpec;
import pgsync.task.Work;
import pgsync.time.Pause;
import pgsync.worker.apply.TaskRunner;
import pgsync.worker.session.TargetSession.FenceCheck;

/** What runs leave in schema {@code pgsync}, and how runs keep out of each other's way by it. */
@Tag("whole-run")
class BooksTest {
    private static final String TABLES = """
            create table item (id int primary key, value text, updated_at timestamptz);
            create table other (id int primary key, value text, updated_at timestamptz)
            """;

    @Test
    void history_has_one_exact_line_for_each_table_and_run() {
        try (var ground = filled()) {
            var first = ground.sync().done();
            ground.onSource(
                    "update item set value = 'changed', updated_at = now() where id <= 3",
                    "delete from item where id = 100",
                    "insert into item values (200, 'new', now()), (201, 'new', now())");
            var second = ground.sync().done();
            ground.sync("reconcile").done();

            assertThat(ground.onTargetColumn("""
                            select concat_ws(' ', schema_name, table_name, mode, status, rows_upserted, rows_deleted, rows_unchanged,
                                             coalesce(error, '-'), start_time <= end_time, bytes > 0)
                              from pgsync.sync_log order by id
                            """))
                    .containsExactlyInAnyOrder(
                            "public item copy done 100 0 0 - t t",
                            "public other copy done 10 0 0 - t t",
                            "public item incremental done 5 1 0 - t t",
                            "public other incremental done 0 0 0 - t f",
                            "public item reconcile done 0 0 0 - t f",
                            "public other reconcile done 0 0 0 - t f");
            assertThat(ground.onTargetColumn("select distinct run_id::text from pgsync.sync_log"))
                    .contains(
                            first.report().run().toString(),
                            second.report().run().toString())
                    .hasSize(3);
            assertThat(ground.onTargetColumn("""
                            select table_name from pgsync.sync_log l join pgsync.run r on r.id = l.run_id
                             where l.watermark_to is distinct from r.horizon
                            """))
                    .as("the watermark is the horizon of the run")
                    .isEmpty();
            assertThat(ground.onTargetColumn("""
                            select table_name from (select table_name, watermark_from,
                                                           lag(watermark_to) over (partition by table_name order by id) as before
                                                      from pgsync.sync_log) l
                             where watermark_from is distinct from before
                            """))
                    .as("each run starts where the one before ended")
                    .isEmpty();
            assertThat(ground.onTargetColumn("select distinct state from pgsync.run"))
                    .isEqualTo(List.of("done"));
        }
    }

    @Test
    void a_watermark_never_moves_back_by_what_a_margin_covers() {
        try (var ground = filled()) {
            ground.sync().done();
            ground.onTarget(
                    "update pgsync.table_state set watermark = now() - interval '2 seconds' where table_name = 'item'");
            var ahead = ground.watermark("item");

            assertThat(ground.sync().done().table("item").mode()).isEqualTo("incremental");

            assertThat(ground.watermark("item")).isEqualTo(ahead);
        }
    }

    /** As of a copy of its disk: of the same timeline, with a log that ends earlier. */
    @Test
    void a_table_is_compared_whole_when_the_source_was_set_back_and_until_a_run_has_done_so() {
        try (var ground = filled()) {
            ground.sync().done();
            ground.onTarget(
                    "update pgsync.table_state set source_position = '1/9000000000000000' where table_name = 'item'",
                    "update item set value = 'newer than the source'",
                    "alter table item add constraint refuses check (value <> 'first') not valid");

            ground.sync();
            ground.onTarget("alter table item drop constraint refuses");
            var ran = ground.sync().done();

            ground.assertEqual();
            assertThat(ran.table("item").mode()).isEqualTo("reconcile");
            assertThat(ground.sync().done().table("item").mode()).isEqualTo("incremental");
        }
    }

    /** Put an hour back, or of another machine after a failover: what changed within that hour lies behind the watermark. */
    @Test
    void a_table_is_compared_whole_when_the_clock_of_the_source_went_back() {
        try (var ground = filled()) {
            ground.sync().done();
            ground.onTarget(
                    "update pgsync.table_state set watermark = now() + interval '1 hour' where table_name = 'item'");
            ground.onSource("update item set value = 'changed', updated_at = now() - interval '10 minutes'");

            var ran = ground.sync().done();

            ground.assertEqual();
            assertThat(ran.table("item").mode()).isEqualTo("reconcile");
            assertThat(ran.warnings()).anySatisfy(w -> assertThat(w).contains("not as far as it was", "public.item"));
            assertThat(ground.onTargetValue(
                            "select watermark < now() from pgsync.table_state where table_name = 'item'"))
                    .isEqualTo("t");
            ground.onSource("update item set value = 'changed again', updated_at = now()");
            assertThat(ground.sync().done().table("item").mode()).isEqualTo("incremental");
            ground.assertEqual();
        }
    }

    @Test
    void two_runs_exclude_each_other_on_a_table_and_not_on_others() throws Exception {
        try (var ground = filled();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ground.sync().done();
            ground.onSource(
                    "update item set value = 'changed', updated_at = now()",
                    "update other set value = 'changed', updated_at = now()");
            var writing = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            ground.parts(fence((connection, claim) -> {
                writing.countDown();
                await(goOn);
                return FenceCheck.inTarget().holds(connection, claim);
            }));
            var first = threads.submit(() -> ground.sync("include=item"));
            try {
                await(writing);
                ground.parts(Parts.REAL);

                assertThatThrownBy(() -> ground.sync("include=item"))
                        .isInstanceOf(RunHeld.class)
                        .hasMessageContaining("is at work");
                ground.sync("include=other").done();
            } finally {
                goOn.countDown();
            }

            first.get().done();
            ground.assertEqual();
            assertThat(ground.onTargetColumn("select table_name from pgsync.table_state where current_run is not null"))
                    .isEmpty();
        }
    }

    @Test
    void a_run_whose_process_is_gone_is_closed_and_its_claims_fenced_off() {
        try (var ground = filled()) {
            ground.sync().done();
            var abandoned = abandon(ground, "item");
            ground.onSource("update item set value = 'changed', updated_at = now() where id = 1");

            var ran = ground.sync().done();

            assertThat(ran.warnings()).anySatisfy(w -> assertThat(w).contains("without saying so"));
            assertThat(ground.onTargetValue("select state from pgsync.run where id = '" + abandoned.run() + "'"))
                    .isEqualTo("failed");
            assertThat(ground.onTargetValue("select status || ' ' || fence from pgsync.task where id = "
                            + abandoned.task().value()))
                    .isEqualTo("CANCELLED 8");
            assertThat(ground.onTargetValue("select status || ' ' || error from pgsync.sync_log where run_id = '"
                            + abandoned.run() + "'"))
                    .isEqualTo("failed the process that ran it ended without finishing");
            ground.assertEqual();
        }
    }

    /** The frozen writer woke up: it holds a snapshot from before the change and a claim that was taken away. */
    @Test
    void a_writer_that_was_overtaken_changes_nothing() throws SQLException {
        try (var ground = filled()) {
            assertThat(wakeUpOvertakenWriter(ground, FenceCheck.inTarget())).isInstanceOf(Outcome.FenceLost.class);
            ground.assertEqual();
        }
    }

    /** The control of the test above: without the fence the frozen writer puts the old value back. */
    @Test
    void without_the_fence_an_overtaken_writer_damages_the_target() throws SQLException {
        try (var ground = filled()) {
            assertThat(wakeUpOvertakenWriter(ground, (connection, claim) -> true))
                    .isInstanceOf(Outcome.Done.class);
            assertThat(ground.onTargetValue("select value from item where id = 1"))
                    .isEqualTo("first");
            assertThat(ground.equal()).isFalse();
        }
    }

    private static Outcome wakeUpOvertakenWriter(SyncGround ground, FenceCheck fence) throws SQLException {
        ground.sync().done();
        try (var frozen = ground.connectSource()) {
            frozen.setAutoCommit(false);
            String snapshot;
            try (var statement = frozen.createStatement()) {
                statement.execute("set transaction isolation level repeatable read");
                try (var row = statement.executeQuery("select pg_export_snapshot()")) {
                    row.next();
                    snapshot = row.getString(1);
                }
            }
            var claim = abandon(ground, "item");
            ground.onSource("update item set value = 'changed', updated_at = now() where id = 1");
            ground.sync().done();
            ground.assertEqual();

            var vertx = io.vertx.core.Vertx.vertx();
            var around = new Surroundings(Map.of(), Path.of("/nowhere"), "postgres", Surroundings.realFiles());
            var settings = ground.settings();
            try (var connector = new Connector(vertx, new NodeId(UUID.randomUUID()), Pause.real());
                    var runner = new TaskRunner(
                            connector,
                            Endpoint.parse(settings.requiredSource().reveal(), around),
                            Endpoint.parse(settings.requiredTarget().reveal(), around),
                            fence,
                            event -> {})) {
                return runner.run(new Claim(
                        claim.task(),
                        claim.run(),
                        claim.fence(),
                        claim.attempt(),
                        0,
                        snapshot,
                        null,
                        claim.mode(),
                        claim.spec()));
            } finally {
                var closing = vertx.close();
                closing.onFailure(e -> {});
            }
        }
    }

    /** Leaves in the target what a run leaves that was killed while it upserted the table. */
    private static Claim abandon(SyncGround ground, String table) {
        var spec = TaskSpec.ofJson(
                ground.onTargetValue("select spec from pgsync.task where table_name = '" + table + "' limit 1"));
        var upsert =
                new TaskSpec(spec.table(), List.of(new Work.Upsert("2000-01-01", null)), null, true, 25, false, false);
        var run = new RunId(UUID.randomUUID());
        var node = new NodeId(UUID.randomUUID());
        ground.onTarget(
                "insert into pgsync.node (id, name, role, version, heartbeat) values ('%s', 'gone', 'local', 'test', now() - interval '1 minute')"
                        .formatted(node),
                """
                insert into pgsync.run (id, mode, state, requested_by, coordinator, started_at, source_identity, settings_fingerprint)
                values ('%s', 'sync', 'running', 'test', '%s', now() - interval '1 minute', 'x', 'x')
                """.formatted(run, node),
                "update pgsync.table_state set current_run = '%s' where table_name = '%s'".formatted(run, table),
                """
                insert into pgsync.task (run_id, schema_name, table_name, kind, gate, status, fence, owner, attempt, started_at, spec)
                values ('%s', 'public', '%s', 'UPSERT', '', 'CLAIMED', 7, '%s', 1, now() - interval '1 minute', '%s')
                """.formatted(run, table, node, upsert.toJson().replace("'", "''")));
        var task = new TaskId(ground.countOnTarget("select id from pgsync.task where run_id = '" + run + "'"));
        return new Claim(task, run, new Fence(7), 1, 0, null, null, "incremental", upsert);
    }

    private static Parts fence(FenceCheck check) {
        return new Parts(settings -> new OldestTransaction(Duration.ofMinutes(10)), check);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new pgsync.error.Stopped("wait in a test", e);
        }
    }

    private static SyncGround filled() {
        var ground = SyncGround.with(TABLES);
        ground.onSource(
                "insert into item select i, 'first', '2025-01-01' from generate_series(1, 100) i",
                "insert into other select i, 'first', '2025-01-01' from generate_series(1, 10) i");
        return ground;
    }
}
