package pgsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.cluster.Role;
import pgsync.config.HttpConfig;
import pgsync.config.InvalidConfig;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableDifferences;
import pgsync.task.TableDifferences.Kind;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.testground.TestServers;

class StatusServerTest {
    /** For tests that change nothing. */
    private static HttpGround unchanged;

    @BeforeAll
    static void open() {
        unchanged = HttpGround.open();
    }

    @AfterAll
    static void close() {
        unchanged.close();
    }

    private static final List<String> GUARDED = List.of(
            "/metrics",
            "/api/v1/cluster",
            "/api/v1/runs",
            "/api/v1/tables",
            "/api/v1/events",
            "/api/v1/runs/00000000-0000-0000-0000-000000000000");

    private static List<String> texts(JsonNode list, String key) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.at(key).asText())
                .toList();
    }

    private static void isProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        var problem = HttpGround.json(answer);
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("message").asText()).isNotBlank();
        assertThat(problem.get("remedy").asText()).isNotBlank();
        assertThat(problem.size()).isEqualTo(3);
    }

    // ---- health

    @Test
    void a_node_is_alive_before_it_is_ready_and_says_why_it_is_not() {
        try (var ground = HttpGround.open()) {
            ground.node.notReady = Optional.of("joining cluster test");

            var ready = ground.get("/readyz");

            assertThat(ground.get("/livez").statusCode()).isEqualTo(200);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(HttpGround.json(ready).get("reason").asText()).isEqualTo("joining cluster test");
            ground.node.notReady = Optional.empty();
            assertThat(ground.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_port_that_is_taken_is_a_setting_that_is_wrong() {
        try (var ground = HttpGround.open()) {
            var vertx = Vertx.vertx();
            var parts = ground.parts(new HttpConfig("127.0.0.1", ground.port(), null), vertx);

            assertThatThrownBy(() -> StatusServer.start(parts))
                    .isInstanceOf(InvalidConfig.class)
                    .hasMessageContaining("127.0.0.1 port " + ground.port());
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    // ---- who may ask

    @Test
    void nothing_but_health_and_the_empty_page_is_given_without_the_token() {
        try (var ground = HttpGround.withToken("open sesame")) {
            for (var path : GUARDED) {
                isProblem(ground.get(path), 401, "token_missing");
                isProblem(
                        ground.send(ground.to(path).header("Authorization", "Bearer open sesam")), 401, "token_wrong");
                isProblem(ground.send(ground.to(path).header("Authorization", "Basic b3Blbg==")), 401, "token_wrong");
            }
            isProblem(ground.post("/api/v1/runs", "{}"), 401, "token_missing");
            isProblem(ground.post("/api/v1/runs/" + UUID.randomUUID() + "/cancel", "{}"), 401, "token_missing");
            assertThat(ground.get("/api/v1/runs").headers().firstValue("WWW-Authenticate"))
                    .isPresent();
            for (var path : List.of("/livez", "/readyz", "/", "/dashboard.js", "/dashboard.css")) {
                assertThat(ground.get(path).statusCode()).as(path).isEqualTo(200);
            }
            assertThat(ground.send(ground.to("/api/v1/cluster").header("Authorization", "Bearer open sesame"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "10.0.0.1"
            })
    void on_loopback_a_name_that_leads_here_from_elsewhere_is_refused(String host) {
        for (var path : List.of("/", "/livez", "/api/v1/cluster")) {
            var answer = unchanged.raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 421 ").contains("wrong_host");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "127.1.2.3", "[::1]:9"})
    void on_loopback_every_name_of_loopback_is_answered(String host) {
        var answer = unchanged.raw("GET /livez HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void pages_of_other_sites_can_neither_start_nor_cancel_a_run() {
        try (var ground = HttpGround.open()) {
            var json = HttpRequest.BodyPublishers.ofString("{}");
            var run = ground.run("running");

            isProblem(
                    ground.send(ground.to("/api/v1/runs")
                            .header("Content-Type", "application/json")
                            .header("Origin", "http://evil.example")
                            .POST(json)),
                    403,
                    "wrong_origin");
            isProblem(
                    ground.send(ground.to("/api/v1/runs/" + run + "/cancel")
                            .header("Origin", "http://evil.example")
                            .POST(HttpRequest.BodyPublishers.noBody())),
                    403,
                    "wrong_origin");
            isProblem(
                    ground.send(ground.to("/api/v1/runs")
                            .header("Content-Type", "text/plain")
                            .POST(json)),
                    415,
                    "not_json");
            isProblem(ground.send(ground.to("/api/v1/runs").POST(json)), 415, "not_json");
            assertThat(ground.postgres.count(ground.database, "select count(*) from pgsync.run"))
                    .isEqualTo(1);
            assertThat(ground.postgres.count(ground.database, "select count(*) from pgsync.run where cancel_requested"))
                    .isZero();
        }
    }

    @Test
    void every_answer_says_that_a_browser_has_to_keep_it_to_itself() {
        try (var ground = HttpGround.open()) {
            for (var path : List.of("/", "/dashboard.js", "/api/v1/cluster", "/nowhere", "/api/v1/runs?x=1")) {
                var headers = ground.send(ground.to(path).header("Origin", "http://evil.example"))
                        .headers();
                assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
                assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
                assertThat(headers.firstValue("Cache-Control")).contains("no-store");
                assertThat(headers.map().keySet())
                        .noneMatch(name -> name.toLowerCase().startsWith("access-control"));
            }
        }
    }

    // ---- requests that make no sense

    @Test
    void what_is_wrong_with_a_request_is_said_as_json() {
        try (var ground = HttpGround.open()) {
            isProblem(ground.get("/nowhere"), 404, "not_found");
            isProblem(ground.get("/api/v1/runs/no-id"), 404, "no_such_run");
            isProblem(ground.get("/api/v1/runs/" + UUID.randomUUID()), 404, "no_such_run");
            isProblem(ground.get("/api/v1/runs/" + UUID.randomUUID() + "/tables"), 404, "no_such_run");
            isProblem(ground.post("/api/v1/runs/" + UUID.randomUUID() + "/cancel", "{}"), 404, "no_such_run");
            isProblem(ground.send(ground.to("/api/v1/runs").DELETE()), 405, "not_allowed");
            isProblem(ground.post("/api/v1/cluster", "{}"), 405, "not_allowed");
            isProblem(ground.post("/api/v1/events", "{}"), 405, "not_allowed");
            assertThat(ground.send(ground.to("/api/v1/runs").DELETE()).headers().firstValue("Allow"))
                    .contains("GET, HEAD, POST");
            isProblem(ground.post("/api/v1/runs", "{\"include\":[\"" + "x".repeat(70_000) + "\"]}"), 413, "too_large");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/livez?x=1", "/api/v1/cluster?limit=1", "/api/v1/runs?limit=0", "/api/v1/runs?limit=101",
                "/api/v1/runs?limit=ten", "/api/v1/runs?limit=1&limit=2", "/api/v1/runs?size=3",
                        "/api/v1/tables?limit=501",
                "/api/v1/tables?offset=-1", "/api/v1/tables?sort=color", "/api/v1/tables?order=up",
                        "/api/v1/tables?state=odd",
                "/api/v1/tables?filter=a%00b", "/api/v1/events?since=1", "/metrics?name=x", "/?x=1",
                "/api/v1/runs?limit=99999999999999999999"
            })
    void a_parameter_that_nobody_asks_for_or_that_is_out_of_range_is_an_error(String path) {
        isProblem(unchanged.get(path), 400, "bad_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{} {}",
                "{\"mode\":\"odd\"}",
                "{\"mode\":7}",
                "{\"dryRun\":\"yes\"}",
                "{\"include\":\"orders\"}",
                "{\"include\":[1]}",
                "{\"include\":[\"\"]}",
                "{\"include\":{\"a\":\"b\"}}",
                "{\"includes\":[]}",
                "{\"mode\":\"sync\",\"mode\":\"sync\"}",
                "[[[[[[[[[[[[]]]]]]]]]]]]",
                "{\"include\":[\"a[\"]}",
                "\u0000"
            })
    void a_body_that_is_no_request_is_an_error_and_starts_nothing(String body) {
        isProblem(unchanged.post("/api/v1/runs", body), 400, "bad_request");
        assertThat(unchanged.postgres.count(unchanged.database, "select count(*) from pgsync.run"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish\r\n\r\n",
                "GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/runs?limit=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            })
    void bytes_that_are_no_request_are_refused(String bytes) {
        assertThat(unchanged.raw(bytes))
                .matches("(?s)HTTP/1\\.[01] 4.*\"code\":.*")
                .doesNotContain("Exception", "at io.");
        assertThat(unchanged.get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void requests_that_are_longer_than_any_sensible_one_are_refused() {
        try (var ground = HttpGround.open()) {
            var line = ground.raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            var header = ground.raw("GET /livez HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(40_000) + "\r\n\r\n");

            assertThat(line).matches("(?s)HTTP/1\\.[01] 414 .*\"too_long\".*");
            assertThat(header).matches("(?s)HTTP/1\\.[01] 431 .*\"too_long\".*");
        }
    }

    // ---- cluster

    @Test
    void a_member_is_there_as_soon_as_the_cluster_or_a_heartbeat_shows_it_and_until_neither_does() {
        try (var ground = HttpGround.open()) {
            var joined = new NodeId(UUID.randomUUID());
            ground.node.members.add(FakeNode.member(joined, "joined", Role.WORKER));
            var frozen = new NodeId(UUID.randomUUID());
            ground.node.members.add(FakeNode.member(frozen, "frozen", Role.WORKER));
            ground.nodeRow(frozen, "frozen", "8 seconds");
            ground.nodeRow("cut off", "1 second");
            ground.nodeRow("killed", "9 seconds");
            ground.nodeRow(ground.node.id, "first", "0 seconds");

            var cluster = ground.json("/api/v1/cluster");

            assertThat(cluster.get("name").asText()).isEqualTo("test");
            assertThat(cluster.get("node").asText()).isEqualTo(ground.node.id.toString());
            assertThat(cluster.get("coordinator").asText()).isEqualTo(ground.node.id.toString());
            assertThat(texts(cluster.get("members"), "/name")).containsExactly("first", "joined", "frozen", "cut off");
            assertThat(texts(cluster.get("members"), "/alive")).containsExactly("true", "true", "false", "true");
            assertThat(texts(cluster.get("members"), "/seen")).containsExactly("true", "true", "true", "false");
            assertThat(cluster.at("/members/1/heartbeatAgeMs").isNull()).isTrue();
            assertThat(cluster.at("/members/2/heartbeatAgeMs").asLong()).isGreaterThanOrEqualTo(8_000);
            assertThat(cluster.at("/members/0/slots").asInt()).isEqualTo(4);
            assertThat(cluster.at("/members/3/role").asText()).isEqualTo("worker");
            assertThat(cluster.at("/members/3/address").asText()).isEqualTo("10.0.0.2:5701");
        }
    }

    @Test
    void a_member_shows_how_many_tasks_it_works_on() {
        try (var ground = HttpGround.open()) {
            var run = ground.run("running");
            ground.nodeRow(ground.node.id, "first", "0 seconds");
            ground.sql(
                    task(run, "orders", "CLAIMED", "'" + ground.node.id + "'"), task(run, "items", "PENDING", "null"));

            assertThat(ground.json("/api/v1/cluster").at("/members/0/tasks").asInt())
                    .isEqualTo(1);
        }
    }

    private static String task(UUID run, String table, String status, String owner) {
        return """
            insert into pgsync.table_state (schema_name, table_name, source_identity, mode, current_run)
            values ('public', '%s', 'there', 'incremental', '%s') on conflict do nothing;
            insert into pgsync.task (run_id, schema_name, table_name, kind, gate, cost, status, owner, rows_upserted, bytes, spec, started_at)
            values ('%s', 'public', '%s', 'UPSERT', 'x', 99, '%s', %s, 40, 1000, '{}', case when '%s' <> 'PENDING' then clock_timestamp() end)
            """.formatted(table, run, run, table, status, owner, status);
    }

    // ---- runs

    @Test
    void a_run_that_is_asked_for_waits_in_the_target_and_can_be_cancelled_once() {
        try (var ground = HttpGround.open()) {
            var asked =
                    ground.post("/api/v1/runs", "{\"include\":[\"orders\"],\"mode\":\"reconcile\",\"dryRun\":true}");
            var id = HttpGround.json(asked).get("runId").asText();

            assertThat(asked.statusCode()).isEqualTo(202);
            assertThat(asked.headers().firstValue("Location")).contains("/api/v1/runs/" + id);
            var run = ground.json("/api/v1/runs/" + id);
            assertThat(run.get("state").asText()).isEqualTo("planning");
            assertThat(run.get("mode").asText()).isEqualTo("reconcile");
            assertThat(run.get("dryRun").asBoolean()).isTrue();
            assertThat(run.get("requestedBy").asText()).isEqualTo("http 127.0.0.1");
            assertThat(run.at("/pace/progress").isNull()).isTrue();
            isProblem(ground.post("/api/v1/runs", "{}"), 409, "run_held");
            assertThat(ground.post("/api/v1/runs/" + id + "/cancel", "{}").statusCode())
                    .isEqualTo(202);
            isProblem(ground.post("/api/v1/runs/" + id + "/cancel", "{}"), 409, "run_ended");
            assertThat(ground.json("/api/v1/runs/" + id).get("state").asText()).isEqualTo("cancelled");
        }
    }

    @Test
    void a_cancel_needs_no_body() {
        try (var ground = HttpGround.open()) {
            var run = ground.run("running");

            var answer =
                    ground.send(ground.to("/api/v1/runs/" + run + "/cancel").POST(HttpRequest.BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(ground.json("/api/v1/runs/" + run).get("cancelRequested").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void a_verification_is_asked_for_as_any_run() {
        try (var ground = HttpGround.open()) {
            var asked = ground.post("/api/v1/runs", "{\"mode\":\"verify\"}");

            assertThat(asked.statusCode()).isEqualTo(202);
            var run = ground.json(
                    "/api/v1/runs/" + HttpGround.json(asked).get("runId").asText());
            assertThat(run.get("mode").asText()).isEqualTo("verify");
            assertThat(run.get("differences").isNull()).isTrue();
        }
    }

    @Test
    void a_verification_tells_its_differences_in_all_and_of_each_table() {
        try (var ground = HttpGround.open()) {
            var run = ground.run("done");
            ground.verified(
                    run,
                    new TableDifferences(
                            100,
                            99,
                            3,
                            2,
                            1,
                            0,
                            List.of(new TableDifferences.Example(Kind.DIFFERENT, "7", List.of("v")))));

            assertThat(ground.json("/api/v1/runs/" + run).get("differences").asLong())
                    .isEqualTo(6);
            var tables = ground.json("/api/v1/runs/" + run + "/tables").get("tables");
            assertThat(tables).hasSize(2);
            assertThat(tables.at("/0/differences/different").asLong()).isEqualTo(3);
            assertThat(tables.at("/0/differences/examples/0/key").asText()).isEqualTo("7");
            assertThat(tables.at("/1/status").asText()).isEqualTo("skipped");
            assertThat(tables.at("/1/differences").isNull()).isTrue();
        }
    }

    @Test
    void runs_come_newest_first_and_no_more_than_asked_for() {
        try (var ground = HttpGround.open()) {
            var first = ground.run("done");
            var second = ground.run("failed");
            var third = ground.run("done");

            assertThat(texts(ground.json("/api/v1/runs").get("runs"), "/id"))
                    .containsExactly(third.toString(), second.toString(), first.toString());
            assertThat(texts(ground.json("/api/v1/runs?limit=2").get("runs"), "/id"))
                    .containsExactly(third.toString(), second.toString());
        }
    }

    @Test
    void a_run_tells_what_it_did_how_fast_and_how_far_it_is() {
        try (var ground = HttpGround.open()) {
            var run = ground.run("running");
            ground.sql(
                    task(run, "orders", "DONE", "null"),
                    task(run, "orders", "CLAIMED", "'" + ground.node.id + "'"),
                    task(run, "items", "PENDING", "null"),
                    task(run, "payments", "DONE", "null"),
                    "update pgsync.table_state set current_run = null where table_name = 'payments'");
            ground.logLine(run, "payments", "done", "null");

            var told = ground.json("/api/v1/runs/" + run);

            assertThat(told.at("/counts/tables").asInt()).isEqualTo(3);
            assertThat(told.at("/counts/tablesDone").asInt()).isEqualTo(1);
            assertThat(told.at("/counts/tablesOpen").asInt()).isEqualTo(2);
            assertThat(told.at("/counts/rowsUpserted").asLong()).isEqualTo(160);
            assertThat(told.at("/tasks").asInt()).isEqualTo(4);
            assertThat(told.at("/pace/progress").asDouble()).isEqualTo(0.5);
            assertThat(told.at("/pace/seconds").asDouble()).isGreaterThanOrEqualTo(10);
            assertThat(told.at("/pace/rowsPerSecond").asDouble()).isBetween(0.1, 16.0);
            assertThat(told.at("/pace/etaSeconds").asLong()).isGreaterThanOrEqualTo(10);
            var tables = ground.json("/api/v1/runs/" + run + "/tables").get("tables");
            assertThat(texts(tables, "/table/table")).containsExactly("items", "orders", "payments");
            assertThat(texts(tables, "/status")).containsExactly("waiting", "running", "done");
            assertThat(texts(tables, "/tasksDone")).startsWith("0", "1");
        }
    }

    @Test
    void tables_of_a_run_come_page_by_page_each_once() {
        try (var ground = HttpGround.open()) {
            var run = ground.run("done");
            ground.sql("""
                insert into pgsync.sync_log (run_id, schema_name, table_name, mode, start_time, end_time, status)
                select '%s', 's.' || i %% 3, 't.' || i, 'copy', clock_timestamp(), clock_timestamp(), 'done'
                  from generate_series(1, 25) as i
                """.formatted(run));
            var seen = new ArrayList<String>();
            var path = "/api/v1/runs/" + run + "/tables?limit=10";
            var next = "";

            do {
                var page = ground.json(path + next);
                assertThat(page.get("total").asInt()).isEqualTo(25);
                seen.addAll(texts(page.get("tables"), "/table/table"));
                next = page.get("next").isNull()
                        ? ""
                        : "&after=" + page.get("next").asText();
            } while (!next.isEmpty());

            assertThat(seen).hasSize(25).doesNotHaveDuplicates();
            isProblem(ground.get(path + "&after=nonsense"), 400, "bad_request");
            isProblem(ground.get(path + "&after=99.a.b"), 400, "bad_request");
        }
    }

    @Test
    void a_dry_run_shows_its_report_since_it_leaves_no_history() {
        try (var ground = HttpGround.open()) {
            var run = ground.run("done");
            var report = new RunReport(
                    new RunId(run),
                    true,
                    List.of(
                            report("orders", TableReport.Status.DONE, 7, null),
                            report("items", TableReport.Status.GUARD, 0, "too many deletes")),
                    Duration.ofSeconds(1));
            ground.sql("update pgsync.run set dry_run = true, report = '%s'".formatted(report.toJson()));

            var told = ground.json("/api/v1/runs/" + run);
            var tables = ground.json("/api/v1/runs/" + run + "/tables");
            var second = ground.json("/api/v1/runs/" + run + "/tables?limit=1&after=6.public.items");

            assertThat(told.at("/counts/tables").asInt()).isEqualTo(2);
            assertThat(told.at("/counts/tablesDone").asInt()).isEqualTo(1);
            assertThat(told.at("/counts/tablesGuarded").asInt()).isEqualTo(1);
            assertThat(told.at("/counts/rowsUpserted").asLong()).isEqualTo(7);
            assertThat(tables.get("total").asInt()).isEqualTo(2);
            assertThat(texts(tables.get("tables"), "/table/table")).containsExactly("items", "orders");
            assertThat(texts(tables.get("tables"), "/status")).containsExactly("guard", "done");
            assertThat(tables.at("/tables/0/error").asText()).isEqualTo("too many deletes");
            assertThat(texts(second.get("tables"), "/table/table")).containsExactly("orders");
        }
    }

    private static TableReport report(String table, TableReport.Status status, long rows, @Nullable String error) {
        return new TableReport(
                new TableName("public", table),
                "incremental",
                status,
                rows,
                0,
                0,
                0,
                null,
                null,
                error,
                null,
                Duration.ZERO);
    }

    // ---- tables

    private static HttpGround withManyTables() {
        return HttpGround.open().sql("""
            insert into pgsync.table_state (schema_name, table_name, source_identity, phase, mode, watermark, watermark_column, last_success, last_error)
            select 'public', 'table_' || lpad(i::text, 5, '0'), 'there', 'live', 'incremental',
                   case when i % 10 > 0 then clock_timestamp() - i * interval '1 second' end, 'updated_at',
                   case when i % 4 > 0 then clock_timestamp() - i * interval '1 second' end,
                   case when i % 100 = 0 then 'no such column' end
              from generate_series(1, 10000) as i
            """);
    }

    @Test
    void ten_thousand_tables_come_page_by_page_each_once() {
        try (var ground = withManyTables()) {
            var seen = new ArrayList<String>();

            for (var offset = 0; offset < 10_000; offset += 500) {
                var page = ground.json("/api/v1/tables?limit=500&offset=" + offset);
                assertThat(page.get("total").asLong()).isEqualTo(10_000);
                seen.addAll(texts(page.get("tables"), "/table/table"));
            }

            assertThat(seen).hasSize(10_000).isSorted().doesNotHaveDuplicates();
            assertThat(ground.json("/api/v1/tables?offset=10000").get("total").asLong())
                    .isEqualTo(10_000);
        }
    }

    @Test
    void tables_are_filtered_and_sorted() {
        try (var ground = withManyTables()) {
            var named = ground.json("/api/v1/tables?filter=PUBLIC.table_0012");
            var failed = ground.json("/api/v1/tables?state=failed&limit=1");
            var lagging = ground.json("/api/v1/tables?sort=lag&order=desc&limit=2");
            var backwards = ground.json("/api/v1/tables?order=desc&limit=2");
            var worstFirst = ground.json("/api/v1/tables?sort=state&limit=1");
            var odd = ground.json("/api/v1/tables?filter=%25");

            assertThat(named.get("total").asLong()).isEqualTo(10);
            assertThat(failed.get("total").asLong()).isEqualTo(100);
            assertThat(failed.at("/tables/0/lastError").asText()).isEqualTo("no such column");
            assertThat(texts(lagging.get("tables"), "/table/table")).containsExactly("table_09999", "table_09998");
            assertThat(lagging.at("/tables/0/lagSeconds").asDouble()).isGreaterThanOrEqualTo(9_999);
            assertThat(texts(backwards.get("tables"), "/table/table")).containsExactly("table_10000", "table_09999");
            assertThat(worstFirst.at("/tables/0/state").asText()).isEqualTo("failed");
            assertThat(odd.get("total").asLong()).isZero();
        }
    }

    @Test
    void a_table_shows_its_last_run_and_one_that_is_always_skipped_is_listed_too() {
        try (var ground = HttpGround.open()) {
            var earlier = ground.run("done");
            ground.logLine(earlier, "orders", "done", "null");
            var run = ground.run("failed");
            ground.logLine(run, "orders", "failed", "'no'");
            ground.logLine(run, "oddity", "skipped", "'no key'");
            ground.sql("""
                insert into pgsync.table_state (schema_name, table_name, source_identity, watermark, last_error)
                values ('public', 'orders', 'there', '2026-01-02 03:04:05.678901+00', 'no')
                """);

            var tables = ground.json("/api/v1/tables").get("tables");

            assertThat(texts(tables, "/table/table")).containsExactly("oddity", "orders");
            assertThat(texts(tables, "/state")).containsExactly("skipped", "failed");
            assertThat(texts(tables, "/lastRun/status")).containsExactly("skipped", "failed");
            assertThat(texts(tables, "/lastRun/runId")).containsOnly(run.toString());
            assertThat(tables.at("/1/watermark").asText()).isEqualTo("2026-01-02T03:04:05.678901Z");
            assertThat(tables.at("/0/table/schema").asText()).isEqualTo("public");
        }
    }

    // ---- trouble

    @Test
    void a_target_that_no_run_has_prepared_says_so() {
        try (var ground = HttpGround.withoutSchema()) {
            isProblem(ground.get("/api/v1/tables"), 503, "not_set_up");
            assertThat(ground.get("/metrics").body()).contains("pgsync_target_up 0.0");
        }
    }

    @Test
    void a_target_that_is_away_is_said_without_a_secret_and_health_and_metrics_go_on() {
        try (var postgres = TestServers.start(TestServers.DEFAULT_MAJOR)) {
            try (var ground = HttpGround.on(postgres)) {
                assertThat(ground.get("/api/v1/runs").statusCode()).isEqualTo(200);
                postgres.stopImmediately();

                for (var path : List.of("/api/v1/cluster", "/api/v1/runs", "/api/v1/tables")) {
                    var answer = ground.get(path);
                    isProblem(answer, 503, "target_unavailable");
                    assertThat(answer.body()).doesNotContain("secret", "Exception", "\tat ");
                }
                isProblem(ground.post("/api/v1/runs", "{}"), 503, "target_unavailable");
                assertThat(ground.get("/livez").statusCode()).isEqualTo(200);
                assertThat(ground.get("/metrics").body()).contains("pgsync_target_up 0.0", "jvm_memory_used_bytes");
                postgres.restart();
            }
        }
    }
}
