package pgsync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();
    private static final String EVERY_KEY = """
            {
              "source": "postgres://a@one/db", "target": "postgres://b@two/db",
              "schema": "app,audit_*", "include": ["users", "app.order_[0-9]"], "exclude": "*_log",
              "timestamp": "changed_at,updated_at", "timestampZone": "Europe/Berlin", "overlap": "1h30m",
              "reconcile": true, "consistency": "table",
              "delete": "never", "maxDeletePercent": 5, "forceDeletes": true,
              "parallel": 8, "batchSize": 500, "dryRun": true, "allowSkips": true, "keepHistory": "2d",
              "verbose": true, "json": true,
              "schedule": "*/5 * * * mon-fri",
              "cluster": {
                "name": "blue", "bind": "10.0.0.1", "port": 5800, "secret": "together",
                "members": ["10.0.0.2:5800", "[::1]:5801", "node3"]
              },
              "http": {"bind": "0.0.0.0", "port": 0, "token": "t0ken"},
              "tables": {
                "public.orders": {
                  "timestamp": "at", "where": "id > 5", "key": ["a", "b"], "columns": "a,b,c", "exclude": ["d"],
                  "mode": "replace"
                }
              }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void without_anything_the_defaults_hold() {
        var settings = new SettingsReader(NO_ENVIRONMENT).read(Map.of()).settings();

        assertThat(settings).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void every_key_of_a_file_is_read() throws IOException {
        var settings = readFile("pgsync.json", EVERY_KEY);

        assertThat(settings.sync())
                .isEqualTo(new SyncConfig(
                        List.of("app", "audit_*"),
                        List.of("users", "app.order_[0-9]"),
                        List.of("*_log"),
                        List.of("changed_at", "updated_at"),
                        8,
                        500,
                        true,
                        true,
                        true,
                        false,
                        5,
                        true,
                        false,
                        Duration.ofMinutes(90),
                        "Europe/Berlin",
                        true,
                        Duration.ofDays(2),
                        Map.of(
                                "public.orders",
                                new TableRule(
                                        "at",
                                        "id > 5",
                                        List.of("a", "b"),
                                        List.of("a", "b", "c"),
                                        List.of("d"),
                                        "replace"))));
        assertThat(settings.requiredSource().reveal()).isEqualTo("postgres://a@one/db");
        assertThat(settings.requiredTarget().reveal()).isEqualTo("postgres://b@two/db");
        assertThat(settings.output()).isEqualTo(new OutputConfig(true, true));
        assertThat(settings.schedule()).isEqualTo("*/5 * * * mon-fri");
        assertThat(settings.cluster())
                .extracting(ClusterConfig::name, ClusterConfig::bind, ClusterConfig::port, ClusterConfig::members)
                .containsExactly("blue", "10.0.0.1", 5800, List.of("10.0.0.2:5800", "[::1]:5801", "node3"));
        assertThat(reveal(settings.cluster().secret())).isEqualTo("together");
        assertThat(settings.http())
                .extracting(HttpConfig::bind, HttpConfig::port)
                .containsExactly("0.0.0.0", 0);
        assertThat(reveal(settings.http().token())).isEqualTo("t0ken");
    }

    @Test
    void the_configuration_of_the_original_tool_works_unchanged() throws IOException {
        var settings = readFile("config.json", """
                {
                  "sourceDb": "postgresql://u:p@old:5432/app",
                  "targetDb": "postgresql://u:p@new:5432/app",
                  "schema": "public",
                  "timestampColumn": "updated_at",
                  "parallel": 4,
                  "batchSize": 1000,
                  "includeTables": ["users", "orders"],
                  "excludeTables": ["logs"],
                  "verbose": true
                }
                """);

        assertThat(settings.requiredSource().reveal()).isEqualTo("postgresql://u:p@old:5432/app");
        assertThat(settings.requiredTarget().reveal()).isEqualTo("postgresql://u:p@new:5432/app");
        assertThat(settings.sync().include()).containsExactly("users", "orders");
        assertThat(settings.sync().exclude()).containsExactly("logs");
        assertThat(settings.sync().timestamps()).containsExactly("updated_at");
        assertThat(settings.sync().batchSize()).isEqualTo(1000);
        assertThat(settings.sync().verbose()).isTrue();
    }

    @Test
    void a_flag_wins_over_the_environment_that_over_the_file_that_over_the_default() throws IOException {
        var file = write("pgsync.json", "{\"parallel\": 5, \"batchSize\": 50, \"maxDeletePercent\": 9}");
        var environment = Map.of("PGSYNC_PARALLEL", "6", "PGSYNC_BATCH_SIZE", "60");

        var sync = new SettingsReader(environment)
                .read(Map.of(Setting.CONFIG, file, Setting.PARALLEL, "7"))
                .settings()
                .sync();

        assertThat(sync.parallel()).isEqualTo(7);
        assertThat(sync.batchSize()).isEqualTo(60);
        assertThat(sync.maxDeletePercent()).isEqualTo(9);
        assertThat(sync.overlap()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void every_setting_can_be_given_by_its_variable() {
        var environment = Map.ofEntries(
                Map.entry("PGSYNC_SOURCE", "s"),
                Map.entry("PGSYNC_SCHEMA", "a,b"),
                Map.entry("PGSYNC_DRY_RUN", "TRUE"),
                Map.entry("PGSYNC_DELETE", "never"),
                Map.entry("PGSYNC_OVERLAP", "5s"),
                Map.entry("PGSYNC_CLUSTER_MEMBERS", "one:1,two:2"),
                Map.entry("PGSYNC_HTTP_PORT", "9000"));

        var settings = new SettingsReader(environment).read(Map.of()).settings();

        assertThat(settings.requiredSource().reveal()).isEqualTo("s");
        assertThat(settings.sync().schemas()).containsExactly("a", "b");
        assertThat(settings.sync().dryRun()).isTrue();
        assertThat(settings.sync().delete()).isFalse();
        assertThat(settings.sync().overlap()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.cluster().members()).containsExactly("one:1", "two:2");
        assertThat(settings.http().port()).isEqualTo(9000);
    }

    @Test
    void the_file_can_be_named_by_the_environment() throws IOException {
        var file = write("pgsync.json", "{\"parallel\": 5}");

        var settings =
                new SettingsReader(Map.of("PGSYNC_CONFIG", file)).read(Map.of()).settings();

        assertThat(settings.sync().parallel()).isEqualTo(5);
    }

    @Test
    void what_kubernetes_puts_into_the_environment_is_not_ours() {
        var environment = Map.of(
                "PGSYNC_HTTP_PORT", "tcp://10.0.0.1:8080",
                "PGSYNC_SERVICE_HOST", "10.0.0.1",
                "PGSYNC_PORT_5701_TCP_ADDR", "10.0.0.1");

        assertThat(new SettingsReader(environment)
                        .read(Map.of())
                        .settings()
                        .http()
                        .port())
                .isEqualTo(8080);
    }

    @Test
    void a_mistyped_variable_is_an_error_without_its_value() {
        assertThatThrownBy(() -> new SettingsReader(Map.of("PGSYNC_SORCE", "postgres://u:geheim@h/d")).read(Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessage("PGSYNC_SORCE is not a setting; did you mean PGSYNC_SOURCE?");
    }

    @Test
    void an_error_in_a_file_names_file_line_column_key_value_and_what_is_allowed() throws IOException {
        var file = write("pgsync.json", "{\n  \"parallel\": 999\n}\n");

        assertThat(error(file)).isEqualTo(file + ":2:15: parallel is 999; allowed: 1 to 256");
    }

    @Test
    void all_that_is_wrong_in_a_file_is_told_at_once() throws IOException {
        var file = write("pgsync.json", """
                {
                  "batchsize": 10,
                  "paralel": 3,
                  "colour": "red",
                  "parallel": "4",
                  "verbose": "yes",
                  "maxDeletePercent": 101,
                  "batchSize": 1.5,
                  "overlap": 600,
                  "consistency": "both",
                  "include": ["a[b", "z", "[z-a]x", 7],
                  "timestampZone": "Mars/Olympus",
                  "schedule": "61 * * * *",
                  "cluster": {"port": 0, "nam": "x", "members": "a:b"},
                  "tables": {"users": {"timestmp": "x", "mode": "fast", "key": 5}, "orders": 7}
                }
                """);

        assertThat(error(file).lines().map(line -> line.replace(file, "F")).toList())
                .containsExactlyInAnyOrder(
                        "F:2:3: batchsize is not a setting; did you mean batchSize?",
                        "F:3:3: paralel is not a setting; did you mean parallel?",
                        "F:4:3: colour is not a setting",
                        "F:5:15: parallel is \"4\"; allowed: 1 to 256",
                        "F:6:14: verbose is \"yes\"; allowed: true or false",
                        "F:7:23: maxDeletePercent is 101; allowed: 0 to 100",
                        "F:8:16: batchSize is 1.5; allowed: 1 to 10,000,000",
                        "F:9:14: overlap is 600; allowed: 0s to 30d, such as 30s, 10m or 1h30m",
                        "F:10:18: consistency is \"both\"; allowed: run, table",
                        "F:11:15: include is \"a[b\": the [ at position 2 needs a closing ]; a name with [ in it is written in double"
                                + " quotes; allowed: table or schema.table, comma list, wildcards * ? [abc] [a-z]",
                        "F:11:27: include is \"[z-a]x\": the range z-a runs backwards; allowed: table or schema.table, comma list,"
                                + " wildcards * ? [abc] [a-z]",
                        "F:11:37: include is 7; allowed: table or schema.table, comma list, wildcards * ? [abc] [a-z]",
                        "F:12:20: timestampZone is \"Mars/Olympus\": no such zone; allowed: a zone name such as UTC or Europe/Berlin",
                        "F:13:15: schedule is \"61 * * * *\": minute \"61\" is not 0 to 59; allowed: an interval such as 30s, or a"
                                + " cron line such as */5 * * * *",
                        "F:14:23: cluster.port is 0; allowed: 1 to 65,535",
                        "F:14:26: cluster.nam is not a setting; did you mean cluster.name?",
                        "F:14:49: cluster.members is \"a:b\": the port is not 1 to 65535; allowed: host:port, comma list",
                        "F:15:24: tables.users.timestmp is not a rule; did you mean timestamp?",
                        "F:15:49: tables.users.mode is \"fast\"; allowed: incremental, reconcile, replace",
                        "F:15:64: tables.users.key is 5; allowed: column names, list or comma list",
                        "F:15:78: tables.orders is not an object; allowed: the keys timestamp, where, key, columns, exclude, mode, fixed");
    }

    @Test
    void fixed_values_are_texts_whatever_they_are_written_as() throws IOException {
        var given = readFile("fixed.json", """
                {"source": "postgres://a", "target": "postgres://b", "tables": {
                  "users": {"fixed": {"region": "eu", "by": null, "n": 7, "rate": 1.50, "on": true}},
                  "app": {"orders": {"fixed": {"region": "us"}}, "items": {"mode": "replace"}}}}
                """);

        assertThat(given.sync().tables().get("users").fixed())
                .containsExactly(
                        entry("region", new TableRule.FixedValue("eu")),
                        entry("by", new TableRule.FixedValue(null)),
                        entry("n", new TableRule.FixedValue("7")),
                        entry("rate", new TableRule.FixedValue("1.50")),
                        entry("on", new TableRule.FixedValue("true")));
        assertThat(given.sync().tables()).containsOnlyKeys("users", "app.orders", "app.items");
    }

    @Test
    void a_column_that_is_kept_and_left_out_is_told_with_its_place() {
        assertThatThrownBy(() -> readFile("both.json", """
                        {"source": "postgres://a", "target": "postgres://b",
                         "tables": {"users": {"columns": ["id", "a", "b"],
                           "exclude": "b,c"}}}
                        """))
                .hasMessageContaining(
                        ":3:15: tables.users.exclude names b, which columns names too; allowed: one of them")
                .hasMessageNotContaining("names c");
    }

    @Test
    void a_fixed_column_that_is_something_else_too_is_told_with_its_place() {
        assertThatThrownBy(() -> readFile("fixed.json", """
                        {"source": "postgres://a", "target": "postgres://b",
                         "tables": {"users": {"exclude": ["a"], "key": "b,id", "timestamp": "c",
                           "fixed": {"a": 1, "b": 2, "c": 3, "d": [4], "e": {}}},
                          "orders": {"where": "true", "fixed": "eu"}}}
                        """))
                .hasMessageContainingAll(
                        ":3:14: tables.users.fixed.a is named under exclude too; allowed: one of them",
                        ":3:22: tables.users.fixed.b is named under key too; allowed: one of them",
                        ":3:30: tables.users.fixed.c is named under timestamp too; allowed: one of them",
                        ":3:38: tables.users.fixed.d is a list; allowed: a text, a number, true, false or null",
                        ":3:48: tables.users.fixed.e is an object; allowed: a text, a number, true, false or null",
                        ":4:40: tables.orders.fixed is \"eu\"; allowed: columns, each with its value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    parallel           | 0          | -parallel is 0; allowed: 1 to 256
                    parallel           | x          | -parallel is x; allowed: 1 to 256
                    BATCH_SIZE         | 10000001   | -batch-size is 10000001; allowed: 1 to 10,000,000
                    MAX_DELETE_PERCENT | -1         | -max-delete-percent is -1; allowed: 0 to 100
                    delete             | sometimes  | -delete is sometimes; allowed: auto, never
                    overlap            | 31d        | -overlap is 31d; allowed: 0s to 30d, such as 30s, 10m or 1h30m
                    KEEP_HISTORY       | 23h        | -keep-history is 23h; allowed: 1d to 36500d, such as 7d or 90d
                    schema             | ''         | schema is empty; allowed: a schema name, a comma list, wildcards
                    include            | a,,b       | -include is a list with an empty entry; allowed: table or schema.table, comma list, wildcards * ? [abc] [a-z]
                    source             | ''         | -source is not a text, or empty; allowed: a connection string such as postgres://user@host:5432/database
                    HTTP_TOKEN         | a b        | -http.token is not shown here: a request cannot carry it; allowed: letters, digits and signs of ASCII, without spaces
                    HTTP_TOKEN         | schlüssel  | -http.token is not shown here: a request cannot carry it; allowed: letters, digits and signs of ASCII, without spaces
                    HTTP_BIND          | 0.0.0.0    | http.bind is 0.0.0.0 and no token is set; allowed: a loopback address, or http.token or http.tokenFile beside it
                    """)
    void an_error_in_a_flag_names_the_flag(String setting, String value, String message) {
        var flags = Map.of(Setting.valueOf(setting.toUpperCase(java.util.Locale.ROOT)), value);

        assertThatThrownBy(() -> new SettingsReader(NO_ENVIRONMENT).read(flags))
                .isInstanceOf(InvalidConfig.class)
                .hasMessage(message);
    }

    @Test
    void both_ends_of_a_range_are_allowed() {
        for (var setting : Setting.values()) {
            if (setting.kind() instanceof Kind.Whole range) {
                for (var end : List.of(range.least(), range.most())) {
                    var read = new SettingsReader(NO_ENVIRONMENT).read(Map.of(setting, end.toString()));
                    assertThat(read.lines())
                            .contains(new Effective.Line(setting.key(), end.toString(), "-" + setting.flag()));
                }
            }
        }
    }

    @Test
    void an_error_in_a_variable_names_the_variable() {
        assertThatThrownBy(() -> new SettingsReader(Map.of("PGSYNC_BATCH_SIZE", "0")).read(Map.of()))
                .hasMessage("PGSYNC_BATCH_SIZE is 0; allowed: 1 to 10,000,000");
    }

    @Test
    void no_error_shows_a_secret() throws IOException {
        for (var text : List.of(
                "{\"source\": {\"password\": \"geheim\"}}",
                "{\"target\": [\"geheim\"]}",
                "{\"sorce\": \"postgres://u:geheim@h/d\"}",
                "{\"http\": {\"token\": geheim}}",
                "{\"source\": \"geheim}",
                "{\"source\": \"a\", \"sourceDb\": \"geheim\"}")) {
            assertThat(error(write("pgsync.json", text))).doesNotContain("geheim");
        }
        assertThat(error(write("pgsync.yaml", "source: \"geheim\ntarget: geheim: geheim\n")))
                .doesNotContain("geheim");
        assertThat(error(write("pgsync.toml", "source = geheim\n"))).doesNotContain("geheim");
    }

    @Test
    void a_setting_given_twice_in_one_file_is_an_error() throws IOException {
        var file = write("pgsync.json", "{\"source\": \"a\",\n \"sourceDb\": \"b\"}");

        assertThat(error(file)).isEqualTo(file + ":2:2: sourceDb is set a second time; allowed: once, as source");
    }

    @Test
    void a_dotted_key_means_nesting() throws IOException {
        assertThat(readFile("a.json", "{\"cluster.name\": \"blue\", \"http\": {\"port\": 1}}")
                        .cluster()
                        .name())
                .isEqualTo("blue");
        assertThat(readFile("b.json", "{\"cluster.kubernetes\": {\"serviceDns\": \"x.y\"}}")
                        .cluster()
                        .serviceDns())
                .isEqualTo("x.y");
    }

    @Test
    void a_table_may_stand_under_its_schema() throws IOException {
        var nested = readFile(
                "pgsync.toml", "[tables.public.users]\nmode = \"replace\"\n[tables.\"app.x\"]\nwhere = \"a = 1\"\n");

        assertThat(nested.sync().tables().keySet()).containsExactlyInAnyOrder("public.users", "app.x");
    }

    @Test
    void null_in_a_file_is_as_if_the_key_were_not_there() throws IOException {
        assertThat(readFile("pgsync.json", "{\"parallel\": null, \"tables\": null, \"cluster\": null}"))
                .isEqualTo(Settings.DEFAULT);
    }

    @Test
    void names_in_double_quotes_keep_their_commas() {
        var include = new SettingsReader(NO_ENVIRONMENT)
                .read(Map.of(Setting.INCLUDE, "users, \"a,b\" ,app.\"c[d\""))
                .settings()
                .sync()
                .include();

        assertThat(include).containsExactly("users", "\"a,b\"", "app.\"c[d\"");
    }

    @Test
    void members_and_a_service_exclude_each_other() throws IOException {
        var file = write(
                "pgsync.json", "{\"cluster\": {\"members\": \"a:1\",\n\"kubernetes\": {\"serviceDns\": \"x.y\"}}}");

        assertThat(error(file))
                .isEqualTo(
                        file
                                + ":2:30: cluster.members and cluster.kubernetes.serviceDns are both set; allowed: one of them");
    }

    @Test
    void a_token_is_read_from_its_file() throws IOException {
        var token = write("token", "abc\n");

        var http = new SettingsReader(NO_ENVIRONMENT)
                .read(Map.of(Setting.HTTP_TOKEN_FILE, token, Setting.HTTP_BIND, "0.0.0.0"))
                .settings()
                .http();

        assertThat(reveal(http.token())).isEqualTo("abc");
    }

    @Test
    void a_token_that_no_request_can_carry_is_refused_and_not_shown() throws IOException {
        for (var token : List.of("geheim é", "geheim\nzwei", "geheim\tzwei", "geheim\u0001")) {
            var file = write("token", token + "\n");

            assertThatThrownBy(() -> new SettingsReader(NO_ENVIRONMENT).read(Map.of(Setting.HTTP_TOKEN_FILE, file)))
                    .hasMessage(
                            "-http.token-file names a file whose text a request cannot carry: %s; allowed: letters, digits and signs of ASCII, without spaces",
                            file);
            assertThatThrownBy(() -> new SettingsReader(Map.of("PGSYNC_HTTP_TOKEN", token)).read(Map.of()))
                    .hasMessageStartingWith("PGSYNC_HTTP_TOKEN is not shown here: a request cannot carry it");
        }
    }

    @Test
    void a_missing_connection_says_the_ways_to_give_it() {
        assertThatThrownBy(Settings.DEFAULT::requiredTarget)
                .isInstanceOf(InvalidConfig.class)
                .hasMessage("target is missing; give -target, PGSYNC_TARGET, or \"target\" in the file of -config");
    }

    @Test
    void each_setting_says_where_it_came_from_and_secrets_stay_hidden() throws IOException {
        var file = write(
                "pgsync.json",
                "{\n \"source\": \"postgres://u:geheim@h/d\", \"parallel\": 5,\n \"tables\": {\"t\": {\"mode\": \"replace\"}}}");

        var lines = new SettingsReader(Map.of("PGSYNC_BATCH_SIZE", "7"))
                .read(Map.of(Setting.CONFIG, file, Setting.SCHEMA, "a,b"))
                .lines();

        assertThat(lines)
                .contains(
                        new Effective.Line("source", "***", file + ":2:12"),
                        new Effective.Line("target", "", "default"),
                        new Effective.Line("parallel", "5", file + ":2:51"),
                        new Effective.Line("batchSize", "7", "PGSYNC_BATCH_SIZE"),
                        new Effective.Line("schema", "a,b", "-schema"),
                        new Effective.Line("tables.t.mode", "replace", file));
        assertThat(lines.toString()).doesNotContain("geheim");
    }

    private Settings readFile(String name, String text) throws IOException {
        return new SettingsReader(NO_ENVIRONMENT)
                .read(Map.of(Setting.CONFIG, write(name, text)))
                .settings();
    }

    private static String error(String file) {
        var flags = new EnumMap<Setting, String>(Setting.class);
        flags.put(Setting.CONFIG, file);
        try {
            new SettingsReader(NO_ENVIRONMENT).read(flags);
        } catch (InvalidConfig e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("no error");
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String reveal(@org.jspecify.annotations.Nullable Secret secret) {
        return secret == null ? "" : secret.reveal();
    }
}
