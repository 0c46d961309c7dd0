package pgsync.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import pgsync.config.HttpConfig;
import pgsync.config.Secret;
import pgsync.config.SyncConfig;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.request.RunRequests;
import pgsync.state.StateSchema;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableDifferences;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;
import pgsync.time.Pause;

/** A fresh target with schema pgsync, and a server before it. {@link #close} stops and drops both. */
final class HttpGround implements AutoCloseable {
    static final Surroundings NO_SURROUNDINGS =
            new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());

    private static final ObjectMapper JSON = new ObjectMapper();
    /** For a request that would otherwise hang for ever; nothing here takes half as long. */
    private static final Duration HANGS = Duration.ofMinutes(2);

    final FakeNode node = new FakeNode();
    final Meters meters = new Meters();
    final TestServer postgres;
    final String database;
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector;
    private final Pool pool;
    private final StatusServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpGround(TestServer postgres, HttpConfig config, boolean withSchema) {
        this.postgres = postgres;
        this.database = postgres.freshDatabase("status");
        this.connector = new Connector(
                vertx, new NodeId(UUID.randomUUID()), Pause.real(), Duration.ZERO, RandomGenerator.getDefault());
        this.pool = connector.pool(Side.TARGET, Endpoint.parse(postgres.url(database), NO_SURROUNDINGS), 2);
        if (withSchema) {
            StateSchema.ensure(pool);
        }
        this.server = StatusServer.start(parts(config, vertx));
    }

    StatusServer.Parts parts(HttpConfig config, Vertx on) {
        return new StatusServer.Parts(
                config,
                node,
                pool,
                new RunRequests(pool, node.cluster()),
                SyncConfig.DEFAULT,
                meters,
                on,
                Pause.real());
    }

    static HttpGround open() {
        return new HttpGround(
                TestServers.shared(TestServers.DEFAULT_MAJOR), new HttpConfig("127.0.0.1", 0, null), true);
    }

    static HttpGround withToken(String token) {
        return new HttpGround(
                TestServers.shared(TestServers.DEFAULT_MAJOR), new HttpConfig("127.0.0.1", 0, new Secret(token)), true);
    }

    static HttpGround withoutSchema() {
        return new HttpGround(
                TestServers.shared(TestServers.DEFAULT_MAJOR), new HttpConfig("127.0.0.1", 0, null), false);
    }

    static HttpGround on(TestServer own) {
        return new HttpGround(own, new HttpConfig("127.0.0.1", 0, null), true);
    }

    String address() {
        return server.address();
    }

    int port() {
        return server.port();
    }

    HttpGround sql(String... statements) {
        postgres.sql(database, statements);
        return this;
    }

    /** Makes the run a verification that ended: one table with these differences, and one that was skipped. */
    void verified(UUID run, TableDifferences found) {
        var report = new RunReport(
                new RunId(run),
                true,
                List.of(
                        TableReport.verified(new TableName("public", "a"), found, Duration.ZERO),
                        TableReport.unverified(
                                new TableName("public", "b"),
                                TableReport.Status.SKIPPED,
                                "why",
                                "do this",
                                Duration.ZERO)),
                Duration.ZERO);
        sql("update pgsync.run set mode = 'verify', finished_at = clock_timestamp(), report = '%s' where id = '%s'"
                .formatted(report.toJson(), run));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).timeout(HANGS);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(to(path));
    }

    HttpResponse<String> post(String path, String json) {
        return send(
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** The body of an answer of 200. */
    JsonNode json(String path) {
        var answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return json(answer);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return parse(answer.body());
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** Sends bytes that no client would send; all that comes back until the server closes. */
    String raw(String text) {
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout((int) HANGS.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EventReader listen(String... headers) {
        var request = to("/api/v1/events");
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new EventReader(client, request.build());
    }

    /** Looks until it is so. Fails after many looks, however long they took. */
    static void await(String what, BooleanSupplier condition) {
        for (var look = 0; look < 1_500; look++) {
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting until " + what, e);
            }
        }
        throw new AssertionError("never: " + what);
    }

    /** A node by its row in the target. */
    NodeId nodeRow(String name, String heartbeatAgo) {
        var id = new NodeId(UUID.randomUUID());
        nodeRow(id, name, heartbeatAgo);
        return id;
    }

    void nodeRow(NodeId id, String name, String heartbeatAgo) {
        sql("""
            insert into pgsync.node (id, name, role, version, address, cluster, slots, http, heartbeat)
            values ('%s', '%s', 'worker', '1.0', '10.0.0.2:5701', 'test', 4, 'http://10.0.0.2:8080',
                    clock_timestamp() - interval '%s')
            """.formatted(id, name, heartbeatAgo));
    }

    /** A run that began some seconds ago. */
    UUID run(String state) {
        var id = UUID.randomUUID();
        sql("""
            insert into pgsync.run (id, mode, state, requested_by, coordinator, started_at, finished_at, source_identity, cluster)
            values ('%s', 'sync', '%s', 'somebody', '%s', clock_timestamp() - interval '10 seconds',
                    case when '%s' in ('done', 'failed', 'cancelled') then clock_timestamp() end, 'there', 'test')
            """.formatted(id, state, node.id, state));
        return id;
    }

    void logLine(UUID run, String table, String status, String more) {
        sql("""
            insert into pgsync.sync_log (run_id, schema_name, table_name, mode, start_time, end_time, status, rows_upserted,
                                         rows_deleted, bytes, error)
            values ('%s', 'public', '%s', 'incremental', clock_timestamp(), clock_timestamp(), '%s', 10, 2, 500, %s)
            """.formatted(run, table, status, more));
    }

    @Override
    public void close() {
        server.close();
        connector.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
        postgres.dropDatabase(database);
    }
}
