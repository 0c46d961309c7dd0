package pgsync.coordinator.ledger;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.coordinator.ledger.Ledger.Opening;
import pgsync.coordinator.moment.SourcePosition;
import pgsync.coordinator.plan.Plan;
import pgsync.coordinator.plan.PlannedTable;
import pgsync.coordinator.plan.PlannedTask;
import pgsync.sql.Step;
import pgsync.state.StateSchema;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.Slice;
import pgsync.task.TableName;
import pgsync.task.TableSpec;
import pgsync.task.TaskSpec;
import pgsync.task.Work;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

/** A target with nothing but our books, and plans to write into them. {@link #close} drops it. */
final class LedgerGround implements AutoCloseable {
    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String database = server.freshDatabase("ledger");
    private final Vertx vertx = Vertx.vertx();
    final NodeId me = new NodeId(UUID.randomUUID());
    private final Connector connector = new Connector(vertx, me, Pause.real());
    final Pool pool;

    LedgerGround() {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        pool = connector.pool(Side.TARGET, Endpoint.parse(server.url(database), surroundings), 2);
        StateSchema.ensure(pool);
        node(me, "coordinator", "0 seconds");
    }

    /** A node whose last word is that old. */
    LedgerGround node(NodeId id, String role, String silence) {
        return sql(
                "insert into pgsync.node (id, name, address, role, version, cluster, slots, source_identity, heartbeat) values ('"
                        + id + "', 'n', 'h:5701', '" + role + "', '1', 'c', 4, '1/2/db', clock_timestamp() - interval '"
                        + silence
                        + "')");
    }

    LedgerGround sql(String... statements) {
        server.sql(database, statements);
        return this;
    }

    /** The values of a row, with blanks between. */
    @Nullable
    String row(String columns, String from) {
        return server.value(database, "select concat_ws(' ', " + columns + ") from " + from);
    }

    List<@Nullable String> column(String query) {
        return server.column(database, query);
    }

    java.sql.Connection connect() throws java.sql.SQLException {
        return server.connect(database);
    }

    static Opening opening(RunId run) {
        return opening(run, "1/2/db", null);
    }

    static Opening opening(RunId run, String source, @Nullable String cluster) {
        return new Opening(
                run,
                "sync",
                "somebody",
                cluster,
                source,
                "print",
                java.time.OffsetDateTime.parse("2026-01-01T00:00:00Z"),
                "snap-1",
                4_711L);
    }

    static RunId newRun() {
        return new RunId(UUID.randomUUID());
    }

    static TableName name(String table) {
        return new TableName("s", table);
    }

    /** A first copy of so many slices; task i costs i. */
    static PlannedTable copy(String table, int slices, String mode, boolean adopt) {
        var tasks = IntStream.range(0, slices)
                .mapToObj(i ->
                        new PlannedTask("COPY", 0, i, task(table, new Work.Copy(new Slice.Blocks(i, i + 1), true))))
                .toList();
        return new PlannedTable(
                name(table), mode, "s." + table, "at", true, adopt, "shape", "files", null, null, false, 10, tasks);
    }

    static PlannedTable setBack(String table, String position, boolean setBack) {
        return incremental(
                table,
                SourcePosition.parse(position),
                setBack,
                null,
                List.of(new PlannedTask("UPSERT", 0, 1, task(table, new Work.Reconcile()))));
    }

    /** Rows first, keys after them. */
    static PlannedTable staged(String table) {
        return staged(table, null);
    }

    static PlannedTable staged(String table, @Nullable String resumedAt) {
        return incremental(
                table,
                null,
                false,
                resumedAt,
                List.of(
                        new PlannedTask("UPSERT", 0, 1, task(table, new Work.Reconcile())),
                        new PlannedTask("KEYS", 1, 100, task(table, new Work.Keys(true, null)))));
    }

    private static PlannedTable incremental(
            String table,
            @Nullable SourcePosition position,
            boolean setBack,
            @Nullable String resumedAt,
            List<PlannedTask> tasks) {
        return new PlannedTable(
                name(table),
                "incremental",
                "s." + table,
                "at",
                false,
                false,
                "shape",
                "files",
                resumedAt,
                position,
                setBack,
                20,
                tasks);
    }

    static Plan plan(PlannedTable... tables) {
        return new Plan(List.of(tables), List.of(), List.of());
    }

    private static TaskSpec task(String table, Work work) {
        var spec = new TableSpec(
                name(table),
                true,
                true,
                List.of(),
                List.of(),
                true,
                true,
                List.of(),
                null,
                null,
                true,
                false,
                List.of(),
                true,
                false,
                TableSpec.Hash.EXTENDED,
                false,
                List.of(),
                0);
        return new TaskSpec(spec, List.of(work), null, true, 25, false, false);
    }

    @Override
    public void close() {
        connector.close();
        Step.await("close", vertx::close);
        server.dropDatabase(database);
    }
}
