package pgsync.coordinator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.event.RunEvent;
import pgsync.sql.Step;
import pgsync.state.StateSchema;
import pgsync.table.ForeignKey;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.task.TableReport.Status;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

/** Which foreign keys of the target are asked about after a run, how many rows break them, and what is told of it. */
class ForeignKeyCheckTest {
    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String sourceName = server.freshDatabase("check");
    private final String targetName = server.freshDatabase("check");
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, new NodeId(UUID.randomUUID()), Pause.real());
    private final RunId run = new RunId(UUID.randomUUID());
    private final List<RunEvent> events = new ArrayList<>();
    private ForeignKeyCheck check;

    @BeforeEach
    void a_run_has_written_with_foreign_keys_off() {
        var target = pool(Side.TARGET, targetName);
        StateSchema.ensure(target);
        check = new ForeignKeyCheck(pool(Side.SOURCE, sourceName), target, events::add);
        onTarget(
                "insert into pgsync.run (id, mode, state, requested_by, coordinator, source_identity) values ('"
                        + run.value() + "', 'sync', 'running', 'me', '" + run.value() + "', 'x')",
                "insert into pgsync.task (run_id, schema_name, table_name, kind, gate, spec) values ('" + run.value()
                        + "', 'public', 'child', 'COPY', 'g', '{\"table\": {\"replicaRole\": true}}')",
                "insert into pgsync.sync_log (run_id, schema_name, table_name, mode, start_time, end_time, status) select '"
                        + run.value()
                        + "', 'public', t, 'm', now(), now(), 'done' from unnest(array['child', 'parent']) t");
    }

    private Pool pool(Side side, String database) {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        return connector.pool(side, Endpoint.parse(server.url(database), surroundings), 1);
    }

    @AfterEach
    void close() {
        connector.close();
        Step.await("close", vertx::close);
        server.dropDatabase(sourceName);
        server.dropDatabase(targetName);
    }

    private void onTarget(String... sql) {
        server.sql(targetName, sql);
    }

    /** With a key that is not looked at when rows come, and {@code orphans} children of no parent besides one that has one. */
    private void withOrphans(int orphans) {
        onTarget(
                "create table parent (id int primary key)",
                "create table child (id int primary key, parent int constraint belongs references parent)",
                "set session_replication_role = replica; insert into parent values (0); insert into child values (0, 0), (-1, null);"
                        + " insert into child select i, i from generate_series(1, " + orphans + ") i");
    }

    private static TableReport report(String table, long upserted, long deleted, @Nullable String error) {
        return new TableReport(
                new TableName("public", table),
                "copy",
                Status.DONE,
                upserted,
                deleted,
                5,
                6,
                "from",
                "to",
                error,
                error == null ? null : "remedy",
                Duration.ofSeconds(7));
    }

    private @Nullable String found(TableReport... reports) {
        var after = check.after(run, List.of(reports));
        assertThat(after).hasSize(reports.length);
        return after.get(0).error();
    }

    private @Nullable String noted() {
        return server.value(targetName, "select coalesce(error, '-') from pgsync.sync_log where table_name = 'child'");
    }

    @Test
    void what_was_found_is_told_noted_and_reported_and_nothing_else_changes() {
        withOrphans(2);
        var parent = report("parent", 0, 0, null);

        var after = check.after(run, List.of(report("child", 1, 0, null), parent));

        var text = "2 rows break the target's foreign key belongs: they refer to rows that public.parent does not have";
        assertThat(after.get(1)).isEqualTo(parent);
        assertThat(after.get(0))
                .isEqualTo(new TableReport(
                        new TableName("public", "child"),
                        "copy",
                        Status.DONE,
                        1,
                        0,
                        5,
                        6,
                        "from",
                        "to",
                        text,
                        after.get(0).remedy(),
                        Duration.ofSeconds(7)));
        assertThat(after.get(0).remedy()).contains("referred to");
        assertThat(noted()).isEqualTo(text);
        assertThat(events)
                .containsExactly(new RunEvent.Warning(
                        new TableName("public", "child"),
                        text,
                        String.valueOf(after.get(0).remedy())));
    }

    @Test
    void a_report_that_has_an_error_keeps_it() {
        withOrphans(2);

        assertThat(found(report("child", 1, 0, "another"))).isEqualTo("another");
    }

    @ParameterizedTest
    @CsvSource({
        "child,1,0,true",
        "child,0,1,false",
        "child,0,0,false",
        "parent,1,0,false",
        "parent,0,1,true",
        "parent,0,0,false"
    })
    void only_keys_that_the_run_can_have_broken_are_asked_about(
            String table, long upserted, long deleted, boolean asked) {
        withOrphans(2);

        var before = List.of(report(table, upserted, deleted, null));
        assertThat(check.after(run, before)).hasSize(1);
        assertThat(events).hasSize(asked ? 1 : 0);
        assertThat(noted()).matches(asked ? "2 rows.*" : "-");
    }

    @Test
    void a_run_that_left_foreign_keys_on_has_broken_none() {
        withOrphans(2);
        onTarget("update pgsync.task set spec = '{\"table\": {\"replicaRole\": false}}'");

        assertThat(found(report("child", 1, 0, null))).isNull();
        assertThat(events).isEmpty();
    }

    @Test
    void a_key_that_holds_is_not_told() {
        withOrphans(0);

        assertThat(found(report("child", 1, 0, null))).isNull();
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"999,999 rows", "1000,'1,000 rows'", "1001,'more than 1,000 rows'", "2000,'more than 1,000 rows'"})
    void rows_are_counted_as_far_as_it_matters(int orphans, String told) {
        withOrphans(orphans);

        assertThat(found(report("child", 1, 0, null))).startsWith(told);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rows_of_partitions_count_and_those_of_heirs_do_not(boolean partitioned) {
        var by = partitioned ? " partition by range (id)" : "";
        onTarget(
                "create table parent (id int primary key)" + by,
                "create table child (id int, parent int references parent)" + by,
                partitioned
                        ? "create table parent_1 partition of parent for values from (0) to (10);"
                                + " create table child_1 partition of child for values from (0) to (10)"
                        : "create table heir () inherits (child); create table rich () inherits (parent)",
                partitioned
                        ? "insert into parent values (1); insert into child values (1, 1)"
                        : "insert into rich values (1), (2); insert into parent values (1);"
                                + " insert into child values (1, 1); insert into heir values (8, 8), (9, 9)",
                "set session_replication_role = replica; insert into child values (2, 2)");

        assertThat(found(report("child", 1, 0, null))).startsWith("1 rows");
    }

    @Test
    void every_column_of_a_key_counts_and_a_null_in_one_is_no_reference() {
        onTarget(
                "create table parent (a int, b int, primary key (a, b))",
                "create table child (id int primary key, x int, y int, foreign key (y, x) references parent (b, a))",
                "set session_replication_role = replica; insert into parent values (1, 2);"
                        + " insert into child values (1, 1, 2), (2, 2, 1), (3, null, 7), (4, 7, null)");

        assertThat(found(report("child", 1, 0, null))).startsWith("1 rows");
    }

    private void withNullsBesideValues() {
        onTarget(
                "create table parent (a int, b int, primary key (a, b))",
                "create table child (id int primary key, x int, y int,"
                        + " constraint belongs foreign key (y, x) references parent (b, a) match full)",
                "set session_replication_role = replica; insert into parent values (1, 2);"
                        + " insert into child values (1, 1, 2), (2, 2, 1), (3, null, 2), (4, 7, null), (5, null, null)");
    }

    @Test
    void a_null_beside_a_value_breaks_a_key_that_is_match_full() {
        withNullsBesideValues();

        var after = check.after(run, List.of(report("child", 1, 0, null))).get(0);

        assertThat(after.error())
                .isEqualTo(
                        "1 rows break the target's foreign key belongs: they refer to rows that public.parent does not"
                                + " have; 2 rows break the target's foreign key belongs: a part of its columns is null, against"
                                + " MATCH FULL");
    }

    @ParameterizedTest
    @CsvSource({"match full,true", "'',false"})
    void a_null_beside_a_value_is_remedied_as_the_sources_own_key_lets_it(String match, boolean same) {
        withNullsBesideValues();
        onTarget("set session_replication_role = replica; delete from child where id = 2");
        onSource(
                "create table parent (a int, b int, primary key (a, b))",
                "create table child (id int primary key, x int, y int, foreign key (y, x) references parent (b, a) "
                        + match + ")");

        var remedy =
                check.after(run, List.of(report("child", 1, 0, null))).get(0).remedy();

        assertThat(remedy).contains(same ? "-reconcile" : "MATCH SIMPLE");
    }

    @Test
    void a_period_is_covered_by_the_rows_together_that_it_refers_to() {
        if (!TestServers.majors().contains(18)) {
            return;
        }
        var newer = TestServers.shared(18);
        var database = newer.freshDatabase("check");
        try {
            newer.sql(
                    database,
                    "create extension btree_gist",
                    "create table parent (id int, during int4range, primary key (id, during without overlaps))",
                    "create table child (id int, during int4range,"
                            + " foreign key (id, period during) references parent (id, period during))",
                    "set session_replication_role = replica;"
                            + " insert into parent values (1, '[0,10)'), (1, '[10,20)'), (2, '[0,10)');"
                            + " insert into child values (1, '[5,15)'), (2, '[0,10)'), (null, '[0,5)'),"
                            + " (1, '[15,25)'), (2, '[5,15)'), (3, '[0,5)')");
            var key = new ForeignKey(
                    "k",
                    new TableName("public", "child"),
                    List.of("id", "during"),
                    new TableName("public", "parent"),
                    List.of("id", "during"),
                    false,
                    true,
                    true,
                    true,
                    false,
                    "p.id operator(pg_catalog.=) c.id and p.during operator(pg_catalog.&&) c.during",
                    new TableName("public", "child"),
                    new TableName("public", "parent"));

            assertThat(newer.count(database, CheckSql.orphans(key, false, false)))
                    .isEqualTo(3);
        } finally {
            newer.dropDatabase(database);
        }
    }

    /** Keys are asked about in the order of their names. */
    @ParameterizedTest
    @ValueSource(strings = {"also", "too"})
    void all_broken_keys_of_a_table_are_told_with_the_remedy_that_helps(String other) {
        withOrphans(1);
        onTarget(
                "create table uncle (id int primary key)",
                "set session_replication_role = replica; alter table child add constraint " + other
                        + " foreign key (parent) references uncle not valid");
        onSource(
                "create table uncle (id int primary key)",
                "create table child (id int primary key, parent int references uncle)");

        var after = check.after(run, List.of(report("child", 1, 0, null))).get(0);

        assertThat(after.error()).contains("belongs", other, "; ");
        assertThat(after.remedy()).contains("-reconcile");
    }

    private void onSource(String... sql) {
        server.sql(sourceName, sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foreign key (parent) references parent|true",
                "foreign key (parent) references parent not valid|false",
                "foreign key (id) references parent|false",
                "foreign key (parent) references parent (other)|false",
                "foreign key (parent) references parent match full|true",
                "foreign key (parent) references uncle|false"
            })
    void the_remedy_is_another_where_the_source_has_the_same_key(String key, boolean same) {
        withOrphans(1);
        onSource(
                "create table parent (id int primary key, other int unique)",
                "create table uncle (id int primary key)",
                "create table child (id int primary key, parent int, "
                        + (key.endsWith("not valid") ? "unique (id)" : key) + ")",
                key.endsWith("not valid") ? "alter table child add " + key : "select 1");

        var remedy =
                check.after(run, List.of(report("child", 1, 0, null))).get(0).remedy();

        assertThat(remedy).contains(same ? "-reconcile" : "referred to");
    }

    @Test
    void a_key_that_cannot_be_asked_about_is_told_and_the_others_are_checked() throws SQLException {
        withOrphans(2);
        onTarget(
                "create table aunt (id int primary key)",
                "alter table child add aunt int constraint also references aunt");
        try (var holder = server.connect(targetName)) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("lock table aunt in access exclusive mode");
            }

            assertThat(found(report("child", 1, 0, null))).contains("2 rows", "belongs");
            holder.rollback();
        }
        assertThat(events)
                .hasSize(2)
                .anySatisfy(event -> assertThat(event.toString())
                        .contains("the target's foreign key also could not be checked: ", "lock timeout"));
    }

    @Test
    void a_check_that_cannot_be_made_is_told_and_leaves_the_reports_alone() {
        withOrphans(1);
        onTarget("drop table pgsync.task");
        var reports = List.of(report("child", 1, 0, null));

        assertThat(check.after(run, reports)).isEqualTo(reports);
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.toString()).contains("could not be checked"));
        assertThat(
                        server.value(
                                targetName,
                                "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'"))
                .isEqualTo("0");
    }
}
