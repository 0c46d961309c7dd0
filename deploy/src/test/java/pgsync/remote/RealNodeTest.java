package pgsync.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.cli.ExitCode;
import pgsync.cli.Situations;
import pgsync.cli.output.Situation;
import pgsync.cluster.ClusterNode;
import pgsync.cluster.Introduction;
import pgsync.cluster.Role;
import pgsync.config.ClusterConfig;
import pgsync.config.HttpConfig;
import pgsync.config.InvalidConfig;
import pgsync.config.OutputConfig;
import pgsync.config.Secret;
import pgsync.config.Settings;
import pgsync.config.SyncConfig;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.error.FailedElsewhere;
import pgsync.error.RunHeld;
import pgsync.event.RunEvent;
import pgsync.http.Meters;
import pgsync.http.NodeView;
import pgsync.http.StatusServer;
import pgsync.local.LocalEngine;
import pgsync.local.LocalSituation;
import pgsync.request.RunRequest;
import pgsync.request.RunRequests;
import pgsync.state.StateSchema;
import pgsync.task.NodeId;
import pgsync.task.RunReport;
import pgsync.task.TableReport;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

/** The client against the HTTP that nodes really serve, over a target with real runs in it. Nobody leads: runs stay where they are. */
@Tag("whole-run")
class RealNodeTest {
    private static final Surroundings NOTHING_AROUND =
            new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
    private static final Secret TOKEN = new Secret("a token");
    private static final NodeId NODE = new NodeId(UUID.randomUUID());

    private final TestServer server = TestServers.shared(TestServers.DEFAULT_MAJOR);
    private final String source = server.freshDatabase("source");
    private final String target = server.freshDatabase("target");
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, NODE, Pause.real());
    private final List<RunEvent> events = new ArrayList<>();
    private StatusServer node;

    @BeforeEach
    void serve() {
        var pool = connector.pool(Side.TARGET, Endpoint.parse(server.url(target), NOTHING_AROUND), 2);
        StateSchema.ensure(pool);
        node = StatusServer.start(new StatusServer.Parts(
                new HttpConfig("127.0.0.1", 0, TOKEN),
                new OneNode(),
                pool,
                new RunRequests(pool, "pgsync"),
                SyncConfig.DEFAULT,
                new Meters(),
                vertx,
                Pause.real()));
    }

    @AfterEach
    void stop() throws InterruptedException, ExecutionException {
        var unused = Thread.interrupted();
        node.close();
        connector.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
        server.dropDatabase(source);
        server.dropDatabase(target);
    }

    /** The one that is asked, which nobody else knows. */
    private static final class OneNode implements NodeView {
        @Override
        public String cluster() {
            return "pgsync";
        }

        @Override
        public NodeId me() {
            return NODE;
        }

        @Override
        public String name() {
            return "one";
        }

        @Override
        public String role() {
            return "coordinator";
        }

        @Override
        public String version() {
            return "test";
        }

        @Override
        public Optional<NodeId> coordinator() {
            return Optional.of(NODE);
        }

        @Override
        public List<ClusterNode> members() {
            return List.of(new ClusterNode(
                    new Introduction(NODE, "one", Role.COORDINATOR, "test", "http://127.0.0.1:1"), "127.0.0.1:5701"));
        }

        @Override
        public Optional<String> notReady() {
            return Optional.empty();
        }

        @Override
        public int queueDepth() {
            return 0;
        }
    }

    private Settings settings(Secret token) {
        return new Settings(
                SyncConfig.DEFAULT,
                new Secret(server.url(source)),
                new Secret(server.url(target)),
                ClusterConfig.DEFAULT,
                new HttpConfig("127.0.0.1", 0, token),
                OutputConfig.DEFAULT,
                null);
    }

    private NodeUrls urls() {
        return NodeUrls.parse(node.address());
    }

    private RunReport runHere() {
        return new LocalEngine("test", NOTHING_AROUND, LocalEngine.Parts.REAL).sync(settings(TOKEN), event -> {});
    }

    private RunReport ask(Pause meanwhile) {
        return new RemoteEngine(urls(), false, meanwhile).sync(settings(TOKEN), events::add);
    }

    private void onBoth(String... sql) {
        server.sql(source, sql);
        server.sql(target, sql);
    }

    /** A run with a table of every fate but cancelled. */
    private RunReport aMixedRun() {
        onBoth("""
                create table good (id int primary key, n int, updated_at timestamptz not null default now());
                create table "odd.name" (id int primary key, n int);
                create table strict (id int primary key, n int);
                create table shrunk (id int primary key)
                """);
        server.sql(source, "create table only_here (id int primary key)");
        server.sql(target, "alter table strict add constraint small check (n < 5)");
        server.sql(target, "insert into shrunk select generate_series(1, 100)");
        server.sql(source, "insert into good select i, i from generate_series(1, 300) i");
        server.sql(source, "insert into \"odd.name\" values (1, 1)", "insert into strict values (1, 9)");
        return runHere();
    }

    @Test
    void a_run_is_told_over_http_as_it_told_itself() {
        var itself = aMixedRun();

        try (var cluster = new Cluster(urls(), TOKEN)) {
            var told = new RunWatch(cluster, itself.run(), events::add, Pause.real()).untilEnd();

            assertThat(told.run()).isEqualTo(itself.run());
            assertThat(told.tables())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("took", "watermarkFrom", "watermarkTo")
                    .containsExactlyInAnyOrderElementsOf(itself.tables());
            assertThat(told.tables())
                    .extracting(TableReport::status)
                    .containsExactlyInAnyOrder(
                            TableReport.Status.DONE,
                            TableReport.Status.DONE,
                            TableReport.Status.FAILED,
                            TableReport.Status.GUARD,
                            TableReport.Status.SKIPPED);
            assertThat(ExitCode.of(told, false)).isEqualTo(ExitCode.of(itself, false));
            var good = told.tables().stream()
                    .filter(t -> t.table().table().equals("good"))
                    .findFirst()
                    .orElseThrow();
            assertThat(good.rowsUpserted()).isEqualTo(300);
            assertThat(good.watermarkTo()).isNotNull();
        }
        assertThat(events).filteredOn(RunEvent.TableEnded.class::isInstance).hasSize(5);
    }

    @Test
    void the_tables_of_a_run_are_read_page_by_page_whatever_their_names_are() {
        onBoth(IntStream.range(0, 1_203)
                .mapToObj(i -> "create table \"t.%04d&=ä #%%\" (id int primary key)".formatted(i))
                .toArray(String[]::new));
        var itself = runHere();

        try (var cluster = new Cluster(urls(), TOKEN)) {
            assertThat(cluster.tables(itself.run()))
                    .extracting(t -> t.table().table())
                    .hasSize(1_203)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_run_that_is_asked_for_waits_for_a_coordinator_and_carries_what_became_of_it() {
        assertThatThrownBy(() -> ask(time -> server.sql(target, """
                        update pgsync.run set coordinator = gen_random_uuid(), state = 'failed', finished_at = now(),
                                              exit_code = 5, error = 'one database', remedy = 'check -source'
                        """)))
                .isInstanceOfSatisfying(FailedElsewhere.class, e -> {
                    assertThat(e.exitCode()).isEqualTo(5);
                    assertThat(e.remedy()).isEqualTo("check -source");
                })
                .hasMessage("one database");
        assertThat(server.value(target, "select state || ' ' || mode || ' ' || cluster from pgsync.run"))
                .isEqualTo("failed sync pgsync");
    }

    @Test
    void a_second_request_is_refused_while_the_first_one_waits() {
        try (var cluster = new Cluster(urls(), TOKEN)) {
            var first = cluster.start(RunRequest.AS_CONFIGURED);

            assertThatThrownBy(() -> ask(Pause.real()))
                    .isInstanceOf(RunHeld.class)
                    .hasMessage("run %s is being planned".formatted(first));
        }
    }

    @Test
    void an_interrupt_cancels_what_was_asked_for() {
        assertThatThrownBy(() -> ask(time -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(FailedElsewhere.class)
                .hasMessageContaining("ended as cancelled");
        assertThat(server.value(target, "select state from pgsync.run")).isEqualTo("cancelled");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void without_the_right_token_nobody_is_let_in() {
        var engine = new RemoteEngine(urls(), false, Pause.real());

        assertThatThrownBy(() -> engine.sync(settings(new Secret("another token")), events::add))
                .isInstanceOfSatisfying(
                        FailedElsewhere.class, e -> assertThat(e.exitCode()).isEqualTo(4))
                .hasMessageContaining("does not let us in")
                .hasMessageNotContaining("another token");
        assertThat(server.count(target, "select count(*) from pgsync.run")).isZero();
    }

    @Test
    void what_the_cluster_cannot_read_is_an_error_of_usage() {
        var wrong = RunRequest.AS_CONFIGURED;
        try (var cluster = new Cluster(urls(), TOKEN)) {
            assertThatThrownBy(() ->
                            cluster.start(new RunRequest(List.of("["), wrong.exclude(), wrong.mode(), wrong.dryRun())))
                    .isInstanceOf(InvalidConfig.class);
        }
    }

    @Test
    void a_node_and_the_target_show_the_same_situation() {
        aMixedRun();
        server.sql(target, """
                insert into pgsync.node (id, name, role, version, address, cluster, slots, http)
                values ('%s', 'one', 'coordinator', 'test', '127.0.0.1:5701', 'pgsync', 4, 'http://127.0.0.1:1')
                """.formatted(NODE));

        var byNode = seen(RemoteSituation.open(settings(TOKEN), urls()));
        var byTarget = seen(LocalSituation.open(settings(TOKEN), NOTHING_AROUND));

        assertThat(byNode).isEqualTo(byTarget);
        assertThat(byNode.members()).hasSize(1);
        assertThat(byNode.leader()).isEqualTo(NODE);
        assertThat(byNode.runs()).hasSize(1);
        assertThat(byNode.failed().items())
                .extracting(t -> t.table().table())
                .containsExactlyInAnyOrder("shrunk", "strict");
        assertThat(byNode.behind()).isNotEmpty();
    }

    private static Situation seen(Situations.Look look) {
        try (look) {
            return switch (look.now()) {
                case Situations.Seen.NeverUsed never -> throw new AssertionError("it was used");
                case Situations.Seen.Stands(var situation) -> situation.withoutAges();
            };
        }
    }
}
