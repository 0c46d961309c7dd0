package pgsync.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pgsync.config.InvalidConfig;
import pgsync.config.SyncConfig;
import pgsync.config.TableRule;
import pgsync.task.TableName;

class SelectionTest {
    private static final TableRule BY_SEEN = new TableRule("seen", null, List.of(), List.of(), List.of(), null);
    private static final TableRule BY_MADE = new TableRule("made", null, List.of(), List.of(), List.of(), null);

    @Test
    void takes_every_table_when_nothing_is_said() {
        assertThat(chosen(List.of(), List.of(), "public.users", "public.orders"))
                .containsExactly("public.orders", "public.users");
    }

    @Test
    void takes_what_is_included_and_then_leaves_out_what_is_excluded() {
        assertThat(chosen(
                        List.of("u*", "orders"),
                        List.of("*_old"),
                        "public.users",
                        "public.users_old",
                        "public.orders",
                        "public.x"))
                .containsExactly("public.orders", "public.users");
    }

    @Test
    void a_schema_before_the_dot_counts() {
        assertThat(chosen(List.of("sales.*", "h?.users"), List.of(), "sales.users", "hr.users", "public.users"))
                .containsExactly("hr.users", "sales.users");
        assertThat(chosen(List.of(), List.of("sales.users"), "sales.users", "public.users"))
                .containsExactly("public.users");
    }

    @Test
    void case_counts() {
        assertThat(chosen(List.of("Users"), List.of(), "public.users", "public.Users"))
                .containsExactly("public.Users");
    }

    @Test
    void a_table_called_like_a_pattern_is_meant_by_its_exact_name() {
        assertThat(chosen(List.of(), List.of("a*b"), "public.a*b", "public.axb"))
                .containsExactly("public.axb");
        assertThat(chosen(List.of("*.a*b"), List.of(), "s.a*b", "s.axb")).containsExactly("s.a*b");
    }

    @Test
    void a_dot_in_a_name_is_written_in_quotes_or_as_the_exact_name() {
        var existing = List.of(new TableName("public", "a.b"), new TableName("s", "a.b"), new TableName("s", "other"));

        assertThat(TablePattern.parse("include", "\"a.b\"").among(existing)).hasSize(2);
        assertThat(TablePattern.parse("include", "s.\"a.b\"").among(existing))
                .containsExactly(new TableName("s", "a.b"));
        assertThat(TablePattern.parse("include", "\"s\".\"a.b\"").among(existing))
                .containsExactly(new TableName("s", "a.b"));
        assertThat(TablePattern.parse("include", "a.b").among(existing)).hasSize(2);
        assertThat(TablePattern.parse("include", "a[.]b").among(existing)).hasSize(2);
    }

    @Test
    void a_second_dot_and_a_dot_at_an_end_are_refused_with_their_position() {
        assertThatThrownBy(() -> TablePattern.parse("include", "a.b.c"))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("include: pattern a.b.c, position 4");
        assertThatThrownBy(() -> TablePattern.parse("include", ".b")).hasMessageContaining("position 1");
        assertThatThrownBy(() -> TablePattern.parse("include", "b.")).hasMessageContaining("position 2");
    }

    @Test
    void the_rule_with_the_schema_wins_over_the_one_without() {
        var selection =
                Selection.of(config(List.of("*"), List.of(), List.of(), Map.of("users", BY_SEEN, "hr.users", BY_MADE)));

        var choice = selection.among(catalog("public.users", "hr.users", "public.orders"));

        assertThat(choice.tables())
                .containsEntry(new TableName("public", "users"), BY_SEEN)
                .containsEntry(new TableName("hr", "users"), BY_MADE)
                .containsEntry(new TableName("public", "orders"), TableRule.NONE);
        assertThat(choice.unmatched()).isEmpty();
    }

    /** A table of the same name elsewhere is not what was meant. */
    @Test
    void says_that_the_schema_of_a_pattern_is_not_selected() {
        var selection = Selection.of(config(List.of("public"), List.of("sales.users"), List.of(), Map.of()));

        var choice = selection.among(catalog("public.users"));

        assertThat(choice.unmatched().stream().map(Selection.Unmatched::message))
                .containsExactly(
                        "include: sales.users matches no table; -schema has to name its schema too, and leads to public");
    }

    @Test
    void names_what_matched_no_table_and_what_may_have_been_meant() {
        var selection = Selection.of(config(
                List.of("public", "none"), List.of("usres", "u*"), List.of("tmp_*"), Map.of("public.Orders", BY_SEEN)));

        var choice = selection.among(catalog("public.users", "public.orders"));

        assertThat(choice.unmatched().stream().map(Selection.Unmatched::message))
                .containsExactly(
                        "schema: none matches no table; the source has no such schema",
                        "include: usres matches no table; did you mean public.users?",
                        "exclude: tmp_* matches no table",
                        "tables: public.Orders matches no table; did you mean public.orders?");
        assertThat(choice.unmatched().stream().map(Selection.Unmatched::wildcard))
                .containsExactly(false, false, true, false);
    }

    @Test
    void says_why_a_view_cannot_be_included_and_does_not_mind_one_excluded() {
        var view = new LeftOut(new TableName("public", "v"), LeftOut.Kind.VIEW, "a view has no rows of its own");
        var catalog = new Catalog(
                FACTS,
                List.of("public"),
                Map.of(new TableName("public", "t"), shape("public.t")),
                List.of(view),
                List.of());

        var included = Selection.of(config(List.of("public"), List.of("v"), List.of(), Map.of()))
                .among(catalog);
        var excluded = Selection.of(config(List.of("public"), List.of(), List.of("v"), Map.of()))
                .among(catalog);

        assertThat(included.unmatched().getFirst().message())
                .isEqualTo("include: v matches no table; public.v is left out: a view has no rows of its own");
        assertThat(excluded.unmatched()).isEmpty();
    }

    private static final ServerFacts FACTS = new ServerFacts(
            150000,
            "1/2/db",
            "db",
            "me",
            "UTF8",
            false,
            true,
            true,
            true,
            "UTC",
            1,
            1,
            false,
            100,
            "libc en_US en_US",
            "en_US");

    private static List<String> chosen(List<String> include, List<String> exclude, String... existing) {
        return Selection.of(config(List.of("*"), include, exclude, Map.of()))
                .among(catalog(existing))
                .tables()
                .keySet()
                .stream()
                .map(TableName::display)
                .toList();
    }

    private static Catalog catalog(String... names) {
        var tables = new HashMap<TableName, TableShape>();
        for (var name : names) {
            var shape = shape(name);
            tables.put(shape.name(), shape);
        }
        return new Catalog(
                FACTS,
                tables.keySet().stream().map(TableName::schema).distinct().toList(),
                tables,
                List.of(),
                List.of());
    }

    private static TableShape shape(String name) {
        var dot = name.indexOf('.');
        return new TableShape(
                new TableName(name.substring(0, dot), name.substring(dot + 1)),
                TableShape.Kind.ORDINARY,
                List.of(),
                List.of(),
                List.of(),
                false,
                false,
                false,
                false,
                Set.of(),
                List.of(),
                List.of(),
                0,
                0,
                0,
                List.of());
    }

    private static SyncConfig config(
            List<String> schemas, List<String> include, List<String> exclude, Map<String, TableRule> rules) {
        var standard = SyncConfig.DEFAULT;
        return new SyncConfig(
                schemas,
                include,
                exclude,
                standard.timestamps(),
                standard.parallel(),
                standard.batchSize(),
                standard.verbose(),
                standard.reconcile(),
                standard.dryRun(),
                standard.delete(),
                standard.maxDeletePercent(),
                standard.forceDeletes(),
                standard.consistentRun(),
                standard.overlap(),
                standard.timestampZone(),
                standard.allowSkips(),
                standard.keepHistory(),
                rules);
    }
}
