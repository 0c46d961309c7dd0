package pgsync.coordinator.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Surroundings;
import pgsync.coordinator.verify.Verifier.Compared;
import pgsync.error.Stopped;
import pgsync.event.RunEvent;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.task.TableDifferences;
import pgsync.task.TableDifferences.Example;
import pgsync.task.TableDifferences.Kind;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.task.TableReport.Status;
import pgsync.task.TableSpec;
import pgsync.task.TableSpec.Canonical;
import pgsync.task.TableSpec.ColumnSpec;
import pgsync.task.TableSpec.Guard;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

/** What a comparison finds, counts and names; and that it claims equality of nothing that it has not seen. */
class VerifierTest {
    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String source = server.freshDatabase("verify");
    private final String target = server.freshDatabase("verify");
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, new NodeId(UUID.randomUUID()), Pause.real());
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        connector.close();
        Step.await("close", vertx::close);
        server.dropDatabase(source);
        server.dropDatabase(target);
    }

    private VerifierTest onSource(String... sql) {
        server.sql(source, sql);
        return this;
    }

    private VerifierTest onTarget(String... sql) {
        server.sql(target, sql);
        return this;
    }

    private VerifierTest onBoth(String... sql) {
        return onSource(sql).onTarget(sql);
    }

    private Verifier verifier(int parallel) {
        return verifier(server.url(source), server.url(target), parallel);
    }

    private Verifier verifier(String sourceUrl, String targetUrl, int parallel) {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        return new Verifier(
                connector,
                Endpoint.parse(sourceUrl, surroundings),
                Endpoint.parse(targetUrl, surroundings),
                parallel,
                events::add);
    }

    private static ColumnSpec column(String name, @Nullable String cast, @Nullable String fixed) {
        return new ColumnSpec(name, cast, true, Canonical.TEXT, null, fixed, Guard.NONE);
    }

    private record Table(
            String name,
            List<ColumnSpec> columns,
            List<String> key,
            @Nullable String stamp,
            @Nullable String where,
            long rows) {
        static Table of(String name, String... columns) {
            return new Table(
                    name,
                    Arrays.stream(columns).map(c -> column(c, null, null)).toList(),
                    List.of(columns[0]),
                    null,
                    null,
                    0);
        }

        Table key(String... names) {
            return new Table(name, columns, List.of(names), stamp, where, rows);
        }

        Table keyless() {
            return key(new String[0]);
        }

        Table stamp(String column) {
            return new Table(name, columns, key, column, where, rows);
        }

        Table where(String filter) {
            return new Table(name, columns, key, stamp, filter, rows);
        }

        Table rows(long estimated) {
            return new Table(name, columns, key, stamp, where, estimated);
        }

        Table with(ColumnSpec column) {
            var all = new ArrayList<>(columns);
            all.replaceAll(one -> one.name().equals(column.name()) ? column : one);
            return new Table(name, all, key, stamp, where, rows);
        }

        TableSpec spec(boolean only) {
            return spec(only, false);
        }

        TableSpec spec(boolean only, boolean asStored) {
            return new TableSpec(
                    new TableName("public", name),
                    only,
                    only,
                    columns,
                    key,
                    true,
                    true,
                    List.of(),
                    stamp,
                    where,
                    true,
                    false,
                    List.of(),
                    true,
                    false,
                    TableSpec.Hash.EXTENDED,
                    asStored,
                    List.of(),
                    rows);
        }
    }

    private TableDifferences found(Table table) {
        return found(table, null);
    }

    private TableDifferences found(Table table, @Nullable String since) {
        return found(verifier(1), table.spec(true), since);
    }

    private static TableDifferences found(Verifier verifier, TableSpec table, @Nullable String since) {
        var reports = verifier.compare(List.of(new Compared(table, since)), null);
        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.status())
                        .as(String.valueOf(report.error()))
                        .isEqualTo(Status.DONE));
        return java.util.Objects.requireNonNull(reports.get(0).differences());
    }

    private static final Table T = Table.of("t", "id", "a", "b");

    private VerifierTest withRows(int rows) {
        return onBoth(
                "create table t (id int primary key, a text, b text)",
                "insert into t select i, 'a' || i, 'b' from generate_series(1, " + rows + ") i");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 512, 5_000, 1_000_000_000_000L})
    void rows_that_are_equal_are_counted_whatever_the_estimate(long estimated) {
        withRows(1_000);

        assertThat(found(T.rows(estimated))).isEqualTo(new TableDifferences(1_000, 1_000, 0, 0, 0, 0, List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 512, 5_000, 1_000_000_000_000L})
    void each_kind_of_difference_is_counted_and_named(long estimated) {
        withRows(1_000)
                .onTarget(
                        "update t set a = 'other' where id = 7",
                        "delete from t where id = 999",
                        "insert into t values (2000, 'x', 'y')",
                        "insert into t values (0, 'x', 'y')");

        assertThat(found(T.rows(estimated)))
                .isEqualTo(new TableDifferences(
                        1_000,
                        1_001,
                        1,
                        1,
                        2,
                        0,
                        List.of(
                                new Example(Kind.EXTRA, "0", List.of()),
                                new Example(Kind.EXTRA, "2000", List.of()),
                                new Example(Kind.DIFFERENT, "7", List.of("a")),
                                new Example(Kind.MISSING, "999", List.of()))));
    }

    @Test
    void where_most_differs_all_is_read() {
        withRows(2_000).onTarget("update t set a = 'other', b = 'other' where id <> 5");

        var found = found(T.rows(5_000));

        assertThat(found.different()).isEqualTo(1_999);
        assertThat(found.examples())
                .hasSize(5)
                .allSatisfy(one -> assertThat(one.columns()).containsExactly("a", "b"));
    }

    @Test
    void values_that_changed_places_are_different() {
        onBoth("create table t (id int primary key, a text, b text)")
                .onSource("insert into t values (1, 'x', 'y'), (2, null, ''), (3, 'p,q', 'r')")
                .onTarget("insert into t values (1, 'y', 'x'), (2, '', null), (3, 'p', 'q,r')");

        assertThat(found(T).different()).isEqualTo(3);
    }

    @Test
    void one_side_without_rows_lacks_all_of_them() {
        withRows(3).onTarget("delete from t");
        assertThat(found(T))
                .satisfies(found -> assertThat(found.missing()).isEqualTo(3))
                .satisfies(found -> assertThat(found.targetRows()).isZero());

        onSource("delete from t").onTarget("insert into t values (1, 'a', 'b')");
        assertThat(found(T).extra()).isOne();
    }

    @Test
    void rows_without_a_key_are_counted_as_often_as_they_are_there() {
        onBoth("create table t (id int, a text, b text)", "insert into t values (1, 'a', 'b')")
                .onSource("insert into t values (1, 'a', 'b'), (2, 'only', 'here')")
                .onTarget("insert into t values (3, 'only', 'there'), (3, 'only', 'there')");

        assertThat(found(T.keyless())).isEqualTo(new TableDifferences(3, 3, 0, 2, 2, 0, List.of()));
    }

    @Test
    void what_was_stamped_since_the_last_run_is_counted_apart() {
        onBoth("create table t (id int primary key, a text, b timestamptz)")
                .onSource(
                        "insert into t values (1, 'new', '2026-02-01Z'), (2, 'bound', '2026-01-01Z'), (3, 'old', '2025-01-01Z'),"
                                + " (4, 'none', null), (5, 'changed', '2026-02-01Z')")
                .onTarget("insert into t values (5, 'x', '2026-03-01Z'), (6, 'extra', '2026-03-01Z')");

        assertThat(found(T.stamp("b"), "2026-01-01Z").newer()).isEqualTo(3);
        assertThat(found(T.stamp("b"), null).newer()).isZero();
        assertThat(found(T, "2026-01-01Z").newer()).isZero();
        assertThat(found(T.stamp("b").keyless(), "2026-01-01Z").newer()).isEqualTo(3);
    }

    @Test
    void keys_of_several_columns_are_merged_in_one_order() {
        onBoth("create table t (id text, a text, b text, primary key (id, a))")
                .onSource(
                        "insert into t values ('a', 'B', '1'), ('A', 'b', '2'), ('ä', '', '3'), ('\ud83d\ude00', '\uffee', '4')")
                .onTarget(
                        "insert into t values ('a', 'B', '1'), ('A', 'b', 'x'), ('\uffee', '', '3'), ('\ud83d\ude00', '\uffee', '4')");

        assertThat(found(T.key("id", "a"))).satisfies(found -> {
            assertThat(found.different()).isOne();
            assertThat(found.missing()).isOne();
            assertThat(found.extra()).isOne();
            assertThat(found.examples()).contains(new Example(Kind.DIFFERENT, "(A,b)", List.of("b")));
        });
    }

    @Test
    void a_long_key_is_cut_where_it_is_told() {
        onBoth("create table t (id text primary key, a text, b text)")
                .onSource("insert into t values (repeat('k', 200), '', ''), (repeat('l', 201), '', '')");

        assertThat(found(T).examples())
                .extracting(Example::key)
                .containsExactly("k".repeat(200), "l".repeat(200) + "…");
    }

    @Test
    void the_filter_holds_on_both_sides() {
        withRows(10).onTarget("update t set a = 'other' where id > 8", "update t set a = 'other' where id = 2");

        assertThat(found(T.where("id < 9 -- the first"))).satisfies(found -> {
            assertThat(found.sourceRows()).isEqualTo(8);
            assertThat(found.different()).isOne();
        });
    }

    @Test
    void values_are_compared_as_the_target_has_them() {
        onSource(
                        "create table t (id int primary key, a date, b text)",
                        "insert into t values (1, '2026-01-01', 'source')")
                .onTarget(
                        "create table t (id bigint primary key, a timestamp, b text)",
                        "insert into t values (1, '2026-01-01', 'fixed')");

        assertThat(found(T).different()).isOne();
        var asTarget =
                T.with(column("a", "timestamp without time zone", null)).with(column("b", null, "'fixed'::text"));
        assertThat(found(asTarget).total()).isZero();
        onTarget("update t set b = 'source'");
        assertThat(found(asTarget).different()).isOne();
    }

    @Test
    void rows_of_heirs_belong_to_a_table_only_where_they_are_asked_for() {
        withRows(3).onSource("create table heir () inherits (t)", "insert into heir values (9, 'x', 'y')");

        assertThat(found(T).sourceRows()).isEqualTo(3);
        assertThat(verifier(1)
                        .compare(List.of(new Compared(T.spec(false), null)), null)
                        .get(0)
                        .differences()
                        .missing())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({"10,15", "15,10", "10,10"})
    void servers_that_hash_and_print_otherwise_are_compared_by_what_both_can(int from, int to) {
        if (!TestServers.majors().contains(10)) {
            return;
        }
        var onFrom = TestServers.shared(from);
        var onTo = TestServers.shared(to);
        var here = onFrom.freshDatabase("verify");
        var there = onTo.freshDatabase("verify");
        try {
            String[] rows = {
                "create table t (id int primary key, a text, b float8)",
                "insert into t values (1, 'a', 0.1), (2, 'b', 1.0 / 3), (3, null, 1e300)"
            };
            onFrom.sql(here, rows);
            onTo.sql(there, rows);
            var verifier = verifier(onFrom.url(here), onTo.url(there), 1);
            assertThat(found(verifier, T.spec(true), null).total()).isZero();

            onTo.sql(there, "update t set a = 'other' where id = 2");
            assertThat(found(verifier, T.spec(true), null).examples())
                    .containsExactly(new Example(Kind.DIFFERENT, "2", List.of("a")));
        } finally {
            onFrom.dropDatabase(here);
            onTo.dropDatabase(there);
        }
    }

    @Test
    void the_last_digit_of_a_float_counts_between_servers_that_print_it_alike() {
        onBoth("create table t (id int primary key, a float8, b float4)")
                .onSource("insert into t values (1, 0.1, 1), (2, 1, 0.1)")
                .onTarget("insert into t values (1, 0.1::float8 + 2e-17, 1), (2, 1, 0.10000001)");

        assertThat(found(T).examples())
                .containsExactly(
                        new Example(Kind.DIFFERENT, "1", List.of("a")), new Example(Kind.DIFFERENT, "2", List.of("b")));
    }

    @Test
    void databases_without_an_encoding_are_compared_by_the_bytes_they_hold() {
        var here = "ascii_" + source;
        var there = "ascii_" + target;
        for (var side : List.of(here, there)) {
            server.sql(
                    TestServer.USER,
                    "create database " + side + " template template0 encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'");
            server.sql(
                    side,
                    "create table t (id text primary key, a text, b text)",
                    "insert into t values (E'\\xe9', E'\\xff', ''), (E'\\xc3\\xa9', '', E'\\xe9'), (E'\\xea', '', '')");
        }
        try {
            var verifier = verifier(server.url(here), server.url(there), 1);
            var table = T.spec(true, true);
            assertThat(found(verifier, table, null).total()).isZero();

            server.sql(
                    there, "update t set a = E'\\xfe' where id = E'\\xe9'", "delete from t where id = E'\\xc3\\xa9'");
            assertThat(found(verifier, table, null).examples())
                    .containsExactly(
                            new Example(Kind.MISSING, "\\303\\251", List.of()),
                            new Example(Kind.DIFFERENT, "\\351", List.of("a")));
        } finally {
            server.dropDatabase(here);
            server.dropDatabase(there);
        }
    }

    // --- one after the other, and side by side

    private long connected() {
        return server.count(
                target,
                "select count(*) from pg_stat_activity where datname in ('" + source + "', '" + target
                        + "') and application_name like 'pgsync %'");
    }

    private void assertNobodyConnected() {
        // The server notices it a moment later.
        for (var looks = 0; looks < 10_000 && connected() > 0; looks++) {
            Thread.onSpinWait();
        }
        assertThat(connected()).isZero();
    }

    @Test
    void nobody_stays_connected() {
        withRows(3);
        var table = new Compared(T.spec(true), null);

        verifier(2)
                .compare(List.of(table, new Compared(Table.of("missing", "id").spec(true), null), table), null);

        assertNobodyConnected();
    }

    @Test
    void a_target_that_lets_nobody_in_fails_each_table() {
        withRows(3);
        var table = new Compared(T.spec(true), null);

        assertThat(verifier(server.url(source), server.url("verify_nowhere"), 1).compare(List.of(table, table), null))
                .hasSize(2)
                .allSatisfy(report -> {
                    assertThat(report.status()).isEqualTo(Status.FAILED);
                    assertThat(report.error()).contains("verify_nowhere");
                });
        assertNobodyConnected();
    }

    @Test
    void a_mistake_of_ours_fails_its_table_and_no_other() {
        withRows(3).onTarget("delete from t where id = 1");

        var reports = verifier(1)
                .compare(
                        List.of(new Compared(T.key("nobody").spec(true), null), new Compared(T.spec(true), null)),
                        null);

        assertThat(reports).extracting(TableReport::status).containsExactly(Status.FAILED, Status.DONE);
        assertThat(reports.get(0).error()).contains("a mistake in pgsync");
        assertThat(reports.get(0).remedy()).isNotNull();
        assertNobodyConnected();
    }

    @Test
    void a_table_that_cannot_be_read_is_reported_and_the_others_are_compared() {
        withRows(2);
        var missing = new Compared(Table.of("missing", "id").spec(true), null);
        var there = new Compared(T.spec(true), null);

        var reports = verifier(1).compare(List.of(missing, there, missing, there), null);

        assertThat(reports)
                .extracting(TableReport::status)
                .containsExactly(Status.FAILED, Status.DONE, Status.FAILED, Status.DONE);
        assertThat(reports.get(0).error()).contains("missing");
        assertThat(reports.get(0).remedy()).isNotNull();
        assertThat(events.stream().filter(RunEvent.TableStarted.class::isInstance))
                .hasSize(4);
        assertThat(events.stream().filter(RunEvent.TableEnded.class::isInstance))
                .hasSize(4);
        assertThat(
                        server.count(
                                source,
                                "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50})
    void every_table_is_compared_once(int parallel) {
        var tables = IntStream.range(0, 20).mapToObj(i -> "t" + i).toList();
        for (var table : tables) {
            onBoth("create table " + table + " (id int primary key)");
        }
        var compared = tables.stream()
                .map(table -> new Compared(Table.of(table, "id").spec(true), null))
                .toList();

        assertThat(verifier(parallel).compare(compared, null))
                .extracting(report -> report.table().table())
                .containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void tables_are_read_in_the_moment_that_is_given() throws SQLException {
        withRows(3);
        try (var holder = server.connect(source);
                var statement = holder.createStatement()) {
            statement.execute("begin isolation level repeatable read");
            String snapshot;
            try (var row = statement.executeQuery("select pg_export_snapshot()")) {
                row.next();
                snapshot = row.getString(1);
            }
            onSource("delete from t");

            assertThat(verifier(1).compare(List.of(new Compared(T.spec(true), null)), snapshot))
                    .singleElement()
                    .satisfies(
                            report -> assertThat(report.differences().total()).isZero());
        }
        assertThat(found(T).extra()).isEqualTo(3);
    }

    @Test
    void nothing_can_be_written() {
        onBoth(
                "create table t (id int primary key, a text, b text)",
                "create sequence s",
                "create function writes() returns boolean language plpgsql as 'begin insert into public.t values (1); return true; end'");

        var reports = verifier(1)
                .compare(List.of(new Compared(T.where("public.writes()").spec(true), null)), null);
        onBoth("insert into t values (5, 'a', 'b')");
        reports = verifier(1)
                .compare(List.of(new Compared(T.where("public.writes()").spec(true), null)), null);

        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.error()).contains("read-only"));
        assertThat(server.rows(target, "t")).isOne();
    }

    @Test
    void whoever_is_stopped_cuts_the_servers_off_and_says_so() {
        withRows(1).onBoth("select 1");
        var me = Thread.currentThread();
        var slow = T.where("(select count(*) from generate_series(1, 2000000000)) > 0")
                .spec(true);
        var verifier = new Verifier[1];
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        verifier[0] = new Verifier(
                connector,
                Endpoint.parse(server.url(source), surroundings),
                Endpoint.parse(server.url(target), surroundings),
                1,
                event -> {
                    if (event instanceof RunEvent.TableStarted) {
                        Thread.ofVirtual().start(() -> {
                            while (server.count(
                                            target,
                                            "select count(*) from pg_stat_activity where datname = current_database()"
                                                    + " and state = 'active' and query like '%generate_series%' and pid <> pg_backend_pid()")
                                    == 0) {
                                Thread.onSpinWait();
                            }
                            me.interrupt();
                        });
                    }
                });

        assertThatThrownBy(() ->
                        verifier[0].compare(List.of(new Compared(slow, null), new Compared(T.spec(true), null)), null))
                .isInstanceOf(Stopped.class);
        assertThat(Thread.interrupted()).isTrue();
        for (var looks = 0; looks < 10_000 && atWork() > 0; looks++) {
            Thread.onSpinWait();
        }
        assertThat(atWork()).isZero();
    }

    private long atWork() {
        return server.count(
                target,
                "select count(*) from pg_stat_activity where datname in ('" + source + "', '" + target
                        + "') and state = 'active' and pid <> pg_backend_pid()");
    }
}
