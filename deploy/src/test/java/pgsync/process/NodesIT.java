package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pgsync.process.Product.Running;
import pgsync.testground.FaultProxy;
import pgsync.testground.FreePort;

/** Coordinators and workers as processes: how they come, what they refuse, how they go. */
class NodesIT {
    private static final Pattern STATUS_AT = Pattern.compile("status at (http://[^\\s]+)");
    private static final String ITEMS =
            "create table items (id int primary key, name text, updated_at timestamptz not null default now())";

    private final Ground ground = Ground.fresh();
    private final List<Integer> ports =
            IntStream.range(0, 3).mapToObj(i -> FreePort.find()).toList();
    private final List<Running> nodes = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void drop() {
        nodes.forEach(Running::close);
        ground.close();
    }

    private Product product(String role, int place, String... more) {
        var arguments = new ArrayList<>(List.of("-cluster.members="
                + ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","))));
        arguments.addAll(List.of(more));
        return alone(role, place, arguments);
    }

    /** It is told of no other node. */
    private Product alone(String role, int place, List<String> more) {
        var arguments = new ArrayList<>(List.of(role, "-cluster.port=" + ports.get(place), "-http.port=0"));
        arguments.addAll(more);
        return ground.sync(arguments.toArray(String[]::new));
    }

    private Running start(Product product) {
        var node = product.start();
        nodes.add(node);
        node.until("it is ready", () -> node.err().contains("status at "));
        return node;
    }

    private JsonNode get(Running node, String path) {
        var address = STATUS_AT.matcher(node.err()).results().findFirst().orElseThrow();
        try {
            return Product.json(http.send(
                            HttpRequest.newBuilder(URI.create(address.group(1) + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> namesSeenBy(Running node) {
        return get(node, "/api/v1/cluster").path("members").findValuesAsText("name").stream()
                .sorted()
                .toList();
    }

    /** How many the node has on its side of the network, whatever the target says. */
    private long sideOf(Running node) {
        return get(node, "/api/v1/cluster").path("members").findValuesAsText("seen").stream()
                .filter("true"::equals)
                .count();
    }

    @Test
    void a_cluster_shows_who_comes_and_who_is_killed() {
        var coordinator = start(product("coordinator", 0));
        var worker = start(product("worker", 1));

        coordinator.until("it sees the worker", () -> namesSeenBy(coordinator).size() == 2);
        worker.until(
                "it names the coordinator that leads",
                () -> !get(worker, "/api/v1/cluster").path("coordinator").isNull());
        worker.kill();

        coordinator.until("the worker is gone", () -> namesSeenBy(coordinator).size() == 1);
    }

    @Test
    void a_worker_of_another_target_takes_no_tasks_and_says_why() {
        ground.onBoth(ITEMS).onSource("insert into items values (1, 'a')");
        var coordinator = start(product("coordinator", 0, "-cluster.work=false", "-schedule=1s"));
        var elsewhere = ground.targetServer().freshDatabase("elsewhere");
        var stranger = start(
                product("worker", 1).with("PGSYNC_TARGET", ground.targetServer().url(elsewhere)));

        stranger.until("it says so", () -> stranger.err().contains("this node takes no tasks: coordinator"));

        assertThat(stranger.err()).contains("works on another target than this node", "give all nodes of a cluster");
        assertThat(get(stranger, "/readyz").path("reason").asText()).contains("works on another target");
        var worker = start(product("worker", 2));
        worker.until("the run is done beside it", () -> ground.onTargetIs("select exists (select from items)"));
        assertThat(coordinator.alive()).isTrue();
        stranger.kill();
        ground.targetServer().dropDatabase(elsewhere);
    }

    @Test
    void a_worker_of_another_source_takes_no_tasks_and_says_which() {
        ground.onBoth(ITEMS).onSource("insert into items values (1, 'a')");
        start(product("coordinator", 0, "-cluster.work=false", "-schedule=1s"));
        var elsewhere = ground.sourceServer().freshDatabase("elsewhere");
        var stranger = start(
                product("worker", 1).with("PGSYNC_SOURCE", ground.sourceServer().url(elsewhere)));

        stranger.until("it says so", () -> stranger.err().contains("this node takes no tasks: run"));

        assertThat(stranger.err()).contains(" reads source ", "this node is connected to source", elsewhere);
        assertThat(ground.countOnTarget("select count(*) from pgsync.task where attempt > 0"))
                .isZero();
        stranger.kill();
        ground.sourceServer().dropDatabase(elsewhere);
    }

    @Test
    void run_once_ends_like_a_run_of_one_machine_and_leaves_workers_in_peace() {
        ground.onBoth(ITEMS)
                .onSource("insert into items values (1, 'a')", "create table only_here (id int primary key)");

        var ended = product("coordinator", 0, "-run-once").run();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(6);
        assertThat(ended.out()).startsWith("Synchronized 1 table").contains("only_here");
        assertThat(ground.countOnTarget("select count(*) from pgsync.node")).isZero();
        assertThat(ground.countOnTarget("select count(*) from items")).isEqualTo(1);
    }

    @Test
    void a_worker_that_is_asked_to_stop_finishes_and_leaves() {
        ground.onBoth(ITEMS).onSource("insert into items select i, 'n' from generate_series(1, 20) i");
        ground.onTarget(
                "create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(0.1); return new; end'",
                "create trigger slow before insert on items for each row execute function wait()",
                "alter table items enable always trigger slow");
        start(product("coordinator", 0, "-cluster.work=false", "-schedule=1h"));
        var worker = start(product("worker", 1));
        worker.until(
                "it writes",
                () -> ground.onTargetIs("select exists (select from pg_stat_activity where wait_event = 'PgSleep'"
                        + " and datname = current_database())"));

        worker.signal("TERM");

        assertThat(worker.ended().code()).as(worker.ended().toString()).isEqualTo(143);
        assertThat(ground.onTargetColumn("select status from pgsync.task")).containsOnly("DONE");
        assertThat(ground.onTargetColumn("select role from pgsync.node")).containsExactly("coordinator");
    }

    @Test
    void a_standby_goes_on_with_a_run_whose_coordinator_is_stopped() {
        ground.onBoth(ITEMS).onSource("insert into items values (1, 'a')");
        var first = start(product("coordinator", 0, "-cluster.work=false", "-schedule=1h"));
        first.until(
                "the run is there",
                () -> ground.onTargetIs("select exists (select from pgsync.run where state = 'running')"));
        var standby = start(product("coordinator", 1, "-cluster.work=false", "-schedule=1h"));

        first.signal("TERM");
        assertThat(first.ended().code()).as(first.ended().toString()).isEqualTo(143);
        start(product("worker", 2));

        standby.until(
                "the run is done",
                () -> ground.onTargetIs("select exists (select from pgsync.run where state = 'done')"));
        ground.assertEqual();
    }

    /** Hazelcast does not merge a half without data members by itself. */
    @Test
    void workers_that_lost_every_coordinator_find_the_next_one() {
        ground.onBoth(ITEMS);
        var first = start(product("coordinator", 0, "-cluster.work=false"));
        var worker = start(product("worker", 1));
        var other = start(product("worker", 2));
        first.kill();
        worker.until(
                "the coordinator is forgotten",
                () -> ground.onTargetIs("select heartbeat < clock_timestamp() - interval '15 seconds' from pgsync.node"
                        + " where role = 'coordinator'"));
        ground.onSource("insert into items values (1, 'a')");

        var next = start(product("coordinator", 0, "-cluster.work=false", "-schedule=1s"));

        next.until("somebody works", () -> ground.onTargetIs("select exists (select from items)"));
        next.until("both workers are there", () -> namesSeenBy(next).size() == 3);
        assertThat(other.alive()).isTrue();
    }

    /** A frozen coordinator wakes up in a cluster of its own, beside the one that went on without it. */
    @Test
    void a_leader_that_was_frozen_comes_back_to_the_cluster_it_led() {
        var first = start(product("coordinator", 0, "-cluster.work=false"));
        var second = start(product("coordinator", 1, "-cluster.work=false"));
        var worker = start(product("worker", 2));
        first.until("all three are there", () -> sideOf(first) == 3);

        first.signal("STOP");
        second.until("the leader is gone", () -> sideOf(second) == 2);
        worker.until("for the worker too", () -> sideOf(worker) == 2);
        first.signal("CONT");

        for (var node : List.of(first, second, worker)) {
            node.until("it sees all three again", () -> sideOf(node) == 3);
        }
    }

    /** However they came to be apart: Hazelcast merges halves only as long as nothing breaks while it does. */
    @Test
    void a_coordinator_that_does_not_see_the_one_that_leads_goes_to_it() {
        var first = start(alone("coordinator", 0, List.of("-cluster.work=false")));
        var second = start(alone("coordinator", 1, List.of("-cluster.work=false")));
        assertThat(sideOf(second)).isEqualTo(1);

        second.until("it goes there", () -> sideOf(second) == 2);

        first.until("both see both", () -> sideOf(first) == 2);
        assertThat(second.err()).contains("does not see the coordinator that leads, at 127.0.0.1:" + ports.get(0));
    }

    @Test
    void a_node_is_not_ready_while_no_coordinator_lives_or_the_target_is_away() {
        var coordinator = start(product("coordinator", 0, "-cluster.work=false"));
        var worker = start(product("worker", 1));
        worker.until(
                "it is ready",
                () -> get(worker, "/readyz").path("status").asText().equals("ok"));

        coordinator.kill();
        worker.until("it says why", () -> reason(worker).equals("no coordinator lives"));

        try (var away = FaultProxy.to(ground.targetServer())) {
            var again = start(
                    product("coordinator", 0, "-cluster.work=false").with("PGSYNC_TARGET", away.url(ground.target())));
            worker.until(
                    "it is ready again",
                    () -> get(worker, "/readyz").path("status").asText().equals("ok"));

            away.stall();

            again.until("it says why", () -> reason(again).equals("the target does not answer"));
            again.kill();
        }
    }

    private String reason(Running node) {
        return get(node, "/readyz").path("reason").asText();
    }

    @Test
    void eight_when_the_port_is_taken() throws IOException {
        try (var taken = new java.net.ServerSocket(ports.getFirst(), 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            var ended = product("coordinator", 0).run();

            assertThat(taken.isBound()).isTrue();
            assertThat(ended.code()).as(ended.toString()).isEqualTo(8);
            assertThat(ended.err()).contains("cannot join cluster pgsync", "check that the port is free");
        }
        assertThat(ground.countOnTarget("select count(*) from pgsync.node")).isZero();
    }
}
