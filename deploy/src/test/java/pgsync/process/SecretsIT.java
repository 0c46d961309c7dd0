package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pgsync.testground.TestServers;

/**
 * A password that is easy to find goes in by every way there is, and everything goes wrong that can. It may come out nowhere: not on
 * a stream, not in an argument list, not in the server's log, not in the tables that stay in the target.
 */
class SecretsIT {
    /** Letters and digits in the middle stay what they are in every encoding but base64 and hex. */
    private static final String CORE = "Kanari3nV0gelSingt";

    private static final String CANARY = "p/+" + CORE + "=:@ 7%";
    private static final List<String> FORMS = forms();
    private static final String ROLE = "kept_secret";
    private static final int AT_A_TIME = 4;

    @TempDir
    Path directory;

    private int stricts;

    private record Case(String name, int code, Product product) {}

    @Test
    void the_password_comes_out_nowhere_whatever_goes_wrong() throws Exception {
        try (var server = TestServers.start(TestServers.DEFAULT_MAJOR);
                var doomed = TestServers.start(TestServers.DEFAULT_MAJOR);
                var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (var each : List.of(server, doomed)) {
                each.sql("postgres", "create role %s superuser login password '%s'".formatted(ROLE, CANARY));
            }
            var ground = Ground.between(server, server);
            var dying = Ground.between(server, doomed);
            prepare(ground);
            dying.onBoth("create table items (id int primary key, name text)")
                    .onSource("insert into items values (1, 'x')");
            dying.onTarget(SLOW);

            var told = new ArrayList<String>();
            var running = new ArrayList<java.util.concurrent.Future<String>>();
            // The patient ones first: they wait for servers that never answer.
            running.add(threads.submit(() -> killedServer(dying, doomed::stopImmediately)));
            for (var one : cases(ground)) {
                running.add(threads.submit(() -> {
                    var ended = watched(one.product().start());
                    assertThat(ended.code()).as(one.name() + ": " + ended).isEqualTo(one.code());
                    return one.name() + "\n" + ended;
                }));
            }
            for (var each : running) {
                told.add(result(each));
            }

            assertThat(told).allSatisfy(text -> assertHidden(text));
            assertHidden(server.log());
            assertHidden(doomed.log());
            assertHidden(state(ground));
        }
    }

    private static final String SLOW = """
            create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(600); return new; end';
            create trigger slow before insert on items for each row execute function wait();
            alter table items enable always trigger slow
            """;

    private static void prepare(Ground ground) {
        ground.onBoth(
                "create table items (id int primary key, name text, updated_at timestamptz not null default now())",
                "create table unlike (id int primary key, n text)");
        ground.onTarget("alter table unlike alter n type int using n::int", "create view seen as select 1 as id");
        ground.onSource(
                "insert into items select i, 'n' || i from generate_series(1, 20) i",
                "insert into unlike values (1, 'many')",
                "create table only_here (id int primary key)",
                "create table seen (id int primary key)");
    }

    /** One more table whose row the target does not take. One for each run: several are at work at once, and a table is one run's. */
    private String strict(Ground ground) {
        var name = "strict" + ++stricts;
        ground.onBoth("create table " + name + " (id int primary key, n int)")
                .onTarget("alter table " + name + " add constraint " + name + "_small check (n < 5)");
        ground.onSource("insert into " + name + " values (1, 9)");
        return name;
    }

    private List<Case> cases(Ground g) throws IOException {
        var port = g.sourceServer().port();
        var source = uri(g.sourceServer().port(), g.source(), "");
        var target = uri(g.targetServer().port(), g.target(), "");
        var all = new ArrayList<Case>();
        Function<String, String> withoutPassword =
                database -> "postgres://%s@127.0.0.1:%d/%s".formatted(ROLE, port, database);

        all.add(new Case("a port that refuses", 4, Product.sync(uri(1, g.source(), ""), target, "-verbose")));
        all.add(new Case(
                "a host that nobody knows",
                4,
                Product.sync(source.replace("127.0.0.1", "nobody.invalid"), target, "-json")));

        // Ways in, each with something that goes wrong later.
        for (var options : List.of(new String[] {"-verbose"}, new String[] {"-json", "-verbose"})) {
            all.add(new Case(
                    "a constraint, " + List.of(options),
                    1,
                    Product.sync(source, target, with(options, "-include", strict(g)))));
            all.add(new Case(
                    "types that do not fit, " + List.of(options),
                    6,
                    Product.sync(source, target, with(options, "-include", "unlike"))));
            all.add(new Case(
                    "a table that is missing, " + List.of(options),
                    6,
                    Product.sync(source, target, with(options, "-include", "only_here"))));
            all.add(new Case(
                    "no such database, " + List.of(options),
                    4,
                    Product.sync(uri(port, "nowhere", ""), target, options)));
            all.add(new Case(
                    "TLS required but off, " + List.of(options),
                    4,
                    Product.sync(uri(port, g.source(), "?sslmode=require"), target, options)));
            all.add(new Case(
                    "a wrong password, " + List.of(options),
                    4,
                    Product.sync(source.replace("7%25", "8"), target, options)));
        }
        all.add(new Case("a dry run", 0, Product.sync(source, target, "-dry-run", "-verbose", "-include", strict(g))));
        all.add(new Case(
                "a URI with a bad port", 2, Product.sync(source.replace(":" + port, ":port"), target, "-verbose")));
        all.add(new Case(
                "a URI with a bad parameter", 2, Product.sync(uri(port, g.source(), "?sslmoode=off"), target)));
        all.add(new Case("a URI with a bad value", 2, Product.sync(uri(port, g.source(), "?sslmode=perhaps"), target)));
        all.add(new Case("a URI with a bad escape", 2, Product.sync(source.replace("7%25", "7%zz"), target)));
        all.add(new Case("no URI at all", 2, Product.sync("mysql://" + ROLE + ":" + encoded() + "@h/d", target)));
        all.add(new Case(
                "a keyword string that does not end", 2, Product.sync("host=127.0.0.1 password='" + CANARY, target)));
        all.add(new Case(
                "a keyword string",
                1,
                Product.sync(
                        "host=127.0.0.1 port=%d dbname=%s user=%s password='%s'"
                                .formatted(port, g.source(), ROLE, CANARY),
                        target,
                        "-include",
                        strict(g))));
        all.add(new Case("a wrong option beside it", 2, Product.sync(source, target, "-batch-size", "many")));
        all.add(new Case(
                "standard input",
                1,
                Product.of("-source", "-", "-include", strict(g), "-verbose")
                        .with("PGSYNC_TARGET", target)
                        .standardInput(source)));
        all.add(new Case(
                "PGPASSWORD",
                1,
                Product.sync(
                                withoutPassword.apply(g.source()),
                                withoutPassword.apply(g.target()),
                                "-include",
                                strict(g))
                        .with("PGPASSWORD", CANARY)));
        Files.writeString(
                secret("home/.pgpass"),
                "127.0.0.1:%d:*:%s:%s%n"
                        .formatted(port, ROLE, CANARY.replace("\\", "\\\\").replace(":", "\\:")));
        all.add(new Case(
                ".pgpass",
                1,
                Product.sync(
                                withoutPassword.apply(g.source()),
                                withoutPassword.apply(g.target()),
                                "-include",
                                strict(g),
                                "-verbose")
                        .home(directory.resolve("home"))));
        var config = Files.writeString(
                secret("good.json"),
                "{\"sourceDb\": \"%s\", \"targetDb\": \"%s\", \"includeTables\": [\"%s\"]}"
                        .formatted(source, target, strict(g)));
        all.add(new Case("a config file", 1, Product.of("-config", config.toString(), "-json")));
        all.add(new Case("a config file, shown", 0, Product.of("config", "show", "-config", config.toString())));
        var wrongKey = Files.writeString(
                secret("key.json"), "{\"sourceDb\": \"%s\", \"targetDbb\": \"%s\"}".formatted(source, target));
        all.add(new Case("a wrong key beside it", 2, Product.of("-config", wrongKey.toString(), "-verbose")));
        var broken = Files.writeString(
                secret("broken.json"), "{\"sourceDb\": \"%s\", \"targetDb\": \"%s".formatted(source, target));
        all.add(new Case("a config file that breaks off", 2, Product.of("-config", broken.toString())));
        var unquoted = Files.writeString(secret("unquoted.json"), "{\"sourceDb\": %s}".formatted(source));
        all.add(new Case("a config file without quotes", 2, Product.of("-config", unquoted.toString())));
        var yaml = Files.writeString(secret("wrong.yaml"), "sourceDb: [%s\ntargetDb: x\n".formatted(source));
        all.add(new Case("a wrong YAML file", 2, Product.of("-config", yaml.toString())));
        var toml = Files.writeString(secret("wrong.toml"), "sourceDb = \"%s\ntargetDb = 1\n".formatted(source));
        all.add(new Case("a wrong TOML file", 2, Product.of("-config", toml.toString())));
        return all;
    }

    private Path secret(String name) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static String[] with(String[] options, String... more) {
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String encoded() {
        return URLEncoder.encode(CANARY, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String uri(int port, String database, String parameters) {
        return "postgres://%s:%s@127.0.0.1:%d/%s%s".formatted(ROLE, encoded(), port, database, parameters);
    }

    private static String killedServer(Ground dying, Runnable stop) {
        var product = Product.sync(
                uri(dying.sourceServer().port(), dying.source(), ""),
                uri(dying.targetServer().port(), dying.target(), ""),
                "-verbose");
        try (var running = product.start()) {
            running.until(
                    "it writes",
                    () -> dying.onTargetIs(
                            "select exists (select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database())"));
            stop.run();
            running.until("it notices", () -> running.err().contains("next attempt in"));
            // It would wait for the server for minutes.
            running.signal("TERM");
            var ended = running.ended();
            assertThat(ended.code()).as(ended.toString()).isEqualTo(143);
            return "a server that dies\n" + ended;
        }
    }

    /** Looks at the argument lists of all processes of this machine until it has ended. */
    private static Product.Ended watched(Product.Running started) {
        try (var running = started) {
            do {
                argumentLists().forEach(SecretsIT::assertHidden);
            } while (!running.endsWithin(Duration.ofMillis(200)));
            return running.ended();
        }
    }

    private static List<String> argumentLists() {
        var found = new ArrayList<String>();
        ProcessHandle.allProcesses().forEach(process -> {
            try {
                found.add(Files.readString(
                        Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1));
            } catch (IOException ended) {
                found.add("");
            }
        });
        return found;
    }

    private static String state(Ground ground) {
        var tables = ground.onTargetColumn(
                "select relname from pg_class where relnamespace = 'pgsync'::regnamespace and relkind = 'r'");
        assertThat(tables).contains("task", "run", "sync_log");
        var text = new StringBuilder();
        tables.forEach(table -> ground.onTargetColumn("select t::text from pgsync.%s t".formatted(table))
                .forEach(row -> text.append(row).append('\n')));
        return text.toString();
    }

    private static void assertHidden(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        for (var form : FORMS) {
            if (lower.contains(form)) {
                throw new AssertionError(form + " is in: " + text);
            }
        }
    }

    /** As it is and percent-encoded (both have the core), in hex, and in base64 wherever it begins. */
    private static List<String> forms() {
        var forms = new ArrayList<>(
                List.of(CORE, java.util.HexFormat.of().formatHex(CORE.getBytes(StandardCharsets.UTF_8))));
        for (var before = 0; before < 3; before++) {
            var bytes = (" ".repeat(before) + CORE).getBytes(StandardCharsets.UTF_8);
            var text = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            // The first and the last characters depend on what stands beside it.
            forms.add(text.substring(4, text.length() - 4));
        }
        forms.replaceAll(form -> form.toLowerCase(Locale.ROOT));
        return forms;
    }

    private static String result(java.util.concurrent.Future<String> running) throws InterruptedException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AssertionError failed ? failed : new AssertionError(e.getCause());
        }
    }
}
