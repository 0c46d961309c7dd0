package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.coordinator.moment.Horizon;
import pgsync.coordinator.moment.HorizonRule;
import pgsync.local.LocalEngine.Parts;
import pgsync.sql.Step;
import pgsync.worker.session.TargetSession;

/**
 * {@code now()} is the time a transaction began, and its rows are seen when it commits. Updates decide here: rows that are missing
 * would be found by the comparison of keys, stale values by nothing but the horizon.
 */
@Tag("whole-run")
class LateCommitsTest {
    private static final String TABLE = """
            create table entry (id int primary key, value text not null, updated_at timestamptz not null default now());
            create index on entry (updated_at)
            """;
    private static final int ROWS = 1_000;
    private static final int TRANSACTIONS = 200;
    private static final int AT_A_TIME = 20;
    /** Longer than the margin that the product takes off the horizon, so that the margin alone cannot save the row. */
    private static final int HELD_SECONDS = 6;

    @Test
    void every_update_of_transactions_that_commit_late_arrives_whatever_runs_they_overlap() throws Exception {
        try (var ground = SyncGround.with(TABLE);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            fill(ground);
            ground.sync().done();
            var chance = new SplittableRandom(20261123);
            var queues = new ArrayList<List<Double>>();
            for (var queue = 0; queue < AT_A_TIME; queue++) {
                queues.add(new ArrayList<>());
            }
            for (var i = 0; i < TRANSACTIONS; i++) {
                queues.get(i % AT_A_TIME).add(secondsHeld(i, chance.nextDouble()));
            }

            var writing = new ArrayList<Future<Void>>();
            for (var queue = 0; queue < AT_A_TIME; queue++) {
                writing.add(threads.submit(transactions(ground, queue, queues.get(queue))));
            }
            var runs = 0;
            while (writing.stream().anyMatch(w -> !w.isDone())) {
                ground.sync().done();
                runs++;
            }
            for (var one : writing) {
                one.get();
            }
            ground.sync().done();

            ground.assertEqual();
            assertThat(runs).as("runs while transactions were open").isGreaterThan(3);
            assertThat(ground.countOnTarget("select count(*) from entry where value <> 'first'"))
                    .isGreaterThanOrEqualTo(TRANSACTIONS);
        }
    }

    /** From 0.1 to 5 seconds, most of them short. Both ends occur, and two are longer than the margin. */
    private static double secondsHeld(int number, double chance) {
        return switch (number) {
            case 0, 1 -> HELD_SECONDS + 1;
            case 2, 3 -> 5;
            case 4, 5 -> 0.1;
            default -> 0.1 + 4.9 * Math.pow(chance, 4);
        };
    }

    /** Each stamps when it begins, updates rows of its own, waits, inserts one and commits. */
    private static Callable<Void> transactions(SyncGround ground, int queue, List<Double> held) {
        return () -> {
            try (var connection = ground.connectSource()) {
                connection.setAutoCommit(false);
                for (var i = 0; i < held.size(); i++) {
                    var own = queue + AT_A_TIME * i;
                    execute(
                            connection,
                            "update entry set value = 'late " + own + "', updated_at = now() where id % " + TRANSACTIONS
                                    + " = " + own);
                    execute(connection, "select pg_sleep(" + held.get(i) + ")");
                    execute(connection, "insert into entry (id, value) values (" + (ROWS + own) + ", 'new')");
                    connection.commit();
                }
            }
            return null;
        };
    }

    /**
     * One source, three targets, one transaction: it begins, stamps a row, others commit and are synchronized, it commits, and
     * everything is synchronized once more. What the three do with its row is the whole difference between the rules.
     */
    @Test
    void the_begin_of_the_oldest_transaction_keeps_an_update_that_snapshot_time_and_greatest_stamp_lose()
            throws Exception {
        try (var ground = SyncGround.with(TABLE);
                var bySnapshot = ground.sibling();
                var byStamp = ground.sibling()) {
            bySnapshot.onTarget(TABLE).parts(horizon(LateCommitsTest::timeOfSnapshot));
            byStamp.onTarget(TABLE).parts(horizon(source -> greatestStamp(byStamp)));
            fill(ground);
            var all = List.of(ground, bySnapshot, byStamp);
            all.forEach(one -> one.sync().done());

            try (var late = ground.connectSource()) {
                late.setAutoCommit(false);
                execute(late, "update entry set value = 'late', updated_at = now() where id = 1");
                execute(late, "select pg_sleep(" + HELD_SECONDS + ")");
                ground.onSource("update entry set value = 'in time', updated_at = now() where id = 2");
                all.forEach(one -> one.sync().done());
                // The greatest stamp is read before the rows of its run arrive, so that rule steps over the late one a
                // run later.
                all.forEach(one -> one.sync().done());
                late.commit();
            }
            all.forEach(one -> one.sync().done());

            ground.assertEqual();
            for (var other : List.of(bySnapshot, byStamp)) {
                assertThat(other.onTargetValue("select value from entry where id = 2"))
                        .isEqualTo("in time");
                assertThat(other.onTargetValue("select value from entry where id = 1"))
                        .as(
                                "a rule that does not ask for the oldest transaction must lose this row, or the test shows nothing")
                        .isEqualTo("first");
            }
        }
    }

    private static Parts horizon(HorizonRule rule) {
        return new Parts(settings -> rule, TargetSession.FenceCheck.inTarget());
    }

    /** As the product does it, less the one thing: who else is running. */
    private static Horizon timeOfSnapshot(io.vertx.sqlclient.SqlConnection source) {
        var now = Step.await(
                        "read the clock",
                        () -> source.query("select clock_timestamp() - interval '5 s'")
                                .execute())
                .iterator()
                .next()
                .getOffsetDateTime(0);
        return new Horizon.Known(now, null);
    }

    private static Horizon greatestStamp(SyncGround ground) {
        try (var connection = ground.connectTarget();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select coalesce(max(updated_at), '2000-01-01Z') from entry")) {
            row.next();
            return new Horizon.Known(row.getObject(1, OffsetDateTime.class), null);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_source_with_a_prepared_transaction_keeps_watermarks_where_they_are() throws SQLException {
        var server = PreparingServer.SHARED;
        try (var ground = SyncGround.between(server, server)) {
            ground.onBoth(TABLE);
            fill(ground);
            ground.sync().done();
            var before = ground.onTargetValue("select watermark from pgsync.table_state");
            ground.onSource(
                    "begin; update entry set value = 'prepared', updated_at = now() where id = 3; prepare transaction 'p'");
            ground.onSource("update entry set value = 'plain', updated_at = now() where id = 4");

            var during = ground.sync().done();

            assertThat(during.warnings()).anySatisfy(w -> assertThat(w).contains("prepared transactions"));
            assertThat(ground.onTargetValue("select watermark from pgsync.table_state"))
                    .isEqualTo(before);
            assertThat(ground.onTargetValue("select value from entry where id = 4"))
                    .isEqualTo("plain");
            ground.onSource("commit prepared 'p'");
            ground.sync().done();
            ground.assertEqual();
            assertThat(ground.onTargetValue("select watermark > '" + before + "' from pgsync.table_state"))
                    .isEqualTo("t");
        }
    }

    @Test
    void a_role_that_sees_nobody_else_is_told_so_and_loses_nothing_within_the_overlap() throws SQLException {
        try (var ground = SyncGround.with(TABLE)) {
            ground.onSource(
                    "do $$ begin if not exists (select from pg_roles where rolname = 'sees_nobody') then "
                            + "create role sees_nobody login password 'sees nobody'; end if; end $$",
                    "grant select on entry to sees_nobody");
            ground.sourceRole("sees_nobody", "sees nobody");
            fill(ground);
            assertThat(ground.sync("overlap=60s").done().warnings())
                    .anySatisfy(w -> assertThat(w).contains("pg_read_all_stats"));

            try (var late = ground.connectSource()) {
                late.setAutoCommit(false);
                execute(late, "update entry set value = 'late', updated_at = now() where id = 1");
                ground.onSource("update entry set value = 'in time', updated_at = now() where id = 2");
                ground.sync("overlap=60s").done();
                late.commit();
            }
            ground.sync("overlap=60s").done();

            ground.assertEqual();
        }
    }

    /** The rule must not fall back to the clock of this machine or of the target. */
    @Test
    void the_watermark_is_the_begin_of_the_oldest_open_transaction_less_the_margin() throws SQLException {
        try (var ground = SyncGround.with(TABLE);
                var open = ground.connectSource()) {
            fill(ground);
            open.setAutoCommit(false);
            String began;
            try (var statement = open.createStatement();
                    var row = statement.executeQuery("select now() at time zone 'UTC'")) {
                row.next();
                began = row.getString(1);
            }

            ground.sync().done();
            ground.sync().done();

            assertThat(ground.onTargetValue("select (watermark at time zone 'UTC') = timestamp '" + began
                            + "' - interval '5 s' from pgsync.table_state"))
                    .isEqualTo("t");
        }
    }

    private static void fill(SyncGround ground) {
        ground.onSource(
                "insert into entry select i, 'first', '2025-01-01' from generate_series(0, " + (ROWS - 1) + ") i");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
