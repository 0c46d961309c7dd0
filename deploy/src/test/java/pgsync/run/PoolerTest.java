package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.testground.SampleSchema;
import pgsync.testground.TestServers;

/** PgBouncer in transaction mode on both sides: nothing of a session outlives its transaction. */
@Tag("whole-run")
class PoolerTest {
    @BeforeEach
    void only_with_pgbouncer() {
        Assumptions.assumeTrue(Pooler.installed().isPresent(), "PgBouncer is not installed (package pgbouncer)");
        Assumptions.assumeFalse(TestServers.inContainers(), "the servers must be reachable from a process of ours");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "table"})
    void first_copy_changes_and_deletes_go_through_poolers(String consistency) throws Exception {
        var server = TestServers.shared(TestServers.DEFAULT_MAJOR);
        try (var ground = SyncGround.with(SampleSchema.sql());
                var source = Pooler.before(server);
                var target = Pooler.before(server)) {
            ground.through(source.url(ground.sourceName()), target.url(ground.targetName()));
            try (var connection = ground.connectSource()) {
                SampleSchema.fill(connection, 300, 1);
            }
            ground.sync().done();
            ground.assertEqual();
            try (var connection = ground.connectSource()) {
                new pgsync.testground.RandomChanges(2).apply(connection, 300);
            }

            var second =
                    ground.sync("batch-size=10", "consistency=" + consistency).done();

            ground.assertEqual();
            assertThat(second.deleted()).isPositive();
            assertThat(ground.sync().done().upserted()).isZero();
        }
    }

    /** What it holds is found by the name that the pooler passes on, though the connection is the pooler's. */
    @Test
    void a_dead_run_behind_a_pooler_is_closed_and_its_transaction_ended() throws Exception {
        var server = TestServers.shared(TestServers.DEFAULT_MAJOR);
        var dead = java.util.UUID.randomUUID();
        try (var ground = SyncGround.with(
                        "create table a (id int primary key, updated_at timestamptz default '2025-01-01')");
                var source = Pooler.before(server);
                var target = Pooler.before(server)) {
            ground.through(source.url(ground.sourceName()), target.url(ground.targetName()));
            ground.onSource("insert into a select generate_series(1, 10)");
            ground.sync().done();
            ground.onTarget(
                    "insert into pgsync.node (id, name, role, version, heartbeat) values ('" + dead
                            + "', 'd', 'local', 'x', now() - interval '1 hour')",
                    "insert into pgsync.run (id, mode, state, requested_by, coordinator, source_identity, settings_fingerprint) values ('"
                            + dead + "', 'sync', 'running', 'test', '" + dead + "', 'x', 'x')",
                    "update pgsync.table_state set current_run = '" + dead + "'");
            try (var frozen = target.connect(ground.targetName(), "pgsync " + dead)) {
                frozen.setAutoCommit(false);
                try (var statement = frozen.createStatement()) {
                    statement.execute("update pgsync.table_state set mode = 'stale'");
                }
                ground.onSource("insert into a values (11, now())");

                ground.sync().done();

                ground.assertEqual();
                assertThat(ground.onTargetValue("select state from pgsync.run where id = '" + dead + "'"))
                        .isEqualTo("failed");
            }
        }
    }
}
