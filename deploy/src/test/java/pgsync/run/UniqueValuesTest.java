package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.task.TableReport;

/** Values of a unique index that move between rows, which no order of single upserts can follow. */
@Tag("whole-run")
class UniqueValuesTest {
    private static final String TABLE = """
            create table login (
                id int primary key, name text not null unique, place int, active boolean not null default true,
                updated_at timestamptz not null default '2025-01-01');
            create unique index on login (lower(name), place) where active
            """;

    /** An archived row has the same name and place as an active one, which a partial index allows. */
    @Test
    void a_row_outside_a_partial_index_is_in_nobodys_way() {
        try (var ground = filled()) {
            ground.onTarget("insert into login (id, name, place, active) values (900, 'Name 1', 1, false)");
            ground.onSource(
                    "update login set name = 'parked' where id = 1",
                    "update login set name = 'name 1', place = 1, updated_at = now() where id = 2",
                    "update login set name = 'name 2', updated_at = now() where id = 1");

            ground.sync("delete=never", "batch-size=1").done();

            assertThat(ground.countOnTarget("select count(*) from login where id = 900"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_row_in_the_way_stays_when_deletes_are_forbidden() {
        try (var ground = filled()) {
            ground.onTarget("insert into login (id, name) values (900, 'wanted')");
            ground.onSource("update login set name = 'wanted', updated_at = now() where id = 1");

            var ran = ground.sync("delete=never");

            assertThat(ran.table("login").status()).isEqualTo(TableReport.Status.FAILED);
            assertThat(ran.table("login").error()).contains("1 target rows", "-delete never keeps them");
            assertThat(ground.countOnTarget("select count(*) from login where id = 900"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-size=1", "batch-size=2", "batch-size=1000"})
    void two_rows_swap_their_values(String batch) {
        try (var ground = filled()) {
            ground.onSource("""
                    begin;
                    update login set name = 'parked' where id = 1;
                    update login set name = 'name 1', updated_at = now() where id = 2;
                    update login set name = 'name 2', updated_at = now() - interval '1 ms' where id = 1;
                    commit
                    """);

            ground.sync(batch).done();

            ground.assertEqual();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-size=1", "batch-size=1000"})
    void a_chain_of_three_hands_its_values_on(String batch) {
        try (var ground = filled()) {
            ground.onSource(
                    "update login set name = 'fresh', updated_at = now() where id = 3",
                    "update login set name = 'name 3', updated_at = now() where id = 2",
                    "update login set name = 'name 2', updated_at = now() where id = 1");

            var ran = ground.sync(batch).done();

            ground.assertEqual();
            assertThat(ran.table("login").rowsUpserted()).isGreaterThanOrEqualTo(3);
        }
    }

    /** The first row of the batch wants a value whose holder is read last, so the holder has to be fetched before its turn. */
    @ParameterizedTest
    @ValueSource(strings = {"batch-size=1", "batch-size=1000"})
    void a_chain_whose_last_link_has_the_oldest_stamp_is_followed_backwards(String batch) {
        try (var ground = filled()) {
            ground.onSource(
                    "update login set name = 'fresh', updated_at = now() where id = 3",
                    "update login set name = 'name 3', updated_at = now() - interval '1 s' where id = 2",
                    "update login set name = 'name 2', updated_at = now() - interval '2 s' where id = 1");

            ground.sync(batch).done();

            ground.assertEqual();
        }
    }

    /** Each row wants the value of the next one, so that a batch pulls all the others behind it, one after the other. */
    @ParameterizedTest
    @ValueSource(strings = {"timestamp=updated_at", "timestamp=none"})
    void a_value_of_every_row_moves_on_to_the_next(String timestamp) {
        try (var ground = filled()) {
            ground.onSource("""
                    begin;
                    update login set name = 'parked ' || id;
                    update login set name = 'name ' || id + 1, updated_at = clock_timestamp();
                    delete from login where id = 7;
                    insert into login values (900, 'name 1', 1, true, clock_timestamp());
                    commit
                    """);

            var ran = ground.sync("batch-size=2", timestamp).done();

            ground.assertEqual();
            assertThat(ran.upserted()).isEqualTo(ground.countOnTarget("select count(*) from login"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-size=1", "batch-size=1000"})
    void the_value_of_a_deleted_row_serves_a_new_one(String batch) {
        try (var ground = filled()) {
            ground.onSource(
                    "delete from login where id = 1",
                    "insert into login values (101, 'name 1', 1, true, now())",
                    "delete from login where id = 2",
                    "update login set name = 'name 2', updated_at = now() where id = 3");

            ground.sync(batch).done();

            ground.assertEqual();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-size=1", "batch-size=1000"})
    void a_value_moves_within_a_partial_index_over_an_expression(String batch) {
        try (var ground = filled()) {
            ground.onSource(
                    "update login set active = false, updated_at = now() where id = 5",
                    "update login set name = 'NAME 5', place = 5, updated_at = now() where id = 6",
                    "update login set name = 'Name 5', place = 7, updated_at = now() where id = 7");

            ground.sync(batch).done();

            ground.assertEqual();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-size=1", "batch-size=1000"})
    void values_that_moved_are_followed_by_a_comparison_of_everything_too(String batch) {
        try (var ground = filled()) {
            ground.onSource(
                    "update login set name = 'n ' || id where id <= 50",
                    "update login set name = 'name ' || (51 - id) where id <= 50");

            ground.sync("reconcile", batch).done();

            ground.assertEqual();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-size=1", "batch-size=1000"})
    void a_deferrable_unique_constraint_is_followed(String batch) {
        try (var ground = SyncGround.with(
                "create table login (id int primary key, place int unique deferrable initially deferred, updated_at timestamptz default '2025-01-01')")) {
            ground.onSource("insert into login select i, i from generate_series(1, 20) i");
            ground.sync().done();
            ground.onSource("update login set place = 21 - place, updated_at = now()");

            ground.sync(batch).done();

            ground.assertEqual();
        }
    }

    private static SyncGround filled() {
        var ground = SyncGround.with(TABLE);
        ground.onSource("insert into login select i, 'name ' || i, i from generate_series(1, 100) i");
        ground.sync().done();
        return ground;
    }
}
