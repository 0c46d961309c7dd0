package pgsync.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pgsync.testground.FaultProxy;
import pgsync.testground.FreePort;
import pgsync.testground.TestServer;
import pgsync.time.Pause;

/**
 * How a cluster of processes scales: one coordinator that only leads, and workers of one slot each. Times are between the first
 * claim and the last end of a run's tasks, by the target's clock.
 */
final class ClusterBench {
    private static final Duration HANGS = Duration.ofMinutes(5);

    private final Path home;
    private final PrintStream out;
    private final TestServer source;
    private final TestServer target;

    ClusterBench(Path home, PrintStream out, TestServer source, TestServer target) {
        this.home = home;
        this.out = out;
        this.source = source;
        this.target = target;
    }

    /** Small tables, where waiting for the network is all there is: more workers wait at the same time. */
    void farAway(int tables) throws Exception {
        var one = run(1, tables, Duration.ofNanos(2_500_000), 10);
        var eight = run(8, tables, Duration.ofNanos(2_500_000), 10);
        tell(
                "scaling: %,d tables, 5 ms added to every round trip: 1 worker %.1f s, 8 workers %.1f s, %.1f times as fast",
                tables, one, eight, one / eight);
    }

    /** Processors are all there is, and both servers and all workers share them. */
    void busy(int tables) throws Exception {
        var one = run(1, tables, Duration.ZERO, 20_000);
        var eight = run(8, tables, Duration.ZERO, 20_000);
        tell(
                "scaling: %,d tables of 20,000 rows, no delay: 1 worker %.1f s, 8 workers %.1f s, ratio %.2f",
                tables, one, eight, eight / one);
    }

    private double run(int workers, int tables, Duration eachWay, int rows) throws Exception {
        var from = source.freshDatabase("bench_cluster");
        var to = target.freshDatabase("bench_cluster");
        source.sql(from, makeTables(tables), fillTables(tables, rows), "vacuum analyze");
        target.sql(to, makeTables(tables));
        var ports =
                IntStream.rangeClosed(0, workers).mapToObj(i -> FreePort.find()).toList();
        List<Process> nodes = new ArrayList<>();
        try (var near = FaultProxy.to(source).delay(eachWay);
                var far = FaultProxy.to(target).delay(eachWay)) {
            var urls = Map.of("PGSYNC_SOURCE", near.url(from), "PGSYNC_TARGET", far.url(to));
            var http = FreePort.find();
            nodes.add(node(urls, "coordinator", ports, 0, http, "-cluster.work=false"));
            for (var worker = 1; worker <= workers; worker++) {
                nodes.add(node(urls, "worker", ports, worker, 0));
            }
            await("all are there", to, "select count(*) = %d from pgsync.node".formatted(workers + 1));
            // The first run copies and warms everything up; the second one is measured.
            request(http, to, 1);
            source.sql(from, changeTables(tables));
            request(http, to, 2);
            return Double.parseDouble(target.value(
                    to,
                    "select extract(epoch from max(finished_at) - min(started_at)) from pgsync.task"
                            + " where run_id = (select id from pgsync.run order by started_at desc limit 1)"));
        } finally {
            nodes.forEach(Process::destroyForcibly);
            for (var node : nodes) {
                node.waitFor();
            }
            source.dropDatabase(from);
            target.dropDatabase(to);
        }
    }

    private Process node(
            Map<String, String> urls, String role, List<Integer> ports, int number, int http, String... more)
            throws IOException {
        var members = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        var command = new ArrayList<>(List.of(
                home.resolve("pgsync").toString(),
                role,
                "-cluster.port=" + ports.get(number),
                "-cluster.members=" + members,
                "-http.port=" + http,
                "-parallel=1"));
        command.addAll(List.of(more));
        var output = Files.createTempFile("pgsync-bench-node", ".out");
        output.toFile().deleteOnExit();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(urls);
        return builder.start();
    }

    private void request(int http, String database, int number) throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/api/v1/runs"))
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
        }
        await(
                "run %d is done".formatted(number),
                database,
                "select count(*) = %d from pgsync.run where state = 'done'".formatted(number));
    }

    private void await(String what, String database, String query) throws InterruptedException {
        var begin = System.nanoTime();
        while (!isTrue(database, query)) {
            if (System.nanoTime() - begin > HANGS.toNanos()) {
                throw new IllegalStateException("never: " + what);
            }
            Pause.real().sleep(Duration.ofMillis(100));
        }
    }

    private boolean isTrue(String database, String query) {
        var exists = "select count(*) = 2 from pg_tables where schemaname = 'pgsync' and tablename in ('node', 'run')";
        return "t".equals(target.value(database, exists)) && "t".equals(target.value(database, query));
    }

    private static String makeTables(int tables) {
        return inBatches(
                tables, "create table t%s (id int primary key, v text, updated_at timestamptz not null default now())");
    }

    private static String fillTables(int tables, int rows) {
        return inBatches(
                tables,
                "insert into t%s select g, repeat(md5(g::text), 3), now() - interval ''1 day'' from generate_series(1, "
                        + rows + ") g");
    }

    private static String changeTables(int tables) {
        return inBatches(tables, "update t%s set v = v || ''x'', updated_at = now() where id %% 2 = 0");
    }

    private static String inBatches(int tables, String statement) {
        return "do $$ begin for i in 1.." + tables + " loop execute format('" + statement + "', i); end loop; end $$";
    }

    private void tell(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
