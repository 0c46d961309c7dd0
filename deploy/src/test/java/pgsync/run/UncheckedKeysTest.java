package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.task.TableReport.Status;

/** Foreign keys of the target that a run switched off are looked at when it has written. */
@Tag("whole-run")
class UncheckedKeysTest {
    private static final String TABLES = """
            create table parent (id int primary key, updated_at timestamptz default '2025-01-01');
            create table child (id int primary key, parent int, updated_at timestamptz default '2025-01-01')
            """;
    private static final String KEY = "alter table child add constraint belongs foreign key (parent) references parent";

    @Test
    void rows_that_refer_to_a_table_that_was_not_selected_are_told_without_their_values() {
        try (var ground = SyncGround.with(TABLES)) {
            ground.onTarget(KEY);
            ground.onSource(
                    "insert into parent select generate_series(7001, 7010)",
                    "insert into child select i, case when i <= 10 then 7000 + i end from generate_series(1, 20) i");

            var ran = ground.sync("include=child").done();

            assertThat(ran.warnings()).anySatisfy(w -> assertThat(w).contains("belongs", "10 rows", "public.parent"));
            assertThat(ran.table("child").error()).contains("belongs").doesNotContain("7001");
            assertThat(ran.table("child").remedy()).contains("referred to");
            assertThat(ground.onTargetValue("select status || ' ' || error from pgsync.sync_log"))
                    .startsWith("done 10 rows")
                    .doesNotContain("7001");
            assertThat(ground.sync("include=child").done().warnings())
                    .as("nothing written, nothing asked")
                    .isEmpty();
            assertThat(ground.sync().done().warnings()).as("now they are there").isEmpty();
        }
    }

    @Test
    void every_constraint_of_a_table_that_is_broken_is_named() {
        try (var ground = SyncGround.with(TABLES)) {
            ground.onTarget(
                    "create table uncle (id int primary key)",
                    KEY,
                    KEY.replace("belongs", "also").replace("references parent", "references uncle"));
            ground.onSource("insert into child select i, 7000 + i from generate_series(1, 10) i");

            var ran = ground.sync("include=child").done();

            assertThat(ran.table("child").error()).contains("belongs", "also", "public.parent", "public.uncle");
        }
    }

    @Test
    void a_check_that_cannot_be_made_is_told_and_changes_nothing_else() throws Exception {
        try (var ground = SyncGround.with(TABLES)) {
            ground.onTarget(KEY);
            ground.onSource("insert into child values (1, null)");
            try (var holder = ground.connectTarget()) {
                holder.setAutoCommit(false);
                try (var statement = holder.createStatement()) {
                    statement.execute("lock table parent in access exclusive mode");
                }

                var ran = ground.sync("include=child").done();

                assertThat(ran.warnings()).anySatisfy(w -> assertThat(w).contains("could not be checked"));
                assertThat(ran.table("child").rowsUpserted()).isOne();
                holder.rollback();
            }
        }
    }

    /** ON DELETE SET NULL changes the child without a new stamp, so only the constraint shows that the row is an old one. */
    @Test
    void a_row_that_changed_without_a_stamp_is_found_by_a_constraint_of_both_sides() {
        try (var ground = SyncGround.with(TABLES)) {
            ground.onBoth(KEY + " on delete set null");
            ground.onSource(
                    "insert into parent select generate_series(1, 10)",
                    "insert into child select i, i from generate_series(1, 10) i");
            assertThat(ground.sync().done().warnings()).isEmpty();
            ground.onSource("delete from parent where id = 3");

            var ran = ground.sync();

            assertThat(ran.table("parent").status()).isEqualTo(Status.DONE);
            assertThat(ran.warnings()).anySatisfy(w -> assertThat(w).contains("belongs", "1 rows"));
            assertThat(ran.events()).anySatisfy(e -> assertThat(e.toString()).contains("-reconcile"));
            ground.sync("reconcile").done();
            ground.assertEqual();
        }
    }
}
