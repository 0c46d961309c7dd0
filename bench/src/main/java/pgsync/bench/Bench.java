package pgsync.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import pgsync.testground.Oracle;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/**
 * {@code Bench HOME SCENARIO…}: HOME is the folder of {@code ./pgsync}; scenarios are copy, noop, keys, many and scaling. Servers are started here
 * and stopped at the end. Times are wall clock of whole processes, each the median of several runs that alternate.
 */
public final class Bench {
    private static final int ROUNDS = 3;
    private static final Pattern HEAP_USED = Pattern.compile("(\\d+)M->(\\d+)M\\(");

    private final Path home;
    private final PrintStream out;
    private final TestServer source;
    private final TestServer target;

    private Bench(Path home, PrintStream out, TestServer source, TestServer target) {
        this.home = home;
        this.out = out;
        this.source = source;
        this.target = target;
    }

    public static void main(String[] args) throws Exception {
        var scenarios = Arrays.asList(args).subList(1, args.length);
        var settings = Map.of("max_wal_size", "4GB", "shared_buffers", "256MB");
        try (var source = TestServers.start(TestServers.DEFAULT_MAJOR, settings);
                var target = TestServers.start(TestServers.DEFAULT_MAJOR, settings)) {
            var bench = new Bench(Path.of(args[0]), stderr(), source, target);
            for (var scenario : scenarios) {
                switch (scenario) {
                    case "copy" -> bench.copy(1_000_000);
                    case "noop" -> bench.noop(1_000_000);
                    case "keys" -> bench.keys();
                    case "many" -> bench.many(10_000);
                    case "scaling" -> {
                        var cluster = new ClusterBench(Path.of(args[0]), stderr(), source, target);
                        cluster.farAway(400);
                        cluster.busy(40);
                    }
                    default -> throw new IllegalArgumentException("no such scenario: " + scenario);
                }
            }
        }
    }

    private static PrintStream stderr() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    private static final String TABLE = """
            create table item (id bigint primary key, customer int not null, status text not null, amount numeric(12,2) not null,
                               note text, flag boolean not null, created_at timestamptz not null, updated_at timestamptz not null);
            create index on item (updated_at)
            """;

    private static String fill(long rows) {
        return """
                insert into item
                select i, i %% 10007, 'status ' || i %% 5, (i %% 100000) / 100.0, repeat('x', (i %% 40)::int), i %% 2 = 0,
                       timestamptz '2026-01-01 00:00Z' + i * interval '1 second', timestamptz '2026-01-01 00:00Z' + i * interval '1 second'
                  from generate_series(1, %d) i
                """.formatted(rows);
    }

    private void copy(long rows) throws Exception {
        var from = source.freshDatabase("bench_copy");
        source.sql(from, TABLE, fill(rows), "vacuum analyze item", "checkpoint");
        var start = start();
        List<Double> piped = new ArrayList<>();
        List<Double> synced = new ArrayList<>();
        var heap = 0L;
        for (var round = 0; round < ROUNDS; round++) {
            var pipeTarget = target.freshDatabase("bench_pipe");
            target.sql(pipeTarget, TABLE, "checkpoint");
            piped.add(seconds(run(
                    Map.of(),
                    "bash",
                    "-c",
                    "set -o pipefail; psql -X -q -d '%s' -c 'copy item to stdout' | psql -X -q -d '%s' -c 'copy item from stdin'"
                            .formatted(source.url(from), target.url(pipeTarget)))));
            target.dropDatabase(pipeTarget);

            var to = target.freshDatabase("bench_sync");
            target.sql(to, TABLE, "checkpoint");
            var measured = pgsync("128m", from, to);
            synced.add(measured.seconds());
            heap = Math.max(heap, measured.heapMegabytes());
            if (!Oracle.compare(source, from, target, to).equal()) {
                throw new IllegalStateException("the two sides differ");
            }
            target.dropDatabase(to);
        }
        var pipe = median(piped);
        var sync = median(synced);
        tell("copy: %,d rows, psql | psql %.2f s, pgsync %.2f s of which JVM start %.2f s", rows, pipe, sync, start);
        tell(
                "copy: ratio above JVM start %.2f, whole process %.2f, largest heap in use %d MB of 128",
                (sync - start) / pipe, sync / pipe, heap);
        source.dropDatabase(from);
    }

    private void noop(long rows) throws Exception {
        var from = source.freshDatabase("bench_noop");
        var to = target.freshDatabase("bench_noop");
        source.sql(from, TABLE, fill(rows), "vacuum analyze item");
        target.sql(to, TABLE);
        pgsync("256m", from, to);
        target.sql(to, "vacuum analyze item", "checkpoint");
        var start = start();
        List<Double> times = new ArrayList<>();
        for (var round = 0; round < ROUNDS + 2; round++) {
            times.add(pgsync("256m", from, to).seconds());
        }
        tell(
                "noop: %,d rows, nothing to do: %.2f s, JVM start %.2f s, ratio %.2f",
                rows, median(times), start, median(times) / start);
        source.dropDatabase(from);
        target.dropDatabase(to);
    }

    /** Every hundredth row was deleted on the source; the time is the whole second run. */
    private void keys() throws Exception {
        for (var rows : List.of(1_000_000L, 10_000_000L)) {
            var from = source.freshDatabase("bench_keys");
            var to = target.freshDatabase("bench_keys");
            var table =
                    "create table item (id bigint primary key, updated_at timestamptz not null); create index on item (updated_at)";
            var fill = "insert into item select i, timestamptz '2026-01-01 00:00Z' from generate_series(1, %d) i"
                    .formatted(rows);
            source.sql(from, table, fill, "vacuum analyze item");
            target.sql(to, table);
            pgsync("256m", from, to);
            source.sql(from, "delete from item where id % 100 = 7");
            var measured = pgsync("256m", from, to);
            var left = target.count(to, "select count(*) from item");
            tell(
                    "keys: %,d keys, %,d deleted: %.1f s, largest heap in use %d MB of 256",
                    rows, rows - left, measured.seconds(), measured.heapMegabytes());
            source.dropDatabase(from);
            target.dropDatabase(to);
        }
    }

    /** A large schema of small tables in which nothing changed: what each table costs whatever it holds. */
    private void many(int tables) throws Exception {
        var from = source.freshDatabase("bench_many");
        var to = target.freshDatabase("bench_many");
        for (var begin = 1; begin <= tables; begin += 500) {
            var make =
                    "do $$ begin for i in %d..%d loop execute format('create table t%%s (id int primary key, v text, updated_at timestamptz not null default now())', i); end loop; end $$"
                            .formatted(begin, begin + 499);
            source.sql(from, make);
            target.sql(to, make);
            source.sql(
                    from,
                    "do $$ begin for i in %d..%d loop execute format('insert into t%%s select g, md5(g::text), now() - interval ''1 day'' from generate_series(1, 10) g', i); end loop; end $$"
                            .formatted(begin, begin + 499));
        }
        var first = pgsync("256m", from, to);
        List<Double> times = new ArrayList<>();
        for (var round = 0; round < ROUNDS; round++) {
            times.add(pgsync("256m", from, to).seconds());
        }
        tell(
                "many: %,d tables of 10 rows: first run %.1f s, nothing to do %.1f s, largest heap in use %d MB of 256",
                tables, first.seconds(), median(times), first.heapMegabytes());
        source.dropDatabase(from);
        target.dropDatabase(to);
    }

    private record Measured(double seconds, long heapMegabytes) {}

    private Measured pgsync(String heap, String from, String to) throws Exception {
        var log = Files.createTempFile("pgsync-gc", ".log");
        try {
            var took = run(
                    Map.of(
                            "PGSYNC_SOURCE",
                            source.url(from),
                            "PGSYNC_TARGET",
                            target.url(to),
                            "PGSYNC_HEAP",
                            heap,
                            "PGSYNC_JAVA_OPTS",
                            "-Xlog:gc:file=" + log),
                    home.resolve("pgsync").toString());
            return new Measured(seconds(took), heapUsed(Files.readString(log)));
        } finally {
            Files.delete(log);
        }
    }

    private static long heapUsed(String gcLog) {
        return HEAP_USED
                .matcher(gcLog)
                .results()
                .mapToLong(m -> Long.parseLong(m.group(1)))
                .max()
                .orElse(0);
    }

    private double start() throws Exception {
        List<Double> times = new ArrayList<>();
        for (var round = 0; round < ROUNDS + 2; round++) {
            times.add(seconds(run(Map.of(), home.resolve("pgsync").toString(), "version")));
        }
        return median(times);
    }

    private static Duration run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var output = Files.createTempFile("pgsync-bench", ".out");
        builder.redirectOutput(output.toFile());
        var began = System.nanoTime();
        var code = builder.start().waitFor();
        var took = Duration.ofNanos(System.nanoTime() - began);
        var text = Files.readString(output);
        Files.delete(output);
        if (code != 0) {
            throw new IllegalStateException("ended with " + code + ": " + text);
        }
        return took;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private void tell(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
