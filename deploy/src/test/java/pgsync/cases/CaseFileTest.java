package pgsync.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pgsync.testground.TestServers;

/** The runner of the cases can read them, and can fail. */
class CaseFileTest {
    private static final String TABLE =
            "create table item (id int primary key, name text, updated_at timestamptz default now())";

    @TempDir
    Path cases;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                             | expect is missing",
                "{'expect': 'equal'}                                            | title is missing",
                "{'title': 't', 'expect': 'eqal'}                               | expect is \"eqal\"",
                "{'title': 't', 'expect': 'equal', 'maybe': 1}                  | unknown key [maybe]",
                "{'title': 't', 'expect': 'equal', 'expect': 'equal'}           | is not JSON",
                "{'title': 't', 'expect': 'refused'}                            | reason is missing",
                "{'title': 't', 'expect': 'equal', 'reason': 'r'}               | reason is not told",
                "{'title': 't', 'expect': 'equal', 'second': {'upserted': 0, 'deleted': 0}} | second stands there without",
                "{'title': 't', 'expect': 'equal', 'majors': '12+'}             | majors is \"12+\"",
                "{'title': 't', 'expect': 'equal', 'majors': {'target': 'old'}} | majors.target is \"old\"",
                "{'title': 't', 'expect': 'equal', 'majors': {'both': '>=12'}}  | unknown key [both]",
                "{'title': 't', 'expect': 'equal', 'first': {'upserted': '1'}}  | upserted is not a number",
                "{'title': 't', 'expect': 'equal', 'tables': {'x': {'expect': 'refused'}}} | tables.x.reason is missing",
                "{'title': 't', 'expect': 'equal', 'tables': {'x': {'compare': {'sauce': 'x'}}}} | unknown key [sauce]",
                "{'title': 't', 'expect': 'equal', 'locale': {'source': 'java:C'}} | locale is \"java:C\"",
                "{'title': 't', 'expect': 'equal', 'names': 'fine'}             | names is \"fine\"",
                "{'title': 't', 'expect': 'equal', 'tables': {'x': {'rows': 'any'}}} | tables.x.rows is \"any\"",
                "{'title': 't', 'expect': 'equal', 'role': 'all'}               | role is \"all\"",
            })
    void what_is_wrong_in_a_case_is_named(String json, String complaint) throws IOException {
        var directory = write("both.sql", TABLE);
        Files.writeString(directory.resolve("run.json"), json.replace('\'', '"'));

        assertThatThrownBy(() -> CaseFile.read(directory))
                .hasMessageStartingWith("cases/area/name: ")
                .hasMessageContaining(complaint);
    }

    @Test
    void a_directory_without_run_json_is_an_error() throws IOException {
        var directory = write("both.sql", TABLE);

        assertThat(CaseFile.directories(cases)).containsExactly(directory);
        assertThatThrownBy(() -> CaseFile.read(directory)).hasMessageContaining("has no run.json");
    }

    @Test
    void a_file_of_another_name_is_an_error() throws IOException {
        write("both.sql", TABLE);
        write("run.json", "{}");
        var directory = write("changes.sql", "select 1");

        assertThatThrownBy(() -> CaseFile.read(directory)).hasMessageContaining("holds [changes.sql]");
    }

    @Test
    void a_change_needs_the_number_of_rows_it_changes() throws IOException {
        write("both.sql", TABLE);
        write("change.sql", "select 1");
        var directory = write("run.json", "{\"title\": \"t\", \"expect\": \"equal\"}");

        assertThatThrownBy(() -> CaseFile.read(directory)).hasMessageContaining("second is missing");
    }

    @Test
    void a_case_that_ends_equal_needs_a_change() throws IOException {
        write("both.sql", TABLE);
        var directory = write("run.json", "{\"title\": \"t\", \"expect\": \"equal\"}");

        assertThatThrownBy(() -> CaseFile.read(directory))
                .hasMessageContaining("second is missing")
                .hasMessageContaining("add change.sql");
    }

    @Test
    @Tag("whole-run")
    void a_case_that_is_green_without_pgsync_fails() throws IOException {
        write("both.sql", TABLE);
        write("change.sql", "insert into item values (1, 'one')");

        assertThatThrownBy(() -> play("'expect': 'equal', 'second': {'upserted': 1, 'deleted': 0}"))
                .hasMessageContaining("both sides are equal already before the first run");
        play("'expect': 'equal', 'first': {'upserted': 0, 'deleted': 0}, 'second': {'upserted': 1, 'deleted': 0}");

        write("change-target.sql", "insert into item select 1, 'one', updated_at from item where false");
        write("change.sql", "update item set name = 'one' where id = 4711");
        assertThatThrownBy(
                        () -> play(
                                "'expect': 'equal', 'first': {'upserted': 0, 'deleted': 0}, 'second': {'upserted': 1, 'deleted': 0}"))
                .hasMessageContaining("both sides are equal already before the second run");
    }

    @Test
    @Tag("whole-run")
    void a_case_that_ends_otherwise_fails() throws IOException {
        write("both.sql", TABLE);
        write("source.sql", "insert into item values (1, 'one'), (2, 'two')");
        write("change.sql", "update item set name = 'more', updated_at = now() where id = 1");

        play("'expect': 'equal', 'second': {'upserted': 1, 'deleted': 0}");

        assertThatThrownBy(() -> play("'expect': 'equal', 'second': {'upserted': 2, 'deleted': 0}"))
                .hasMessageContaining("rows upserted by the second run")
                .hasMessageContaining("public.item incremental: 1 upserted");
        assertThatThrownBy(() -> play("'expect': 'refused', 'reason': 'x', 'second': {'upserted': 1, 'deleted': 0}"))
                .hasMessageContaining("expected: REFUSED");
        assertThatThrownBy(() -> play("'expect': 'stopped', 'reason': 'x', 'second': {'upserted': 1, 'deleted': 0}"))
                .hasMessageContaining("first run ended with");
        assertThatThrownBy(
                        () -> play(
                                "'expect': 'equal', 'tables': {'gone': {'expect': 'equal'}}, 'second': {'upserted': 1, 'deleted': 0}"))
                .hasMessageContaining("public.gone");
        assertThatThrownBy(() ->
                        play("'expect': 'equal', 'warnings': ['beware'], 'second': {'upserted': 1, 'deleted': 0}"))
                .hasMessageContaining("warnings of the first run");
    }

    @Test
    @Tag("whole-run")
    void rows_that_differ_are_seen() throws IOException {
        write("both.sql", TABLE);
        write("source.sql", "insert into item values (1, 'one')");
        write("target.sql", "insert into item values (2, 'two')");
        write("change.sql", "insert into item values (3, 'three')");
        var ends = "'expect': 'equal', 'settings': {'delete': 'never'}, 'second': {'upserted': 1, 'deleted': 0}";

        assertThatThrownBy(() -> play(ends))
                .hasMessageContaining("only in the second")
                .hasMessageContaining("(2,two");
        play(ends + ", 'tables': {'item': {'compare': 'select * from item where id <> 2'}}");
    }

    @Test
    @Tag("whole-run")
    void a_table_that_failed_holds_no_row_that_neither_side_had() throws IOException {
        write("both.sql", "create table t (id int primary key, v text)");
        write("source.sql", "insert into t values (1, 'one'), (2, null)");
        write("target.sql", "alter table t alter v set not null; insert into t values (3, 'three')");
        // It is not the product that writes such a row here.
        write("change-target.sql", """
                create function spoil() returns trigger language plpgsql as
                    $$ begin insert into public.t values (4, 'spoilt') on conflict do nothing; return null; end $$;
                create trigger spoil after insert on pgsync.run for each row execute procedure spoil();
                alter table pgsync.run enable always trigger spoil""");
        var failed = "'expect': 'failed', 'reason': 'null'";

        assertThatThrownBy(() -> play(failed + ", 'second': {'upserted': 0, 'deleted': 0}"))
                .hasMessageContaining("rows on the target of public.t, which failed in the second run")
                .hasMessageContaining("(4,spoilt)");
        play(
                "'expect': 'equal', 'tables': {'t': {%1$s, 'rows': 'any'}}, 'first': {'upserted': 0, 'deleted': 0}, 'second': {'upserted': 0, 'deleted': 0}"
                        .formatted(failed));
    }

    private void play(String json) throws IOException {
        var directory = write("run.json", "{'title': 't', %s}".formatted(json).replace('\'', '"'));
        var server = TestServers.shared(TestServers.DEFAULT_MAJOR);
        try (var ground = new CaseGround(CaseFile.read(directory), server, server)) {
            ground.play();
        }
    }

    private Path write(String file, String text) throws IOException {
        var directory = Files.createDirectories(cases.resolve("area/name"));
        Files.writeString(directory.resolve(file), text);
        return directory;
    }
}
