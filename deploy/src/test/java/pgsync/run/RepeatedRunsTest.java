package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.testground.RandomChanges;
import pgsync.testground.SampleSchema;
import pgsync.testground.Writer;

/** A shop that is synchronized again and again while people use it. */
@Tag("whole-run")
class RepeatedRunsTest {
    private static final int ORDERS = 5_000;
    private static final int WRITERS = 4;

    @Test
    void both_sides_are_equal_after_a_first_run_after_changes_and_after_writers_that_wrote_during_a_run()
            throws SQLException {
        try (var ground = SyncGround.fresh()) {
            fillShop(ground);

            ground.sync().done();
            ground.assertEqual();

            try (var connection = ground.connectSource()) {
                new RandomChanges(1).apply(connection, 500);
            }
            ground.sync().done();
            ground.assertEqual();

            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(i -> Writer.start(ground.sourceServer(), ground.sourceName(), 100 + i))
                    .toList();
            writers.forEach(writer -> writer.awaitChanges(50));
            ground.sync().done();
            writers.forEach(Writer::stop);
            ground.sync().done();
            ground.assertEqual();
        }
    }

    @Test
    void a_first_copy_under_four_writers_shows_one_instant_and_the_next_run_ends_equal() throws SQLException {
        try (var ground = SyncGround.fresh()) {
            fillShop(ground);
            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(i -> Writer.start(ground.sourceServer(), ground.sourceName(), i))
                    .toList();
            writers.forEach(writer -> writer.awaitChanges(50));

            ground.sync().done();

            // One snapshot for all tables: no item without its order, although foreign keys were off while the rows
            // came.
            assertThat(
                            ground.countOnTarget(
                                    "select count(*) from order_items i left join orders o on o.id = i.order_id where o.id is null"))
                    .isZero();
            writers.forEach(Writer::stop);
            ground.sync().done();
            ground.assertEqual();
        }
    }

    @Test
    void a_run_with_nothing_to_do_writes_no_row() {
        try (var ground = SyncGround.fresh()) {
            fillShop(ground);
            ground.sync().done();
            ground.sync().done();
            var writes = writes(ground);
            var rows = physicalRows(ground);

            var again = ground.sync().done();

            assertThat(again.upserted()).isZero();
            assertThat(again.deleted()).isZero();
            assertThat(physicalRows(ground)).isEqualTo(rows);
            // Counters come late, never early: this one changes after whatever the run did, and tells when it has all
            // arrived.
            ground.onTarget("create table marker as select 1 as id", "update marker set id = 2");
            SyncGround.await(
                    "statistics have arrived",
                    () -> ground.countOnTarget("select n_tup_upd from pg_stat_user_tables where relname = 'marker'")
                            == 1);
            assertThat(writes(ground)).isEqualTo(writes);
        }
    }

    private static void fillShop(SyncGround ground) {
        ground.onBoth(SampleSchema.sql());
        try (var connection = ground.connectSource()) {
            SampleSchema.fill(connection, ORDERS, 7);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> writes(SyncGround ground) {
        return ground.onTargetColumn("""
                select relname || ' ' || n_tup_ins || ' ' || n_tup_upd || ' ' || n_tup_del
                  from pg_stat_user_tables where schemaname not in ('pgsync') and schemaname !~ '^pg_' and relname <> 'marker'
                 order by 1
                """);
    }

    /** A row that was written again has another place and another transaction, whatever it holds. */
    private static List<String> physicalRows(SyncGround ground) {
        var tables = ground.onTargetColumn("""
                select quote_ident(relname) from pg_class
                 where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1
                """);
        return tables.stream()
                .map(table -> table + " "
                        + ground.onTargetValue(
                                "select md5(string_agg(ctid || ' ' || xmin, ',' order by ctid)) from only " + table))
                .toList();
    }
}
