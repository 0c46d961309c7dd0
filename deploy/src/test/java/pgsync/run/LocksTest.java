package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that somebody else holds exclusively: no run hangs on one without saying so. */
@Tag("whole-run")
class LocksTest {
    private static final String TABLES = """
            create table held (id int primary key, updated_at timestamptz default '2025-01-01');
            create table free (id int primary key, updated_at timestamptz default '2025-01-01')
            """;

    @Test
    void a_locked_source_table_is_named_and_tried_again() throws Exception {
        try (var ground = SyncGround.with(TABLES)) {
            ground.sync().done();
            ground.onSource("insert into held select generate_series(1, 10)", "insert into free values (1)");
            var run = new FutureTask<>(ground::sync);
            try (var holder = ground.connectSource()) {
                holder.setAutoCommit(false);
                try (var statement = holder.createStatement()) {
                    statement.execute("lock table held in access exclusive mode");
                }
                Thread.ofVirtual().start(run);
                SyncGround.await(
                        "the attempt gives up",
                        () -> ground.countOnTarget(
                                        "select count(*) from pgsync.task where table_name = 'held' and last_error like '%lock timeout%'")
                                > 0);
                holder.rollback();
            }

            var ran = run.get(5, TimeUnit.MINUTES).done();

            ground.assertEqual();
            assertThat(ran.warnings())
                    .anySatisfy(w -> assertThat(w).contains("held").contains("lock timeout"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1", "create publication in_part for table held (id)"})
    void a_locked_target_table_does_not_stop_the_planning(String onTarget) throws Exception {
        try (var ground = SyncGround.with(TABLES)) {
            ground.onTarget(onTarget);
            ground.onSource("insert into held select generate_series(1, 10)", "insert into free values (1)");
            var run = new FutureTask<>(ground::sync);
            try (var holder = ground.connectTarget()) {
                holder.setAutoCommit(false);
                try (var statement = holder.createStatement()) {
                    statement.execute("lock table held in access exclusive mode");
                }
                Thread.ofVirtual().start(run);
                SyncGround.await(
                        "the other table arrives", () -> ground.countOnTarget("select count(*) from free") == 1);
                holder.rollback();
            }

            var ran = run.get(5, TimeUnit.MINUTES).done();

            ground.assertEqual();
            assertThat(ran.warnings()).anySatisfy(w -> assertThat(w).contains("locked it on the target"));
        }
    }
}
