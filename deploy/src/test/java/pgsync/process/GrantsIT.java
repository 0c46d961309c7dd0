package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pgsync.testground.SampleSchema;

/** deploy/grants.sql as a person would use it: filled in, run, and nothing else granted. */
class GrantsIT {
    private static final String PART = "-".repeat(120);
    private static final String PASSWORD = "least-privilege";
    private static final String READER = "grants_reader";
    private static final String WRITER = "grants_writer";

    private Ground ground;

    @BeforeEach
    void make_the_shop() {
        ground = Ground.fresh();
        // Nobody is let in by default, so that what is not granted is missed.
        ground.onBoth(
                "revoke all on schema public from public",
                "do $$ begin execute format('revoke all on database %I from public', current_database()); end $$");
        ground.onTarget(SampleSchema.sql());
        SampleSchema.createAndFill(ground.sourceServer(), ground.source(), 300, 7);
    }

    @AfterEach
    void remove_the_roles() {
        // They are the server's; what they were granted on parameters and memberships goes with them.
        ground.onSource("drop owned by " + READER, "drop role if exists " + READER);
        ground.onTarget("drop owned by " + WRITER + " cascade", "drop role if exists " + WRITER);
        ground.close();
    }

    @Test
    void a_role_with_these_rights_does_a_whole_run_and_the_next() {
        ground.onSource(filledIn(part(1), ground.source()));
        ground.onTarget(filledIn(part(2), ground.target()));

        var first = sync("-json").run();

        assertThat(first.code()).as(first.toString()).isZero();
        assertThat(first.out()).doesNotContain("\"event\":\"warning\"");
        ground.assertEqual();

        changeTheSource();
        var second = sync("-json").run();

        assertThat(second.code()).as(second.toString()).isZero();
        ground.assertEqual();
    }

    @Test
    void without_the_optional_rights_it_says_what_is_missing_and_works() {
        ground.onSource(filledIn(part(1).replace("grant pg_read_all_stats", "-- "), ground.source()));
        ground.onTarget(filledIn(part(2).replace("grant set on parameter", "-- "), ground.target()));

        var ended = sync("-json").run();

        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(ended.out()).contains("pg_read_all_stats");
        ground.assertEqual();
    }

    @Test
    void the_schema_can_be_given_instead_of_the_right_to_make_one() {
        ground.onSource(filledIn(part(1), ground.source()));
        ground.onTarget(filledIn(
                part(2).replace("connect, create, temporary", "connect, temporary")
                        .replace("-- create schema pgsync", "create schema pgsync"),
                ground.target()));

        var ended = sync().run();

        assertThat(ended.code()).as(ended.toString()).isZero();
        ground.assertEqual();
    }

    @Test
    void without_the_right_to_read_the_tables_are_named() {
        ground.onSource(filledIn(part(1).replace("grant select on all tables", "-- "), ground.source()));
        ground.onTarget(filledIn(part(2), ground.target()));

        var ended = sync().run();

        assertThat(ended.code()).as(ended.toString()).isNotZero();
        assertThat(ended.out() + ended.err()).contains("deploy/grants.sql");
    }

    private void changeTheSource() {
        ground.onSource("""
                do $$
                declare t text;
                begin
                    for t in select relname from pg_class c
                              where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
                                and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'updated_at' and not attisdropped)
                    loop
                        execute format('update public.%I set updated_at = clock_timestamp()', t);
                    end loop;
                end $$
                """);
    }

    private Product sync(String... arguments) {
        return Product.sync(
                ground.sourceServer().url(ground.source(), READER, PASSWORD),
                ground.targetServer().url(ground.target(), WRITER, PASSWORD),
                arguments);
    }

    private String filledIn(String part, String database) {
        return part.replace("<reader>", READER)
                .replace("<writer>", WRITER)
                .replace("<password>", PASSWORD)
                .replace("<source database>", '"' + database + '"')
                .replace("<target database>", '"' + database + '"')
                .replace("<schema>", "public");
    }

    /** 1: source, 2: target. */
    private static String part(int number) {
        try {
            var parts = Files.readString(LauncherTest.checkout().resolve("deploy/grants.sql"))
                    .split(PART);
            assertThat(parts).hasSize(3);
            return parts[number];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
