package pgsync.coordinator.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.config.SyncConfig;
import pgsync.config.TableRule;
import pgsync.config.TableRule.FixedValue;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.error.Refused;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.event.RunEvent;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.task.TableName;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

/** Two real catalogues and what is made of them: pairs whose rows can be moved, and refusals with their reasons. Many tables in one look. */
class DiscoveryTest {
    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String source = server.freshDatabase("discover");
    private final String target = server.freshDatabase("discover");
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, new NodeId(UUID.randomUUID()), Pause.real());
    private final Map<String, TableRule> rules = new HashMap<>();
    private final Map<String, String> expected = new LinkedHashMap<>();
    private final List<RunEvent> events = new ArrayList<>();

    @AfterEach
    void close() {
        connector.close();
        Step.await("close", vertx::close);
        server.dropDatabase(source);
        server.dropDatabase(target);
    }

    private static final String PAIR = "a pair";

    /** One more table of these columns on the two sides, and what is to become of it: a part of the reason, or {@link #PAIR}. */
    private String given(String onSource, String onTarget, TableRule rule, String outcome) {
        var name = "t" + expected.size();
        server.sql(source, "create table " + name + " (" + onSource + ")");
        server.sql(target, "create table " + name + " (" + onTarget + ")");
        rules.put(name, rule);
        expected.put(name, outcome);
        return name;
    }

    private String given(String onSource, String onTarget, String outcome) {
        return given(onSource, onTarget, TableRule.NONE, outcome);
    }

    private String converts(String from, String to) {
        return given("c " + from, "c " + to, PAIR);
    }

    private String refuses(String from, String to) {
        return given("c " + from, "c " + to, "may not survive");
    }

    private SyncConfig config(boolean dryRun, boolean delete) {
        var usual = SyncConfig.DEFAULT;
        return new SyncConfig(
                usual.schemas(),
                usual.include(),
                usual.exclude(),
                usual.timestamps(),
                2,
                null,
                false,
                false,
                dryRun,
                delete,
                25,
                false,
                true,
                usual.overlap(),
                null,
                false,
                SyncConfig.DEFAULT.keepHistory(),
                rules);
    }

    private Pool pool(Side side, String url) {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        return connector.pool(side, Endpoint.parse(url, surroundings), 1);
    }

    private Discovered discovered(SyncConfig config, String sourceUrl, String targetUrl) {
        var from = Step.connect("connect", pool(Side.SOURCE, sourceUrl));
        var to = Step.connect("connect", pool(Side.TARGET, targetUrl));
        try {
            return new Discovery(config).of(from, to);
        } finally {
            Step.await("close", from::close);
            Step.await("close", to::close);
        }
    }

    private Discovered discovered() {
        return discovered(config(false, true), server.url(source), server.url(target));
    }

    private void assertExpected() {
        assertExpected(discovered());
    }

    private void assertExpected(Discovered found) {
        var became = new HashMap<String, String>();
        found.pairs().forEach(pair -> became.put(pair.name().table(), PAIR));
        found.refusals().forEach(refusal -> became.put(refusal.table().table(), refusal.reason()));
        assertThat(became.keySet()).isEqualTo(expected.keySet());
        assertThat(expected)
                .allSatisfy((table, outcome) -> assertThat(became.get(table))
                        .as(table + " " + columns(table))
                        .contains(outcome));
    }

    private String columns(String table) {
        var query =
                "select string_agg(format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute where attnum > 0"
                        + " and attrelid = to_regclass('" + table + "')";
        return server.value(source, query) + " to " + server.value(target, query);
    }

    private static TableRule rule(@Nullable String timestamp, @Nullable String where, List<String> key) {
        return new TableRule(timestamp, where, key, List.of(), List.of(), null);
    }

    private static TableRule fixing(@Nullable String where, String... columnsAndValues) {
        var fixed = new LinkedHashMap<String, FixedValue>();
        for (var i = 0; i < columnsAndValues.length; i += 2) {
            fixed.put(columnsAndValues[i], new FixedValue(columnsAndValues[i + 1]));
        }
        return new TableRule(null, where, List.of(), List.of(), List.of(), null, fixed);
    }

    // --- types

    @Test
    void types_of_people_are_compared_by_what_they_are_made_of() {
        for (var side : List.of(source, target)) {
            var more = side.equals(target);
            server.sql(
                    side,
                    "create schema other",
                    "create type same as enum ('a', 'b')",
                    "create type mood as enum ('sad', 'glad'" + (more ? ", 'more'" : "") + ")",
                    "create type less as enum ('a'" + (more ? "" : ", 'b'") + ")",
                    "create type pair as (x int, y text)",
                    "create type turned as (" + (more ? "y text, x int" : "x int, y text") + ")",
                    "create type wider as (x " + (more ? "bigint" : "int") + ")",
                    "create type longer as (x int" + (more ? ", y int" : "") + ")",
                    "create type moody as (m mood)",
                    "create type lessy as (l less)",
                    "create type span as range (subtype = " + (more ? "float8" : "int8") + ")",
                    "create type even as range (subtype = float8)",
                    "create extension citext schema " + (more ? "other" : "public"),
                    "create extension ltree");
        }
        converts("same", "same");
        converts("mood", "mood");
        given("c less", "c less", "lacks b (column c)");
        given("c less[]", "c less[]", "lacks b (column c)");
        given("c lessy", "c lessy", "lacks b (column c)");
        converts("mood[]", "mood[]");
        converts("moody", "moody");
        converts("pair", "pair");
        converts("pair[]", "pair[]");
        refuses("turned", "turned");
        refuses("wider", "wider");
        refuses("longer", "longer");
        refuses("span", "span");
        converts("even", "even");
        refuses("span_multirange", "span_multirange");
        converts("even_multirange", "even_multirange");
        converts("public.citext", "other.citext");
        refuses("public.citext", "text");
        refuses("text", "other.citext");
        refuses("ltree", "other.citext");
        refuses("same", "text");
        refuses("text", "same");
        given("c mood", "c same", "lacks sad (column c), glad (column c)");
        refuses("pair", "text");
        refuses("int[]", "int");
        refuses("int4range", "int8range");
        refuses("int4range", "int4multirange");
        refuses("int4multirange", "int8multirange");
        refuses("int4multirange", "int4range");
        refuses("int[]", "bigint[]");
        converts("int4range", "int4range");
        converts("int[]", "int[]");

        assertExpected();
    }

    @Test
    void built_in_types_convert_where_every_value_arrives() {
        converts("int", "bigint");
        converts("smallint", "numeric(10,0)");
        refuses("int", "numeric(10,-2)");
        converts("numeric(5,2)", "numeric(5,2)");
        converts("numeric(5,2)", "numeric(6,3)");
        refuses("numeric(5,2)", "numeric(5,3)");
        refuses("numeric(5,2)", "numeric(6,1)");
        refuses("numeric", "numeric(5,2)");
        converts("numeric(5,2)", "numeric");
        converts("varchar(5)", "varchar(5)");
        converts("varchar(5)", "varchar(6)");
        refuses("varchar(6)", "varchar(5)");
        refuses("varchar", "varchar(5)");
        converts("char(3)", "varchar(3)");
        refuses("varchar(3)", "char(3)");
        converts("varbit(3)", "varbit(4)");
        refuses("bit(3)", "bit(4)");
        converts("timestamp(3)", "timestamp(4)");
        refuses("timestamp(4)", "timestamp(3)");
        refuses("timestamp", "timestamp(3)");
        converts("timestamp", "timestamp(6)");
        converts("time(3)", "time(4)");
        refuses("timetz(4)", "timetz(3)");
        converts("date", "timestamp(0)");
        refuses("interval", "interval(3)");
        converts("interval(3)", "interval");
        refuses("real", "float8");
        refuses("bytea", "text");

        assertExpected();
    }

    @Test
    void what_only_looks_the_same_to_the_target_is_no_key() {
        for (var side : List.of(source, target)) {
            server.sql(
                    side,
                    "create collation blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                    "create collation blinder (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");
        }
        given("c text primary key", "c text collate blind primary key", "takes different texts for the same");
        given("c text collate blind primary key", "c text collate blinder primary key", "takes different texts");
        given("c text collate blind primary key", "c text collate blind primary key", PAIR);
        given("c text collate blind primary key", "c text primary key", PAIR);
        given("id int primary key, c text", "id int primary key, c text collate blind", PAIR);

        assertExpected();
    }

    // --- columns and rules

    @Test
    void columns_that_are_computed_are_computed_in_one_way() {
        given(
                "a int, c int generated always as (a + 1) stored",
                "a int, c int generated always as (a + 1) stored",
                PAIR);
        given(
                "a int, c int generated always as (a + 1) stored",
                "a int, c int generated always as (a + 2) stored",
                "computes column c itself");
        given("a int, c int", "a int, c int generated always as (a + 1) stored", "computes column c itself");
        given("a int, c int generated always as (a + 1) stored", "a int, c int", PAIR);
        given("a int, c int", "a int", "no column c");
        given("a int", "a int, c int not null", "NOT NULL column c");
        given("a int", "a int, c int not null default 1", PAIR);
        given(
                "a int, c int",
                "a int, c int not null",
                new TableRule(null, null, List.of(), List.of("a"), List.of(), null),
                "NOT NULL column c");

        assertExpected();
    }

    @Test
    void a_rules_key_and_timestamp_are_what_they_are_said_to_be() {
        given("a int primary key, b int", "a int primary key, b int", rule(null, null, List.of("a")), PAIR);
        given("a int primary key, b int", "a int primary key, b int", rule(null, null, List.of("a", "b")), PAIR);
        given(
                "a int primary key, b int",
                "a int primary key, b int",
                rule(null, null, List.of("b")),
                "not unique and NOT NULL");
        given("a int primary key, b int", "a int, b int", rule(null, null, List.of("a")), "not unique and NOT NULL");
        given("a int, b int", "a int primary key, b int", rule(null, null, List.of("a")), "not unique and NOT NULL");
        given("a int, b int unique", "a int, b int unique", rule(null, null, List.of("b")), "not unique and NOT NULL");
        for (var type : List.of("timestamp", "timestamptz", "date")) {
            given("a " + type, "a " + type, rule("a", null, List.of()), PAIR);
        }
        given("a int", "a int", rule("a", null, List.of()), "no date or timestamp");
        given("a int", "a int", rule("b", null, List.of()), "names b, which the source does not have");

        assertExpected();
    }

    @Test
    void filters_have_to_mean_something_to_both_sides() {
        given("a int, b int", "a int, b int", rule(null, "a > 1 -- so", List.of()), PAIR);
        given("a int, b int", "a int, b int", rule(null, "a >", List.of()), "means nothing to the source");
        given(
                "a int, b int",
                "a int",
                new TableRule(null, "b > 1", List.of(), List.of(), List.of("b"), null),
                "means nothing to the target");
        given(
                "a int, b int",
                "a int, b int",
                rule(null, "a > 1) or (b > 1", List.of()),
                "is not one condition by itself");

        assertExpected();
    }

    @Test
    void a_lock_that_keeps_a_filter_from_being_read_is_no_fault_of_the_filter() throws SQLException {
        given("a int", "a int", rule(null, "a > 1", List.of()), PAIR);
        server.sql(source, "alter database " + source + " set lock_timeout = '50ms'");
        try (var holder = server.connect(source)) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("lock table t0 in access exclusive mode");
            }
            assertThatThrownBy(this::discovered)
                    .isInstanceOfSatisfying(
                            StepFailed.class,
                            failed -> assertThat(failed.trouble()).isEqualTo(Trouble.LOCKED));
        }
        assertExpected();
    }

    @Test
    void fixed_values_are_read_by_the_target_before_a_row_moves() {
        given("id int primary key, a int", "id int primary key, a int", fixing(null, "a", "007"), PAIR);
        given("id int primary key", "id int primary key, a char(3)", fixing(null, "a", "x"), PAIR);
        given("id int primary key", "id int primary key, a int", fixing(null, "a", null), PAIR);
        given(
                "id int primary key",
                "id int primary key, a int",
                fixing(null, "a", "seven"),
                "fixes for column a is not taken");
        given(
                "id int primary key",
                "id int primary key, a int",
                fixing(null, "b", "7"),
                "fixes b, which the target does not have");
        given("id int primary key", "id int primary key, a int not null", fixing(null, "a", null), "to null");
        given("id int primary key", "id int primary key, a int not null", fixing(null, "a", "1"), PAIR);
        given("id int primary key", "id int primary key", fixing(null, "id", "1"), "in the key of the target");
        given("id int primary key, a int", "id int primary key, a int not null unique", fixing(null, "a", "1"), PAIR);
        given("id int, a int", "id int, a int not null unique", fixing(null, "a", "1"), "in the key of the target");
        given(
                "id int primary key, a int",
                "id int primary key, a int generated always as identity",
                fixing(null, "a", "1"),
                "makes itself");
        given(
                "id int primary key",
                "id int primary key, a int generated always as (id) stored",
                fixing(null, "a", "1"),
                "makes itself");
        given(
                "id int primary key, a int",
                "id int primary key, a int",
                fixing("a > 1", "a", "1"),
                "its fixed gives another value");
        given("id int primary key, a int", "id int primary key, a int", fixing("id > 1", "a", "1"), PAIR);

        var found = discovered();

        assertExpected(found);
        var printed = new HashMap<String, @Nullable String>();
        found.pairs()
                .forEach(pair -> pair.rule()
                        .fixed()
                        .forEach((column, value) -> printed.put(pair.name().table() + "." + column, value.text())));
        assertThat(printed)
                .containsEntry("t0.a", "7")
                .containsEntry("t1.a", "x  ")
                .containsEntry("t2.a", null);
        assertThat(
                        server.count(
                                target,
                                "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'"))
                .isZero();
    }

    @Test
    void a_fixed_value_has_to_travel_through_the_source_as_well() {
        server.sql(
                TestServer.USER,
                "create database latin_" + source
                        + " template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'");
        var latin = "latin_" + source;
        try {
            server.sql(
                    latin,
                    "create table t0 (id int primary key, a text)",
                    "create table t1 (id int primary key, a text)");
            server.sql(
                    target,
                    "create table t0 (id int primary key, a text)",
                    "create table t1 (id int primary key, a text)");
            rules.put("t0", fixing(null, "a", "é"));
            rules.put("t1", fixing(null, "a", "日"));
            expected.put("t0", PAIR);
            expected.put("t1", "fixes for column a is not taken");

            assertExpected(discovered(config(false, true), server.url(latin), server.url(target)));
        } finally {
            server.dropDatabase(latin);
        }
    }

    @Test
    void a_target_that_lets_us_make_no_temporary_table_takes_no_fixed_value() {
        var role = "fixes_" + source;
        server.sql(TestServer.USER, "create role " + role + " login password 'x'");
        try {
            given("id int primary key", "id int primary key, a int", fixing(null, "a", "7"), "permission denied");
            given("id int primary key", "id int primary key", PAIR);
            server.sql(source, "grant select on all tables in schema public to " + role);
            server.sql(
                    target,
                    "grant select, insert, update, delete on all tables in schema public to " + role,
                    "revoke temporary on database " + target + " from public");

            assertExpected(as(role, config(false, true)));
        } finally {
            for (var side : List.of(source, target)) {
                server.sql(side, "drop owned by " + role);
            }
            server.sql(TestServer.USER, "drop role " + role);
        }
    }

    // --- what words mean

    /** Both sides read these words; what they stand for is another thing on each. */
    @Test
    void words_that_mean_something_else_on_the_other_side_are_refused() {
        for (var side : List.of(source, target)) {
            var five = side.equals(target) ? "6" : "5";
            server.sql(
                    side,
                    "create function same(n int) returns boolean language sql immutable as 'select n > 5'",
                    "create function other(n int) returns boolean language sql immutable as 'select n > " + five + "'",
                    "create function another(n int) returns int language sql immutable as 'select n + " + five + "'",
                    "create function through(n int) returns int language sql immutable as 'select public.another(n)'");
        }
        var key = "id int primary key, ";
        where(key + "n int", key + "n numeric", "n / 2 = 3", "its rule's where reads column n, whose type");
        where(
                key + "n int, m int",
                key + "n numeric, m numeric",
                "n / m = 3",
                "its rule's where reads column n, m, whose type");
        where(key + "n int, m int", key + "n numeric, m int", "m / 2 = 3", PAIR);
        where(
                key + "c text collate \"C\"",
                key + "c text",
                "c < 'a'",
                "its rule's where reads column c, whose type or collation");
        where(key + "c text collate \"C\"", key + "c text", "c = 'a'", PAIR);
        where(key + "n int", key + "n int", "public.same(n)", PAIR);
        where(
                key + "n int",
                key + "n int",
                "public.other(n)",
                "comes down to public.other(n integer), which is defined in another way");
        where(
                key + "n int",
                key + "n int",
                "public.through(n) > public.another(n)",
                "comes down to public.another(n integer), which is");
        given(
                key + "g int generated always as (public.through(id)) stored",
                key + "g int generated always as (public.through(id)) stored",
                "the expression of column g comes down to public.another(n integer)");
        given(
                key + "g boolean generated always as (public.same(id)) stored",
                key + "g boolean generated always as (public.same(id)) stored",
                PAIR);

        assertExpected();
    }

    @Test
    void words_that_follow_the_database_are_refused_where_that_is_another() {
        server.sql(
                TestServer.USER, "alter database " + source + " set default_text_search_config = 'pg_catalog.simple'");
        server.sql(
                TestServer.USER, "alter database " + target + " set default_text_search_config = 'pg_catalog.german'");
        where(
                "id int primary key, c text",
                "id int primary key, c text",
                "to_tsvector(c) @@ 'x'::tsquery",
                "search_config, which is pg_catalog.simple on the source and pg_catalog.german on the target");
        where(
                "id int primary key, c text",
                "id int primary key, c text",
                "to_tsvector('english', c) is not null",
                "search_config, which is");
        where("id int primary key, c text", "id int primary key, c text", "c = 'x'", PAIR);

        assertExpected();
    }

    @Test
    void words_that_sort_and_fold_are_refused_where_the_databases_do_so_in_another_way() {
        var other = "other_" + source;
        server.sql(
                TestServer.USER,
                "create database " + other + " template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'");
        try {
            for (var side : List.of(other, target)) {
                for (var table : List.of("t0", "t1", "t2", "t3")) {
                    server.sql(side, "create table " + table + " (id int primary key, c text)");
                }
            }
            expected("t0", "c < 'b'", "its rule's where depends on the default collation, which is");
            expected("t1", "lower(c) = 'b'", "its rule's where depends on the default collation, which is");
            expected("t2", "c < 'b' collate \"C\"", PAIR);
            expected("t3", "c <> 'b'", PAIR);

            assertExpected(discovered(config(false, true), server.url(other), server.url(target)));
        } finally {
            server.dropDatabase(other);
        }
    }

    /** Nobody makes a view there that would tell what a filter means beside the columns that it reads; nor does anybody write there. */
    @Test
    void a_target_without_temporary_views_says_less_of_filters() {
        var role = "asks_" + source;
        server.sql(TestServer.USER, "create role " + role + " login password 'x'");
        try {
            for (var side : List.of(source, target)) {
                server.sql(
                        side,
                        "create function other(n int) returns boolean language sql immutable as 'select n > %s'"
                                .formatted(side.equals(target) ? "6" : "5"));
            }
            where("id int primary key, n int", "id int primary key, n numeric", "n / 2 = 3", "reads column n");
            where("id int primary key, n int", "id int primary key, n int", "public.other(n)", PAIR);
            server.sql(source, "grant select on all tables in schema public to " + role);
            server.sql(
                    target,
                    "grant select on all tables in schema public to " + role,
                    "revoke temporary on database " + target + " from public");

            assertExpected(as(role, config(true, true)));
        } finally {
            for (var side : List.of(source, target)) {
                server.sql(side, "drop owned by " + role);
            }
            server.sql(TestServer.USER, "drop role " + role);
        }
    }

    private void where(String onSource, String onTarget, String where, String outcome) {
        given(onSource, onTarget, rule(null, where, List.of()), outcome);
    }

    private void expected(String table, String where, String outcome) {
        rules.put(table, rule(null, where, List.of()));
        expected.put(table, outcome);
    }

    // --- rights

    @Test
    void what_a_role_may_not_do_is_told_before_it_is_tried() {
        var role = "discover_" + source;
        server.sql(TestServer.USER, "create role " + role + " login password 'x'");
        try {
            rights(role, "select", "select, insert, update, delete", PAIR);
            rights(role, "", "select, insert, update, delete", "lacks SELECT on it on the source");
            rights(role, "select", "select, insert, update", "lacks DELETE on it on the target");
            rights(role, "select", "select, update, delete", "lacks INSERT on it on the target");
            rights(role, "select", "", "on it on the target");
            rights(role, "select (a)", "select, insert, update, delete", "lacks SELECT on column b on the source");
            rights(role, "select", "select (a), insert (a), update (a), delete", "on column b on the target");
            rights(role, "select", "select, insert (a), update, delete", "lacks INSERT on column b on the target");
            server.sql(target, "alter table t0 enable row level security");
            expected.put("t0", "row security limits what role");

            assertExpected(as(role, config(false, true)));
            expected.put("t2", PAIR);
            assertExpected(as(role, config(false, false)));
            expected.put("t3", PAIR);
            expected.put("t7", PAIR);
            assertExpected(as(role, config(true, true)));
            server.sql(target, "alter table t0 disable row level security");
            server.sql(source, "alter table t0 enable row level security");
            assertExpected(as(role, config(true, true)));
        } finally {
            for (var side : List.of(source, target)) {
                server.sql(side, "drop owned by " + role);
            }
            server.sql(TestServer.USER, "drop role " + role);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero_damaged_pages", "ignore_checksum_failure"})
    void a_role_that_is_not_told_of_damaged_pages_reads_nothing(String setting) {
        var role = "damage_" + source;
        server.sql(TestServer.USER, "create role " + role + " login password 'x'");
        try {
            given("id int primary key", "id int primary key", PAIR);
            server.sql(source, "grant select on t0 to " + role);
            server.sql(target, "grant all on t0 to " + role);
            for (var side :
                    Map.of(source, "on the source", target, "on the target").entrySet()) {
                var set = "alter role " + role + " in database " + side.getKey();
                server.sql(TestServer.USER, set + " set " + setting + " = on");
                assertThatThrownBy(() -> as(role, config(false, true)))
                        .isInstanceOf(Refused.class)
                        .hasMessageContainingAll(setting, role, side.getValue());
                server.sql(TestServer.USER, set + " reset all");
            }
            assertExpected(as(role, config(false, true)));

            // A superuser sets them off.
            server.sql(TestServer.USER, "alter database " + source + " set " + setting + " = on");
            assertExpected(discovered(config(false, true), server.url(source), server.url(target)));
        } finally {
            for (var side : List.of(source, target)) {
                server.sql(side, "drop owned by " + role);
            }
            server.sql(TestServer.USER, "drop role " + role);
        }
    }

    private Discovered as(String role, SyncConfig config) {
        return discovered(config, server.url(source, role, "x"), server.url(target, role, "x"));
    }

    private void rights(String role, String onSource, String onTarget, String outcome) {
        var table = given("a int primary key, b int", "a int primary key, b int", outcome);
        if (!onSource.isEmpty()) {
            server.sql(source, "grant " + onSource + " on " + table + " to " + role);
        }
        if (!onTarget.isEmpty()) {
            server.sql(target, "grant " + onTarget + " on " + table + " to " + role);
        }
    }

    // --- what is missing, and what is empty

    @Test
    void every_selected_table_is_a_pair_or_a_refusal() {
        given("a int", "a int", PAIR);
        server.sql(source, "create table alone (a int)", "create table seen (a int)");
        server.sql(target, "create view seen as select 1 as a", "create table theirs (a int)");
        expected.put("alone", "the target has no such table");
        expected.put("seen", "cannot be written on the target");

        assertExpected();
    }

    @Test
    void a_catalogue_that_a_lost_connection_keeps_from_being_read_may_be_read_later() {
        var from = Step.connect("connect", pool(Side.SOURCE, server.url(source)));
        var to = Step.connect("connect", pool(Side.TARGET, server.url(target)));
        server.sql(
                target,
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
        try {
            assertThatThrownBy(() -> new Discovery(config(false, true)).of(from, to))
                    .isInstanceOfSatisfying(
                            StepFailed.class,
                            failed -> assertThat(failed.trouble().then()).isEqualTo(Trouble.Then.RETRY));
        } finally {
            Step.await("close", from::close);
        }
    }

    @Test
    void whoever_is_stopped_waits_for_no_catalogue() throws InterruptedException {
        var from = Step.connect("connect", pool(Side.SOURCE, server.url(source)));
        var to = Step.connect("connect", pool(Side.TARGET, server.url(target)));
        var thrown = new AtomicReference<Throwable>();
        var thread = Thread.ofVirtual().unstarted(() -> {
            Thread.currentThread().interrupt();
            try {
                new Discovery(config(false, true)).of(from, to);
            } catch (Stopped stopped) {
                thrown.set(stopped);
            }
            if (!Thread.currentThread().isInterrupted()) {
                thrown.set(new IllegalStateException("nobody knows that we were stopped"));
            }
        });
        thread.start();
        thread.join();

        assertThat(thrown.get()).isInstanceOf(Stopped.class).hasMessage("stopped during discover");
        Step.await("close", from::close);
        Step.await("close", to::close);
    }

    @Test
    void two_majors_may_print_one_expression_in_two_ways() {
        if (!TestServers.majors().contains(10) || !TestServers.majors().contains(18)) {
            return;
        }
        var newer = TestServers.shared(18);
        var there = newer.freshDatabase("discover");
        try {
            for (var side : List.of(source, there)) {
                var on = side.equals(source) ? server : newer;
                var changed = side.equals(source) ? "1" : "2";
                on.sql(
                        side,
                        "create table t0 (a text, c text generated always as (a || 'x') stored)",
                        "create table t1 (a int, c int generated always as (a + " + changed + ") stored)");
            }
            expected.put("t0", PAIR);
            expected.put("t1", "computes column c itself");

            assertExpected(discovered(config(false, true), server.url(source), newer.url(there)));
        } finally {
            newer.dropDatabase(there);
        }
    }

    @Test
    void tables_without_a_row_are_found_among_many() throws SQLException {
        for (var side : List.of(source, target)) {
            server.sql(
                    side,
                    "do $$ begin for i in 0..400 loop execute 'create table t' || i || ' (a int)'; end loop; end $$");
        }
        server.sql(target, "insert into t0 values (1)", "insert into t200 values (1)", "insert into t400 values (1)");
        server.sql(target, "create table heir () inherits (t5)", "insert into heir values (1)");
        server.sql(source, "insert into t7 values (1)");
        var shapes = discovered().pairs().stream().map(TablePair::target).toList();
        var pool = pool(Side.TARGET, server.url(target));

        var empty = EmptyTables.among(pool, shapes, events::add);
        assertThat(empty).hasSize(398).contains(name("t1"), name("t5"), name("t7"), name("t399"));
        assertThat(empty).doesNotContain(name("t0"), name("t200"), name("t400"));
        assertThat(events).isEmpty();

        try (var holder = server.connect(target)) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("lock table t10 in access exclusive mode");
            }
            assertThat(EmptyTables.among(pool, shapes.subList(0, 300), events::add))
                    .contains(name("t1"))
                    .doesNotContain(name("t10"), name("t0"));
            assertThat(events)
                    .singleElement()
                    .satisfies(event -> assertThat(event.toString()).contains("t10"));
        }
    }

    @Test
    void a_table_that_cannot_be_asked_for_its_rows_is_not_taken_for_empty() throws SQLException {
        for (var side : List.of(source, target)) {
            server.sql(side, "create table locked (a int)", "create table missing (a int)");
        }
        var shapes = discovered().pairs().stream().map(TablePair::target).toList();
        var pool = pool(Side.TARGET, server.url(target));
        server.sql(target, "drop table missing");

        assertThatThrownBy(() -> EmptyTables.among(pool, shapes, events::add))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("missing");
        try (var holder = server.connect(target)) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("lock table locked in access exclusive mode");
            }
            assertThatThrownBy(() -> EmptyTables.among(pool, shapes, events::add))
                    .isInstanceOf(StepFailed.class)
                    .hasMessageContaining("missing");
        }
        assertThat(EmptyTables.among(
                        pool,
                        shapes.stream()
                                .filter(shape -> shape.name().equals(name("locked")))
                                .toList(),
                        events::add))
                .containsExactly(name("locked"));
    }

    private static TableName name(String table) {
        return new TableName("public", table);
    }

    @Test
    void a_filter_that_looks_at_more_than_the_row_has_its_table_compared_whole() {
        var columns = "id int primary key, at timestamptz, d date";
        List.of("d < '2026-01-01'", "id > 1 and d is not null", "at < '2026-01-01'")
                .forEach(where -> given(columns, columns, rule(null, where, List.of()), PAIR));
        var whole = new ArrayList<String>();
        List.of("d < 'today'", "at < ' Yesterday'", "at < now()", "exists (select)", "id < random()")
                .forEach(where -> whole.add(given(columns, columns, rule(null, where, List.of()), PAIR)));

        assertThat(discovered().pairs())
                .allSatisfy(pair -> assertThat(pair.rule().mode())
                        .as(pair.rule().where())
                        .isEqualTo(whole.contains(pair.name().table()) ? "reconcile" : null))
                .hasSize(expected.size());
    }

    @Test
    void a_target_that_takes_no_writes_is_read_all_the_same() {
        given("id int primary key", "id int primary key", rule(null, "id > 1", List.of()), PAIR);
        server.sql(target, "alter database " + target + " set default_transaction_read_only = on");

        assertThat(discovered().pairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.rule().mode()).isEqualTo("reconcile"));
    }
}
