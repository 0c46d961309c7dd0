package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.event.RunEvent;
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

    /** No stamp finds them, only the comparison of keys, which deletes children first; but what is missing comes parents first. */
    @Test
    void missing_rows_with_old_stamps_come_parents_first() {
        try (var ground = owned("""
                create table parent (id int primary key, updated_at timestamptz default '2025-01-01');
                create table child (id int primary key, parent int not null references parent, updated_at timestamptz default '2025-01-01')
                """)) {
            ground.onSource(
                    "insert into parent select generate_series(1, 10)",
                    "insert into child select i, i from generate_series(1, 10) i");
            ground.sync().done();
            ground.onSource("insert into parent values (11), (12)", "insert into child values (11, 11), (12, 12)");

            ground.sync().done();

            ground.assertEqual();
        }
    }

    /** Deferrable or not, with or without NOT NULL: one statement writes all of them, and PostgreSQL looks when it has ended. */
    @ParameterizedTest
    @ValueSource(strings = {"", "deferrable", "deferrable initially deferred"})
    void tables_that_refer_to_each_other_go_in_one_statement(String deferrable) {
        try (var ground = owned(CIRCLE.formatted(deferrable, deferrable))) {
            fillCircle(ground);

            var first = ground.sync().done();

            ground.assertEqual();
            assertThat(first.upserted()).isEqualTo(201);
            ground.onSource(
                    // A new pair, and one that no stamp shows.
                    "with e as (insert into egg values (200, 200, 'new', now())) insert into hen values (200, 200, now())",
                    "with e as (insert into egg values (201, 201, 'old')) insert into hen values (201, 201)",
                    "update egg set hen = 200, updated_at = now() where id = 1",
                    "update hen set egg = 201, updated_at = now() where id = 2",
                    "delete from feather where hen in (5, 46, 7, 44)",
                    "with e as (delete from egg where id in (5, 46)) delete from hen where id in (5, 46)",
                    "with e as (delete from egg where id in (7, 44)) delete from hen where id in (7, 44)",
                    "insert into feather values (300, 200, now()), (301, 201, now())");

            var second = ground.sync("batch-size=1").done();

            ground.assertEqual();
            assertThat(second.upserted()).isEqualTo(8);
            assertThat(second.deleted()).isEqualTo(16);
            assertThat(ground.sync().done().upserted()).isZero();
        }
    }

    @Test
    void a_unique_value_that_moved_within_a_circle_arrives() {
        try (var ground = owned(CIRCLE.formatted("", ""))) {
            fillCircle(ground);
            ground.sync().done();
            ground.onSource(
                    "update egg set name = 'parked' where id = 1",
                    "update egg set name = 'egg 1', updated_at = now() where id = 2",
                    "update egg set name = 'egg 2', updated_at = now() where id = 1");

            var second = ground.sync().done();

            ground.assertEqual();
            assertThat(second.upserted()).isEqualTo(2);
        }
    }

    /** What stops one of them stops all of them, and tables outside go on. */
    @Test
    void a_circle_fails_as_one_and_writes_nothing() {
        try (var ground = owned(CIRCLE.formatted("", ""))) {
            fillCircle(ground);
            ground.onTarget("alter table hen add constraint small check (id < 50)");

            var ran = ground.sync();

            assertThat(ran.table("egg").status()).isEqualTo(Status.FAILED);
            assertThat(ran.table("hen").status()).isEqualTo(Status.FAILED);
            assertThat(ran.table("egg").error() + ran.table("hen").error())
                    .contains("small")
                    .contains("together with");
            assertThat(ran.table("other").status()).isEqualTo(Status.DONE);
            assertThat(ground.countOnTarget("select (select count(*) from egg) + (select count(*) from hen)"))
                    .isZero();
            ground.onTarget("alter table hen drop constraint small");
            ground.sync().done();
            ground.assertEqual();
        }
    }

    @Test
    void the_guard_stops_a_circle_as_one() {
        try (var ground = owned(CIRCLE.formatted("", ""))) {
            fillCircle(ground);
            ground.sync().done();
            ground.onSource(
                    "delete from feather where hen not between 21 and 30",
                    "with e as (delete from egg where id not between 21 and 30) delete from hen where id not between 21 and 30");

            var ran = ground.sync();

            assertThat(ran.table("egg").status()).isEqualTo(Status.GUARD);
            assertThat(ran.table("hen").status()).isEqualTo(Status.GUARD);
            assertThat(ground.countOnTarget("select count(*) from hen")).isEqualTo(50);
            ground.sync("force-deletes").done();
            ground.assertEqual();
        }
    }

    /** Whatever breaks a run between two transactions, no table of a circle is ahead of the others for good. */
    @Test
    void a_circle_is_followed_while_it_changes_and_connections_break() throws Exception {
        try (var ground = owned(CIRCLE.formatted("", ""))) {
            fillCircle(ground);
            // The backend ends in the middle of the statement: at the 30th hen that comes, and at the 3rd after these.
            ground.onTarget("""
                    create sequence hits;
                    grant usage on sequence hits to public;
                    create function hit() returns trigger language plpgsql as $$ begin
                        if nextval('public.hits') in (30, 103) then perform pg_terminate_backend(pg_backend_pid()); end if;
                        return coalesce(new, old);
                    end $$;
                    create trigger hit before insert or delete on hen for each row execute function hit();
                    """);
            var stop = new java.util.concurrent.atomic.AtomicBoolean();
            var writer = Thread.ofVirtual().start(() -> {
                for (var i = 1_000; !stop.get(); i++) {
                    ground.onSource(
                            "with e as (insert into egg values (%1$d, %1$d, 'w %1$d', now())) insert into hen values (%1$d, %1$d, now())"
                                    .formatted(i),
                            "with e as (delete from egg where id = %1$d) delete from hen where id = %1$d"
                                    .formatted(i - 3),
                            "update egg set name = 'u %1$d', updated_at = now() where id = %1$d".formatted(i - 1));
                }
            });
            try {
                for (var run = 0; run < 4; run++) {
                    ground.sync().done();
                }
            } finally {
                stop.set(true);
                writer.join();
            }
            ground.sync().done();
            ground.assertEqual();
            assertThat(ground.countOnTarget("select last_value from hits")).isGreaterThan(100);
        }
    }

    /** As for single tables, in MeanwhileTest: what the source has again by now is not deleted. */
    @Test
    void rows_of_a_circle_that_the_source_has_again_by_now_stay() {
        try (var ground = owned(CIRCLE.formatted("", ""))) {
            fillCircle(ground);
            ground.sync().done();
            ground.onSource(
                    "delete from feather where hen in (5, 46, 7, 44)",
                    "with e as (delete from egg where id in (5, 46)) delete from hen where id in (5, 46)",
                    "with e as (delete from egg where id in (7, 44)) delete from hen where id in (7, 44)");
            var back = new java.util.concurrent.atomic.AtomicBoolean();

            ground.sync(event -> {
                        if (event instanceof RunEvent.Detail detail
                                && detail.text().contains("buckets of keys differ")
                                && !back.getAndSet(true)) {
                            ground.onSource("with e as (insert into egg values (5, 46, 'egg 5'), (46, 5, 'egg 46'))"
                                    + " insert into hen values (5, 46), (46, 5)");
                        }
                    })
                    .done();

            assertThat(ground.onTargetColumn("select id from hen where id in (5, 46, 7, 44) order by id"))
                    .containsExactly("5", "46");
        }
    }

    @Test
    void a_circle_without_a_key_is_refused_before_anything_is_written() {
        try (var ground = owned("""
                create table egg (id int unique, hen int, updated_at timestamptz default '2025-01-01');
                create table hen (id int primary key, egg int references egg (id), updated_at timestamptz default '2025-01-01');
                alter table egg add foreign key (hen) references hen
                """)) {
            var ran = ground.sync();

            assertThat(ran.table("egg").status()).isEqualTo(Status.SKIPPED);
            assertThat(ran.table("hen").status()).isEqualTo(Status.SKIPPED);
            assertThat(ran.table("hen").error())
                    .contains("circle of foreign keys")
                    .contains("egg");
            assertThat(ran.table("hen").remedy()).contains("session_replication_role");
        }
    }

    private static final String CIRCLE = """
            create table egg (id int primary key, hen int not null, name text unique, updated_at timestamptz default '2025-01-01');
            create table hen (id int primary key, egg int not null, updated_at timestamptz default '2025-01-01');
            alter table egg add foreign key (hen) references hen %s;
            alter table hen add foreign key (egg) references egg %s;
            create table feather (id int primary key, hen int not null references hen, updated_at timestamptz default '2025-01-01');
            create table other (id int primary key)
            """;

    private static void fillCircle(SyncGround ground) {
        ground.onSource(
                "insert into other values (1)",
                "with e as (insert into egg select i, i, 'egg ' || i from generate_series(1, 50) i) "
                        + "insert into hen select i, 51 - i from generate_series(1, 50) i",
                "insert into feather select i, (i + 1) / 2 from generate_series(1, 100) i");
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

    @ParameterizedTest
    @CsvSource({"on delete set null,''", "'',on delete cascade", "on delete restrict,''"})
    void a_unique_value_that_moved_is_parked_where_a_delete_would_reach_children(String first, String second) {
        try (var ground = owned(FAMILY.formatted(first, second))) {
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
    void a_unique_value_that_moved_and_cannot_be_another_is_refused_where_children_would_follow(
            String first, String second) {
        try (var ground = owned(FAMILY.formatted(first, second))) {
            fillFamily(ground);
            ground.onTarget("alter table parent alter name set not null, add check (length(name) = 1)");
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

    @Test
    void a_unique_value_that_is_never_empty_moves_and_no_child_follows() {
        try (var ground = owned(FAMILY.formatted("on delete set null", "on delete cascade"))) {
            fillFamily(ground);
            ground.onTarget("alter table parent alter name set not null");
            ground.sync().done();
            swapNames(ground);

            ground.sync().done();

            ground.assertEqual();
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
