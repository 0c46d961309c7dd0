package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.task.TableReport.Status;

/** Tables that cannot be synchronized are named with a reason and a remedy; the others are synchronized. */
@Tag("whole-run")
class TroubleTest {
    private static final String SECRET = "row-value-4711";

    @Test
    void a_constraint_that_only_the_target_has_stops_its_table_and_no_other() {
        try (var ground = SyncGround.with("""
                create table good (id int primary key, value text, updated_at timestamptz default now());
                create table bad (id int primary key, value text, updated_at timestamptz default now());
                create table clash (id int primary key, value text, updated_at timestamptz default now())
                """)) {
            ground.onTarget(
                    "alter table bad add constraint bad_value check (value not like '%4711')",
                    "alter table clash add constraint clash_value unique (value)");
            for (var table : new String[] {"good", "bad", "clash"}) {
                ground.onSource(
                        "insert into " + table + " values (1, 'x'), (2, '" + SECRET + "'), (3, '" + SECRET + "')");
            }

            var ran = ground.sync();

            assertThat(ran.table("good").status()).isEqualTo(Status.DONE);
            assertThat(ran.table("bad").status()).isEqualTo(Status.FAILED);
            assertThat(ran.table("bad").error())
                    .contains("public.bad", "bad_value")
                    .doesNotContain(SECRET);
            assertThat(ran.table("bad").remedy()).contains("constraint");
            assertThat(ran.table("clash").status()).isEqualTo(Status.FAILED);
            assertThat(ran.table("clash").error())
                    .contains("public.clash", "clash_value")
                    .doesNotContain(SECRET);
            assertThat(ran.table("clash").remedy()).contains("unique");
            assertThat(ran.events().toString()).doesNotContain(SECRET);
            assertThat(ground.onTargetColumn("select coalesce(error, '') || coalesce(remedy, '') from pgsync.sync_log")
                            .toString())
                    .contains("bad_value")
                    .doesNotContain(SECRET);
            assertThat(ground.countOnTarget("select count(*) from bad")).isZero();
            assertThat(ground.onTargetColumn("select table_name || ' ' || status from pgsync.sync_log order by 1"))
                    .containsExactly("bad failed", "clash failed", "good done");

            ground.onTarget(
                    "alter table bad drop constraint bad_value", "alter table clash drop constraint clash_value");
            ground.sync().done();
            ground.assertEqual();
        }
    }

    @Test
    void a_value_that_the_targets_type_refuses_is_an_error_without_the_value() {
        try (var ground = SyncGround.fresh()) {
            ground.onSource(
                    "create table item (id int primary key, value text)",
                    "insert into item values (1, '" + SECRET + "')");
            ground.onTarget(
                    "create domain short as text check (length(value) < 5)",
                    "create table item (id int primary key, value short)");

            var ran = ground.sync();

            assertThat(ran.table("item").status()).isEqualTo(Status.FAILED);
            assertThat(ran.table("item").error()).contains("public.item").doesNotContain(SECRET);
            assertThat(ran.table("item").remedy()).isNotBlank();
            assertThat(ran.events().toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void a_table_with_an_enum_label_that_the_target_lacks_is_left_out_and_the_others_are_done() {
        try (var ground = SyncGround.fresh()) {
            ground.onSource("create type mood as enum ('sad', 'glad')");
            ground.onTarget("create type mood as enum ('sad')");
            ground.onBoth(
                    "create table item (id int primary key, value mood)", "create table good (id int primary key)");
            ground.onSource("insert into item values (1, 'sad'), (2, 'glad')", "insert into good values (1)");

            var ran = ground.sync();

            assertThat(ran.table("item").status()).isEqualTo(Status.SKIPPED);
            assertThat(ran.table("item").error()).contains("glad", "column value");
            assertThat(ran.table("good").status()).isEqualTo(Status.DONE);
        }
    }

    @Test
    void tables_that_cannot_be_paired_are_skipped_with_a_reason() {
        try (var ground = SyncGround.fresh()) {
            ground.onSource(
                    "create table good (id int primary key)",
                    "create table absent (id int primary key)",
                    "create table narrowed (id int primary key, value bigint)",
                    "create table lacking (id int primary key, value text)",
                    "create table viewed (id int primary key)");
            ground.onTarget(
                    "create table good (id int primary key)",
                    "create table narrowed (id int primary key, value int)",
                    "create table lacking (id int primary key)",
                    "create view viewed as select 1 as id");

            var ran = ground.sync();

            assertThat(ran.table("good").status()).isEqualTo(Status.DONE);
            for (var table : new String[] {"absent", "narrowed", "lacking", "viewed"}) {
                assertThat(ran.table(table).status()).as(table).isEqualTo(Status.SKIPPED);
                assertThat(ran.table(table).error()).as(table).isNotBlank();
                assertThat(ran.table(table).remedy()).as(table).isNotBlank();
            }
            assertThat(ran.table("narrowed").error()).contains("value", "bigint", "integer");
            assertThat(ran.table("lacking").error()).contains("value");
            assertThat(ground.countOnTarget("select count(*) from pgsync.sync_log where status = 'skipped'"))
                    .isEqualTo(4);
        }
    }

    @Test
    void a_table_that_fails_while_it_is_copied_leaves_no_half_and_is_done_by_the_next_run() {
        try (var ground = SyncGround.with(
                "create table item (id int primary key, value text, updated_at timestamptz default now())")) {
            ground.onTarget("alter table item add constraint small check (id < 900)");
            ground.onSource("insert into item select i, 'x' from generate_series(1, 1000) i");

            assertThat(ground.sync().table("item").status()).isEqualTo(Status.FAILED);
            assertThat(ground.countOnTarget("select count(*) from item")).isZero();
            ground.onTarget("alter table item drop constraint small");

            assertThat(ground.sync().done().table("item").mode()).isEqualTo("copy");
            ground.assertEqual();
        }
    }
}
