package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pgsync.process.Product.Running;

/** {@code pgsync sync -cluster} and {@code pgsync status} as processes, asking coordinators that are processes too. */
class RemoteIT {
    private static final String ITEMS =
            "create table items (id int primary key, name text, updated_at timestamptz not null default now())";
    /** Slow enough to be caught at work: every row that is written waits. */
    private static final String SLOW_WRITES = """
            create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(0.1); return new; end';
            create trigger slow before insert on items for each row execute function wait();
            alter table items enable always trigger slow
            """;

    private final Ground ground = Ground.fresh();
    private final List<Running> nodes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    @AfterEach
    void drop() {
        nodes.forEach(Running::close);
        ground.close();
    }

    /** Starts one more coordinator and gives its address when it serves. */
    private String coordinator() {
        var port = freePort();
        ports.add(port);
        var members = String.join(",", ports.stream().map(p -> "127.0.0.1:" + p).toList());
        var node = ground.sync(
                        "coordinator",
                        "-cluster.port=" + port,
                        "-cluster.members=" + members,
                        "-cluster.name=" + ground.target(),
                        "-http.port=0")
                .with("PGSYNC_HTTP_TOKEN", "a-token")
                .start();
        nodes.add(node);
        var count = nodes.size();
        node.until("it has entered the list of nodes", () -> addresses().size() == count);
        return addresses().getLast();
    }

    /** In the order in which they came. */
    private List<String> addresses() {
        return ground.onTargetIs("select to_regclass('pgsync.node') is not null")
                ? ground.onTargetColumn("select http from pgsync.node where http is not null order by started_at")
                : List.of();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Product ask(String... arguments) {
        return Product.of(arguments).with("PGSYNC_HTTP_TOKEN", "a-token");
    }

    private void someItems(int rows) {
        ground.onBoth(ITEMS)
                .onSource("insert into items (id, name) select i, 'n' || i from generate_series(1, %d) i"
                        .formatted(rows));
    }

    private boolean isWriting() {
        return ground.onTargetIs(
                "select exists (select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database())");
    }

    @Test
    void a_cluster_does_a_run_and_it_is_told_as_a_run_of_our_own() {
        someItems(10);
        ground.onSource("create table only_here (id int primary key)", "create view seen as select 1 as id");
        var address = coordinator();

        var plain = ask("-cluster", address).run();
        var json = ask("sync", "-cluster=" + address, "-json", "-allow-skips").run();
        var status = ask("status", "-cluster", address, "-json").run();
        var direct = ask("status", "-cluster.name=" + ground.target(), "-json")
                .with("PGSYNC_TARGET", ground.targetServer().url(ground.target()))
                .run();
        var stranger = Product.of("-cluster", address).run();

        assertThat(plain.code()).as(plain.toString()).isEqualTo(6);
        assertThat(plain.out()).startsWith("Synchronized 1 table").contains("upserted 10 rows", "only_here");
        assertThat(plain.out()).contains("Left out: public.seen");
        assertThat(plain.err()).contains("public.items - upserted 10 rows");
        assertThat(json.code()).as(json.toString()).isZero();
        assertThat(json.lastLine().path("event").asText()).isEqualTo("summary");
        assertThat(json.lastLine().path("rowsUpserted").asInt()).isZero();
        assertThat(status.code()).as(status.toString()).isZero();
        assertThat(status.lastLine().at("/members/0/http").asText()).isEqualTo(address);
        assertThat(status.lastLine().path("runs")).hasSize(2);
        assertThat(direct.code()).as(direct.toString()).isZero();
        assertThat(direct.lastLine().path("leader")).isEqualTo(status.lastLine().path("leader"));
        assertThat(stranger.code()).as(stranger.toString()).isEqualTo(4);
        assertThat(stranger.err()).contains("does not let us in", "PGSYNC_HTTP_TOKEN");
        assertThat(ground.countOnTarget("select count(*) from items")).isEqualTo(10);
    }

    @Test
    void a_cluster_verifies_and_it_ends_as_a_verification_of_our_own() {
        someItems(10);
        var address = coordinator();
        assertThat(ask("-cluster", address).run().code()).isZero();
        var equal = ask("verify", "-cluster", address).run();
        ground.onTarget("update items set name = 'another' where id = 7");
        var different = ask("verify", "-cluster", address).run();
        var json = ask("verify", "-cluster", address, "-json").run();

        assertThat(equal.code()).as(equal.toString()).isZero();
        assertThat(equal.out()).contains("Verified 1 table").contains("10 rows compared, all equal");
        assertThat(different.code()).as(different.toString()).isEqualTo(3);
        assertThat(different.out()).contains("1 difference in 1 table");
        assertThat(different.err()).contains("key 7 in name");
        assertThat(json.code()).as(json.toString()).isEqualTo(3);
        assertThat(nodes.getFirst().err() + nodes.getFirst().out())
                .as("the node's own log has no keys of rows")
                .contains("1 difference")
                .doesNotContain("key 7");
        assertThat(json.lastLine().path("differences").asInt()).isOne();
        assertThat(ground.countOnTarget("select count(*) from items where name = 'another'"))
                .isOne();
    }

    @Test
    void eight_when_no_node_is_there() {
        var ended = ask("-cluster", "http://127.0.0.1:" + freePort(), "-json").run();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(8);
        assertThat(ended.lastLine().path("exitCode").asInt()).isEqualTo(8);
    }

    @Test
    void a_signal_cancels_the_run_in_the_cluster() {
        someItems(500);
        ground.onTarget(SLOW_WRITES);
        var address = coordinator();
        try (var asking = ask("-cluster", address, "-json").start()) {
            asking.until("the cluster writes", this::isWriting);

            asking.signal("INT");

            assertThat(asking.ended().code()).as(asking.ended().toString()).isEqualTo(130);
            assertThat(asking.ended().lastLine().path("event").asText()).isEqualTo("summary");
        }
        nodes.getFirst()
                .until(
                        "the run is cancelled",
                        () -> ground.onTargetColumn("select state from pgsync.run")
                                .equals(List.of("cancelled")));
    }

    @Test
    void when_the_node_that_was_asked_is_killed_another_one_goes_on_with_the_run_and_tells_it() {
        someItems(100);
        ground.onTarget(SLOW_WRITES);
        var addresses = List.of(coordinator(), coordinator());
        try (var asking = ask("-cluster", String.join(",", addresses)).start()) {
            asking.until("the cluster writes", this::isWriting);

            nodes.getFirst().kill();
            var ended = asking.ended();

            assertThat(ended.code()).as(ended.toString()).isZero();
            assertThat(ended.out()).startsWith("Synchronized 1 table").contains("upserted 100 rows");
        }
        ground.assertEqual();
    }
}
