package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.testground.RandomChanges;
import pgsync.testground.SampleSchema;

/** A rehearsal reads everything, writes nothing, and tells what the run after it does. */
@Tag("whole-run")
class DryRunTest {
    @Test
    void a_rehearsal_of_a_first_run_writes_nothing_and_tells_what_the_run_will_do() throws SQLException {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth(SampleSchema.sql());
            try (var connection = ground.connectSource()) {
                SampleSchema.fill(connection, 300, 3);
            }

            var rehearsed = ground.sync("dry-run").done();

            assertThat(rehearsed.report().dryRun()).isTrue();
            assertThat(ground.onTargetColumn("select nspname from pg_namespace where nspname = 'pgsync'"))
                    .isEmpty();
            assertThat(ground.countOnTarget("select count(*) from orders")).isZero();
            assertSameCounts(rehearsed, ground.sync().done());
            ground.assertEqual();
        }
    }

    @Test
    void a_rehearsal_of_a_later_run_tells_the_same_counts_as_the_run() throws SQLException {
        try (var ground = SyncGround.fresh()) {
            ground.onBoth(SampleSchema.sql());
            try (var connection = ground.connectSource()) {
                SampleSchema.fill(connection, 300, 3);
            }
            ground.sync().done();
            try (var connection = ground.connectSource()) {
                new RandomChanges(5).apply(connection, 200);
            }
            ground.onSource(
                    "insert into settings values ('restored', 'x')",
                    "delete from settings where name <> 'restored' and ctid = (select min(ctid) from settings)");
            ground.onSource("insert into categories (id, name, updated_at) values (100000, 'restored', '2001-01-01')");
            var log = ground.countOnTarget("select count(*) from pgsync.sync_log");
            var state = ground.onTargetColumn("select s::text from pgsync.table_state s order by 1");
            var rows = ground.countOnTarget("select count(*) from orders");

            var rehearsed = ground.sync("dry-run", "max-delete-percent=100").done();

            assertThat(ground.countOnTarget("select count(*) from pgsync.sync_log"))
                    .isEqualTo(log);
            assertThat(ground.onTargetColumn("select s::text from pgsync.table_state s order by 1"))
                    .isEqualTo(state);
            assertThat(ground.countOnTarget("select count(*) from orders")).isEqualTo(rows);
            assertSameCounts(rehearsed, ground.sync("max-delete-percent=100").done());
            ground.assertEqual();
        }
    }

    private static void assertSameCounts(SyncGround.Ran rehearsed, SyncGround.Ran real) {
        assertThat(real.report().tables()).hasSameSizeAs(rehearsed.report().tables());
        for (var table : rehearsed.report().tables()) {
            var done = real.table(table.table().table());
            assertThat(done.mode()).as(table.table().table()).isEqualTo(table.mode());
            assertThat(done.rowsUpserted() + " upserted, " + done.rowsDeleted() + " deleted")
                    .as(table.table().table())
                    .isEqualTo(table.rowsUpserted() + " upserted, " + table.rowsDeleted() + " deleted");
        }
    }
}
