package pgsync.coordinator.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pgsync.config.SyncConfig;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.task.TableName;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

/** What rows refer to in a table that is refused, and whether the target has it. */
class RowsReferredToTest {
    private static final TableName PARENT = new TableName("public", "parent");

    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String source = server.freshDatabase("refer");
    private final String target = server.freshDatabase("refer");
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, new NodeId(UUID.randomUUID()), Pause.real());

    @AfterEach
    void close() {
        connector.close();
        Step.await("close", vertx::close);
        server.dropDatabase(source);
        server.dropDatabase(target);
    }

    private void both(String... statements) {
        server.sql(source, statements);
        server.sql(target, statements);
    }

    private SqlConnection connect(Side side, String url) {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        return Step.connect("connect", connector.pool(side, Endpoint.parse(url, surroundings), 1));
    }

    /** Names of tables that cannot be written when the parent is refused. */
    private List<String> missing(@Nullable String snapshot) {
        var from = connect(Side.SOURCE, server.url(source));
        var to = connect(Side.TARGET, server.url(target));
        try {
            var refused = new Refusal(PARENT, "some reason", "some remedy");
            var found = new Discovery(SyncConfig.DEFAULT).of(from, to).without(List.of(refused));
            return new RowsReferredTo(found, from, to, snapshot)
                    .missing(List.of(refused)).stream()
                            .map(refusal -> refusal.table().table())
                            .toList();
        } finally {
            Step.await("close", from::close);
            Step.await("close", to::close);
        }
    }

    private List<String> missing() {
        return missing(null);
    }

    @Test
    void who_refers_to_a_table_that_is_refused_for_it_is_refused_whatever_its_name() {
        both(
                "create table parent (id int primary key)",
                "create table z (id int primary key references parent)",
                "create table y (id int primary key references z)",
                "create table a (id int primary key references y)",
                "create table alone (id int primary key)");
        server.sql(
                source,
                "insert into parent values (1)",
                "insert into z values (1)",
                "insert into y values (1)",
                "insert into a values (1)",
                "insert into alone values (1)");

        assertThat(missing()).containsExactlyInAnyOrder("z", "y", "a");
    }

    @Test
    void one_missing_among_more_rows_than_are_looked_up_at_a_time_is_found() {
        both("create table parent (id int primary key)", "create table child (id int references parent)");
        server.sql(
                source,
                "insert into parent select generate_series(1, 10001)",
                "insert into child select id from parent");
        server.sql(target, "insert into parent select generate_series(1, 10000)");

        assertThat(missing()).containsExactly("child");

        server.sql(target, "insert into parent values (10001)");

        assertThat(missing()).isEmpty();
    }

    @Test
    void rows_are_looked_at_as_of_the_runs_snapshot() throws SQLException {
        both("create table parent (id int primary key)", "create table child (id int references parent)");
        try (var holder = server.connect(source)) {
            holder.setAutoCommit(false);
            holder.setTransactionIsolation(java.sql.Connection.TRANSACTION_REPEATABLE_READ);
            String snapshot;
            try (var statement = holder.createStatement();
                    var rows = statement.executeQuery("select pg_export_snapshot()")) {
                rows.next();
                snapshot = rows.getString(1);
            }
            server.sql(source, "insert into parent values (1)", "insert into child values (1)");

            assertThat(missing(snapshot)).isEmpty();
            assertThat(missing()).containsExactly("child");
        }
    }

    @Test
    void keys_of_a_single_partition_are_tried() {
        both(
                "create table parent (id int primary key)",
                "create table child (id int) partition by list (id)",
                "create table one partition of child for values in (1)",
                "alter table one add foreign key (id) references parent");
        server.sql(source, "insert into parent values (1)", "insert into child values (1)");

        assertThat(missing()).isEmpty();
    }

    @Test
    void values_that_the_parents_type_cannot_hold_are_missing() {
        both(
                "create table parent (id int primary key, amount numeric(10,0) unique)",
                "create table child (id bigint)",
                "create table payment (amount numeric)");
        server.sql(source, "insert into child values (3000000000)", "insert into payment values (1.4)");
        server.sql(
                target,
                "insert into parent values (1, 1)",
                "alter table child add foreign key (id) references parent",
                "alter table payment add foreign key (amount) references parent (amount)");

        assertThat(missing()).containsExactlyInAnyOrder("child", "payment");
    }

    @Test
    void values_that_the_targets_type_cannot_hold_are_tried() {
        both("create table parent (id int primary key)");
        server.sql(source, "create table child (id bigint)", "insert into child values (3000000000)");
        server.sql(target, "create table child (id int references parent)");

        assertThat(missing()).isEmpty();
    }

    @Test
    void a_null_beside_a_value_is_missing_nothing_and_is_tried() {
        both(
                "create table parent (a int, b int, primary key (a, b))",
                "create table child (id int primary key, x int, y int)");
        server.sql(source, "insert into child values (1, null, 7)");
        server.sql(target, "alter table child add foreign key (x, y) references parent match full");

        assertThat(missing()).isEmpty();
    }

    @Test
    void a_parent_that_somebody_holds_is_no_reason_to_wait_for_ever() throws SQLException {
        both("create table parent (id int primary key)", "create table child (id int references parent)");
        server.sql(source, "insert into parent values (1)", "insert into child values (1)");
        try (var holder = server.connect(target);
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table parent");

            assertThat(missing()).isEmpty();
        }
    }
}
