package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.task.TableReport.Status;
import pgsync.testground.SampleSchema;

/** A target role that owns its tables and may not switch foreign keys off. */
@Tag("whole-run")
class ForeignKeysTest {
    private static final String ROLE = "owns_tables";

    @Test
    void parents_come_first_and_children_go_first() {
        try (var ground = owned("""
                create table child (id int primary key, parent int not null, updated_at timestamptz default '2025-01-01');
                create table middle (id int primary key, parent int not null, updated_at timestamptz default '2025-01-01');
                create table top (id int primary key, value text, updated_at timestamptz default '2025-01-01');
                alter table child add foreign key (parent) references middle;
                alter table middle add foreign key (parent) references top
                """)) {
            ground.onSource(
                    "insert into top select i, 'first' from generate_series(1, 100) i",
                    "insert into middle select i, i from generate_series(1, 100) i",
                    "insert into child select i, i from generate_series(1, 100) i");

            var first = ground.sync().done();
            assertThat(first.warnings()).anySatisfy(w -> assertThat(w).contains("session_replication_role"));
            ground.assertEqual();

            ground.onSource(
                    "insert into top values (200, 'new', now())",
                    "insert into middle values (200, 200, now())",
                    "insert into child values (200, 200, now())",
                    "update child set parent = 200, updated_at = now() where parent = 1",
                    "delete from middle where id = 1",
                    "delete from child where id = 2",
                    "delete from middle where id = 2",
                    "delete from top where id in (1, 2)");
            ground.sync("batch-size=1").done();
            ground.assertEqual();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-size=3", "batch-size=1000"})
    void a_table_that_refers_to_itself_is_followed_in_any_order_of_its_rows(String batch) {
        try (var ground = owned(
                "create table part (id int primary key, parent int references part, updated_at timestamptz default '2025-01-01')")) {
            ground.onSource(
                    "insert into part select i, case when i < 100 then i + 1 end from generate_series(1, 100) i");
            ground.sync(batch).done();
            ground.assertEqual();
            ground.onSource(
                    "insert into part values (300, 301, now()), (301, 302, now() + interval '1 s'), (302, 1, now() + interval '2 s')",
                    "update part set parent = 300, updated_at = now() where id = 50");

            ground.sync(batch).done();

            ground.assertEqual();
            ground.onSource(
                    "update part set parent = 60, updated_at = now() where parent = 50",
                    "delete from part where id = 50");
            ground.sync(batch).done();
            ground.assertEqual();
        }
    }

    @Test
    void rows_that_refer_to_each_other_in_one_table_go_together() {
        try (var ground = owned(
                "create table part (id int primary key, parent int references part, updated_at timestamptz default '2025-01-01')")) {
            ground.onSource(
                    "insert into part select i, case when i < 100 then i + 1 end from generate_series(1, 100) i");
            ground.sync().done();
            ground.onSource("delete from part where id <= 20");

            ground.sync("batch-size=3").done();

            ground.assertEqual();
        }
    }

    /** One of them has to come first, and neither can: told, not half done. */
    @Test
    void tables_that_refer_to_each_other_fail_with_what_to_do() {
        try (var ground = owned("""
                create table egg (id int primary key, hen int not null, updated_at timestamptz default '2025-01-01');
                create table hen (id int primary key, egg int not null, updated_at timestamptz default '2025-01-01');
                alter table egg add foreign key (hen) references hen deferrable;
                alter table hen add foreign key (egg) references egg deferrable initially deferred;
                create table other (id int primary key)
                """)) {
            ground.onSource(
                    "insert into other values (1)",
                    "begin; set constraints all deferred; insert into egg select i, i from generate_series(1, 50) i; "
                            + "insert into hen select i, 51 - i from generate_series(1, 50) i; commit");

            var ran = ground.sync();

            assertThat(ran.table("egg").status()).isEqualTo(Status.FAILED);
            assertThat(ran.table("egg").error()).contains("egg_hen_fkey");
            assertThat(ran.table("egg").remedy()).contains("session_replication_role");
            assertThat(ran.table("other").status()).isEqualTo(Status.DONE);
            assertThat(ground.countOnTarget("select count(*) from egg")).isZero();
        }
    }

    @Test
    void a_unique_value_that_moved_between_parents_leaves_their_children_alone() {
        try (var ground = owned(FAMILY.formatted("", ""))) {
            fillFamily(ground);
            ground.sync().done();
            swapNames(ground);

            ground.sync().done();

            ground.assertEqual();
        }
    }

    /** Deleting a parent, only to insert it again, would take its heirs with it or their reference from its children, silently. */
    @ParameterizedTest
    @CsvSource({"on delete set null,''", "'',on delete cascade"})
    void a_unique_value_that_moved_between_parents_whose_children_would_follow_is_refused(String first, String second) {
        try (var ground = owned(FAMILY.formatted(first, second))) {
            fillFamily(ground);
            ground.sync().done();
            swapNames(ground);

            var ran = ground.sync();

            assertThat(ran.table("parent").status()).isEqualTo(Status.FAILED);
            assertThat(ran.table("parent").error()).contains("would also change");
            assertThat(ran.table("parent").remedy()).contains("session_replication_role");
            assertThat(ground.countOnTarget("select count(parent) from child")).isEqualTo(3);
            assertThat(ground.countOnTarget("select count(parent) from heir")).isEqualTo(3);
        }
    }

    private static final String FAMILY = """
            create table parent (id int primary key, name text unique, updated_at timestamptz default '2025-01-01');
            create table child (id int primary key, parent int references parent %s, updated_at timestamptz default '2025-01-01');
            create table heir (id int primary key, parent int references parent %s, updated_at timestamptz default '2025-01-01')
            """;

    private static void fillFamily(SyncGround ground) {
        ground.onSource(
                "insert into parent values (1, 'a'), (2, 'b'), (3, 'c')",
                "insert into child values (1, 1), (2, 2), (3, 3)",
                "insert into heir values (1, 1), (2, 2), (3, 3)");
    }

    private static void swapNames(SyncGround ground) {
        ground.onSource(
                "update parent set name = 'parked' where id = 1",
                "update parent set name = 'a', updated_at = now() where id = 2",
                "update parent set name = 'b', updated_at = now() where id = 1");
    }

    @Test
    void a_shop_is_kept_in_step() throws Exception {
        try (var ground = owned(SampleSchema.sql())) {
            try (var connection = ground.connectSource()) {
                SampleSchema.fill(connection, 300, 1);
            }
            ground.sync().done();
            ground.assertEqual();
            try (var connection = ground.connectSource()) {
                new pgsync.testground.RandomChanges(2).apply(connection, 300);
            }

            ground.sync().done();

            ground.assertEqual();
        }
    }

    private static SyncGround owned(String schema) {
        var ground = SyncGround.fresh();
        ground.onSource(schema);
        ground.onTarget(
                "do $$ begin if not exists (select from pg_roles where rolname = '" + ROLE + "') then create role "
                        + ROLE + " login password 'owns'; end if; end $$",
                "grant create on schema public to " + ROLE,
                "do $$ begin execute format('grant create on database %I to " + ROLE + "', current_database()); end $$",
                "set role " + ROLE + ";" + schema);
        return ground.targetRole(ROLE, "owns");
    }
}
