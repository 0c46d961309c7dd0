package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.coordinator.examine.Finding;
import pgsync.coordinator.examine.Finding.About;
import pgsync.coordinator.examine.Finding.Level;
import pgsync.error.Refused;
import pgsync.state.StateSchema;
import pgsync.testground.TestServers;

/** The doctor finds beforehand what a run would meet, and writes nothing. */
@Tag("whole-run")
class DoctorTest {
    private static final String USERS =
            "create table users (id int primary key, name text, updated_at timestamptz default '2025-01-01')";

    private final SyncGround ground = SyncGround.with(USERS);
    private final List<String> roles = new ArrayList<>();

    @AfterEach
    void drop() {
        ground.close();
        roles.forEach(role -> TestServers.shared(TestServers.DEFAULT_MAJOR).sql("postgres", "drop role " + role));
    }

    /** A role of the target that may do with the tables what a run does, and nothing else. */
    private String writer(String... more) {
        var role = "writer_" + UUID.randomUUID().toString().substring(0, 8);
        ground.onTarget(
                "create role " + role + " login password 'w'",
                "revoke all on database %s from public".formatted(ground.targetName()),
                "grant connect on database %s to %s".formatted(ground.targetName(), role),
                "grant usage on schema public to " + role,
                "grant select, insert, update, delete on all tables in schema public to " + role);
        for (var grant : more) {
            ground.onTarget(grant.formatted(ground.targetName(), role));
        }
        ground.targetRole(role, "w");
        return role;
    }

    private static List<Finding> of(List<Finding> findings, Level level) {
        return findings.stream().filter(f -> f.level() == level).toList();
    }

    private static List<String> messages(List<Finding> findings, Level level) {
        return of(findings, level).stream().map(Finding::message).toList();
    }

    @Test
    void two_databases_that_are_ready_have_nothing_but_good_findings_and_stay_as_they_are() {
        var found = ground.examine();

        assertThat(found).allSatisfy(f -> assertThat(f.level()).as("%s", f).isEqualTo(Level.OK));
        assertThat(messages(found, Level.OK))
                .anySatisfy(m -> assertThat(m).startsWith("PostgreSQL 15.").contains(ground.sourceName()))
                .anySatisfy(m -> assertThat(m).contains("schema pgsync is made by the first run"))
                .anySatisfy(m -> assertThat(m).isEqualTo("1 of 1 tables can be synchronized: 1 copy"));
        assertThat(ground.countOnTarget("select count(*) from pg_namespace where nspname = 'pgsync'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 18})
    void the_oldest_and_the_newest_major_are_looked_at_in_the_same_way(int major) {
        try (var other = SyncGround.between(major, major)) {
            other.onBoth(USERS);

            assertThat(other.examine())
                    .allSatisfy(f -> assertThat(f.level()).as("%s", f).isEqualTo(Level.OK));
        }
    }

    @Test
    void after_a_run_its_schema_and_the_next_mode_are_told() {
        ground.sync().done();

        assertThat(messages(ground.examine(), Level.OK))
                .contains(
                        "schema pgsync is there, version " + StateSchema.CURRENT,
                        "1 of 1 tables can be synchronized: 1 incremental");
    }

    @Test
    void a_table_that_a_run_would_skip_is_named_with_the_reason_and_the_remedy() {
        ground.onSource("create table only_here (id int primary key)");

        var skipped = of(ground.examine(), Level.SKIP);

        assertThat(skipped).singleElement().satisfies(f -> {
            assertThat(String.valueOf(f.table())).isEqualTo("public.only_here");
            assertThat(f.message()).isEqualTo("the target has no such table");
            assertThat(f.remedy()).contains("create it there");
        });
    }

    @Test
    void views_are_told_as_left_out() {
        ground.onSource("create view names as select name from users");

        assertThat(of(ground.examine(), Level.NOTE)).singleElement().satisfies(f -> {
            assertThat(String.valueOf(f.table())).isEqualTo("public.names");
            assertThat(f.message()).startsWith("left out: ");
        });
    }

    @Test
    void a_table_without_a_timestamp_column_is_told_to_be_compared_whole() {
        ground.onBoth("create table plain (id int primary key)");

        assertThat(messages(ground.examine(), Level.NOTE))
                .containsExactly("1 table has no timestamp column, so each run compares all rows: public.plain");
    }

    @Test
    void a_large_table_without_an_index_on_its_timestamp_column_is_told_until_it_has_one() {
        ground.onSource("insert into users select i, 'n' from generate_series(1, 100000) i", "analyze users");
        ground.sync().done();

        var before = messages(ground.examine(), Level.NOTE);
        ground.onSource("create index on users (updated_at)");
        var after = messages(ground.examine(), Level.NOTE);

        assertThat(before)
                .containsExactly("1 table has no index on the source that begins with the timestamp column, "
                        + "so each run reads all rows: public.users");
        assertThat(after).isEmpty();
    }

    @Test
    void a_role_that_may_make_neither_the_schema_nor_temporary_tables_is_told_so() {
        roles.add(writer());

        assertThat(messages(ground.examine(), Level.STOP))
                .containsExactlyInAnyOrder(
                        "this role may not make temporary tables, in which changed rows and keys arrive: "
                                + "permission denied to create temporary tables in database \"%s\" (SQLSTATE 42501)"
                                        .formatted(ground.targetName()),
                        "schema pgsync is not there, and this role may not make it");
    }

    @Test
    void a_role_with_the_rights_of_grants_sql_is_ready_and_told_what_the_optional_one_buys() {
        roles.add(writer("grant create, temporary on database %s to %s"));

        var found = ground.examine();

        assertThat(of(found, Level.STOP)).isEmpty();
        assertThat(messages(found, Level.NOTE))
                .containsExactly("this role may not set session_replication_role: triggers of the target fire");
        ground.sync().done();
        ground.assertEqual();
    }

    @Test
    void a_schema_of_another_role_is_told_with_the_tables_that_are_closed() {
        ground.sync().done();
        roles.add(writer("grant create, temporary on database %s to %s"));

        assertThat(messages(ground.examine(), Level.STOP))
                .singleElement()
                .asString()
                .startsWith("this role may not read and write every table of schema pgsync: ")
                .contains("table_state", "sync_log");
    }

    @Test
    void a_run_that_may_not_look_into_the_schema_of_another_role_is_refused_and_has_not_failed() {
        ground.sync().done();
        roles.add(writer("grant create, temporary on database %s to %s"));

        assertThatThrownBy(ground::sync)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("may not make or use schema pgsync");
    }

    @Test
    void what_stops_a_run_before_it_begins_stops_it_with_the_same_words_for_a_script() {
        roles.add(writer("grant temporary on database %s to %s"));

        assertThat(messages(ground.examine(), Level.STOP))
                .containsExactly("schema pgsync is not there, and this role may not make it");
        assertThatThrownBy(ground::sync)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("may not make or use schema pgsync");
    }

    @Test
    void an_older_schema_pgsync_is_brought_forward_by_its_owner_alone() {
        ground.sync().done();
        ground.onTarget(
                "delete from pgsync.migration where version = " + StateSchema.CURRENT,
                "alter table pgsync.run drop column notes");
        assertThat(messages(ground.examine(), Level.NOTE))
                .containsExactly("schema pgsync has version %d: the next run brings it to %d"
                        .formatted(StateSchema.CURRENT - 1, StateSchema.CURRENT));

        roles.add(writer(
                "grant create, temporary on database %s to %s",
                "grant usage on schema pgsync to %2$s", "grant all on all tables in schema pgsync to %2$s"));

        assertThat(messages(ground.examine(), Level.STOP))
                .containsExactly(
                        "schema pgsync has version %d and has to be brought to %d, which only the owner of its tables may do"
                                .formatted(StateSchema.CURRENT - 1, StateSchema.CURRENT));
    }

    @Test
    void a_newer_schema_pgsync_is_told() {
        ground.sync().done();
        ground.onTarget("insert into pgsync.migration (version) values (99)");

        assertThat(messages(ground.examine(), Level.STOP))
                .containsExactly("schema pgsync has version 99, this pgsync knows " + StateSchema.CURRENT);
    }

    @Test
    void settings_that_would_only_rehearse_are_examined_for_a_run_in_earnest() {
        var role = writer("grant create, temporary on database %s to %s");
        roles.add(role);
        ground.onTarget("revoke insert on users from " + role);

        assertThat(of(ground.examine("dry-run"), Level.SKIP)).hasSize(1);
    }

    @Test
    void a_missing_right_to_delete_skips_the_table_unless_nothing_is_deleted() {
        var role = writer("grant create, temporary on database %s to %s");
        roles.add(role);
        ground.onTarget("revoke delete on users from " + role);

        assertThat(of(ground.examine(), Level.SKIP)).hasSize(1);
        assertThat(of(ground.examine("delete=never"), Level.SKIP)).isEmpty();
    }

    @Test
    void a_target_that_is_read_only_is_told() {
        var role = writer("grant create, temporary on database %s to %s");
        roles.add(role);
        ground.onTarget("alter role " + role + " set default_transaction_read_only = on");

        assertThat(messages(ground.examine(), Level.STOP))
                .containsExactly("this role's transactions are read only here (default_transaction_read_only)");
    }

    @Test
    void a_reader_who_does_not_see_the_transactions_of_others_is_warned_as_the_run_would() {
        var role = "reader_" + UUID.randomUUID().toString().substring(0, 8);
        roles.add(role);
        ground.onSource(
                "create role " + role + " login password 'r'",
                "grant select on all tables in schema public to " + role);
        ground.sourceRole(role, "r");

        assertThat(messages(ground.examine(), Level.WARNING))
                .anySatisfy(m -> assertThat(m).contains("cannot see other sessions' transactions"));
    }

    @Test
    void too_few_connections_for_the_slots_are_told_and_as_many_as_it_says_are_enough() {
        var role = writer("grant create, temporary on database %s to %s");
        roles.add(role);
        // Six beside the slots, two for each slot.
        ground.onTarget("alter role " + role + " connection limit 9");

        var narrow = of(ground.examine("parallel=2"), Level.WARNING);
        ground.onTarget("alter role " + role + " connection limit 10");
        var enough = of(ground.examine("parallel=2"), Level.WARNING);

        assertThat(narrow).singleElement().satisfies(f -> {
            assertThat(f.about()).isEqualTo(About.TARGET);
            assertThat(f.message()).isEqualTo("9 connections are free, a run with -parallel 2 opens up to 10");
        });
        assertThat(enough).isEmpty();
        ground.onSource("insert into users select i, 'n' from generate_series(1, 1000) i");
        ground.sync("parallel=2").done();
        ground.sync("parallel=2", "reconcile").done();
        ground.assertEqual();
    }

    @Test
    void both_servers_that_cannot_be_reached_are_told_at_once() {
        ground.through(
                ground.sourceServer().url("not_there"), ground.sourceServer().url("not_there_either"));

        assertThat(of(ground.examine(), Level.UNREACHABLE))
                .extracting(finding -> finding.about() + " " + finding.message())
                .satisfiesExactly(
                        source -> assertThat(source)
                                .startsWith("SOURCE cannot connect: ")
                                .contains("\"not_there\""),
                        target -> assertThat(target)
                                .startsWith("TARGET cannot connect: ")
                                .contains("\"not_there_either\""));
    }

    @Test
    void one_database_on_both_sides_is_refused_as_a_run_is() {
        ground.through(ground.targetUrl(), ground.targetUrl());

        assertThatThrownBy(ground::examine).isInstanceOf(Refused.class).hasMessageContaining("the same database");
    }
}
