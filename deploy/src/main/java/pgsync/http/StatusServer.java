package pgsync.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.config.HttpConfig;
import pgsync.config.InvalidConfig;
import pgsync.config.Secret;
import pgsync.config.SyncConfig;
import pgsync.error.RunHeld;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.http.Api.Call;
import pgsync.http.Api.Handler;
import pgsync.request.RunRequests;
import pgsync.sql.Step;
import pgsync.status.Status;
import pgsync.time.Pause;

/** A node's HTTP server, from {@link #start} to {@link #close}. It answers before the cluster is joined: not ready, that is. */
public final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    private static final int MAX_CONNECTIONS = 512;
    private static final int MAX_LINE = 4_096;
    private static final int MAX_HEADERS = 16_384;
    private static final int MAX_BODY = 65_536;
    private static final Duration IDLE = Duration.ofSeconds(60);
    /** A request that has not arrived whole by then is given up. */
    private static final Duration ARRIVAL = Duration.ofSeconds(15);
    /** Requests that wait for the target at once. */
    private static final int MAX_WAITING = 32;

    private static final Pattern HALF_ESCAPED = Pattern.compile("%(?![0-9a-fA-F]{2})");

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Vertx vertx;
    private final Entrance entrance;
    private final HttpServer server;
    private final String host;
    private final Feed feed;
    private final Meters meters;
    private final TargetMetrics figures;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * What a server is made of.
     *
     * @param target a pool that is asked by people, so better not one that runs depend on; two connections are enough
     * @param own the settings that requested runs are read with
     */
    public record Parts(
            HttpConfig config,
            NodeView node,
            Pool target,
            RunRequests requests,
            SyncConfig own,
            Meters meters,
            Vertx vertx,
            Pause pause) {}

    private StatusServer(Parts parts) {
        this.vertx = parts.vertx();
        this.entrance = new Entrance(parts.config());
        this.host = parts.config().bind();
        this.meters = parts.meters();
        var status = new Status(parts.target());
        this.figures = new TargetMetrics(parts.node(), status);
        this.feed = new Feed(new TargetEyes(parts.node(), status), parts.pause());
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(parts.config().bind())
                        .setPort(parts.config().port())
                        .setHttp2ClearTextEnabled(false)
                        .setMaxInitialLineLength(MAX_LINE)
                        .setMaxHeaderSize(MAX_HEADERS)
                        .setDecompressionSupported(false)
                        .setIdleTimeout((int) IDLE.toSeconds())
                        .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .invalidRequestHandler(StatusServer::refuse)
                .connectionHandler(connection -> {
                    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
                        connection.close();
                    }
                    connection.closeHandler(closed -> connections.decrementAndGet());
                });
        var router = router(new Api(parts.node(), status, parts.requests(), parts.own()));
        server.requestHandler(request -> {
            // The router would tell the log about each of these, with a stack trace.
            if (HALF_ESCAPED.matcher(request.uri()).find()) {
                refuse(request);
            } else {
                router.handle(request);
            }
        });
    }

    /**
     * Listens when it returns. Waits: call on a virtual thread.
     *
     * @throws InvalidConfig when the port cannot be had
     */
    public static StatusServer start(Parts parts) {
        var made = new StatusServer(parts);
        try {
            var listening = Step.await("serve HTTP", made.server::listen);
            LOG.debug("serving HTTP on port {}", listening.actualPort());
            made.meters.add(made.figures);
            return made;
        } catch (StepFailed e) {
            throw new InvalidConfig(
                    "cannot serve HTTP on %s port %d: %s; allowed: an address of this machine and a free port, 0 for any"
                            .formatted(parts.config().bind(), parts.config().port(), e.reason()));
        }
    }

    public int port() {
        return server.actualPort();
    }

    /** {@code http://host:port} with the host that it is bound to, which for 0.0.0.0 and :: is none that others could use. */
    public String address() {
        return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port());
    }

    private Router router(Api api) {
        var router = Router.router(vertx);
        router.route().handler(this::enter);
        open(router, "/livez", api::livez);
        open(router, "/readyz", api::readyz);
        get(router, "/api/v1/cluster", api::cluster);
        at(router, "/api/v1/runs", Map.of(HttpMethod.GET, api::runs, HttpMethod.POST, api::start));
        get(router, "/api/v1/runs/:id", api::run);
        get(router, "/api/v1/runs/:id/tables", api::tablesOfRun);
        at(router, "/api/v1/runs/:id/cancel", Map.of(HttpMethod.POST, api::cancel));
        get(router, "/api/v1/tables", api::tables);
        get(router, "/metrics", this::metrics);
        router.route("/api/v1/events").handler(this::authorize);
        router.get("/api/v1/events").handler(this::listen);
        router.route("/api/v1/events").handler(ctx -> send(ctx, notAllowed("GET")));
        Page.FILES.forEach((path, file) -> open(router, path, file::answer));
        router.route().handler(ctx -> send(ctx, notFound()));
        router.route().failureHandler(this::failed);
        return router;
    }

    private void open(Router router, String path, Handler handler) {
        router.get(path).handler(ctx -> call(ctx, handler));
        router.head(path).handler(ctx -> call(ctx, handler));
        router.route(path).handler(ctx -> send(ctx, notAllowed("GET, HEAD")));
    }

    private void get(Router router, String path, Handler handler) {
        at(router, path, Map.of(HttpMethod.GET, handler));
    }

    private void at(Router router, String path, Map<HttpMethod, Handler> handlers) {
        router.route(path).handler(this::authorize);
        handlers.forEach((method, handler) -> {
            if (method.equals(HttpMethod.GET)) {
                router.get(path).handler(ctx -> call(ctx, handler));
                router.head(path).handler(ctx -> call(ctx, handler));
            } else {
                router.route(method, path).handler(this::checkChange);
                router.route(method, path).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
                router.route(method, path).handler(ctx -> call(ctx, handler));
            }
        });
        var allowed = handlers.keySet().stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
        router.route(path).handler(ctx -> send(ctx, notAllowed(allowed.replace("GET", "GET, HEAD"))));
    }

    private void enter(RoutingContext ctx) {
        var response = ctx.response();
        ALWAYS.forEach(response::putHeader);
        var timer = vertx.setTimer(ARRIVAL.toMillis(), late -> {
            if (!ctx.request().isEnded()) {
                send(
                        ctx,
                        new Problem(408, "too_slow", "the request did not arrive in time", "send it at once").answer());
                ctx.request().connection().close();
            }
        });
        ctx.addEndHandler(ended -> vertx.cancelTimer(timer));
        entrance.checkHost(ctx.request());
        ctx.next();
    }

    private Answer metrics(Call call) {
        call.parameters().nothingElse();
        return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(meters.scrape()), Map.of());
    }

    private void listen(RoutingContext ctx) {
        new Parameters(ctx.queryParams()).nothingElse();
        var client = new EventStream(ctx.response(), vertx.getOrCreateContext());
        feed.join(client, ctx.request().getHeader("Last-Event-ID"));
    }

    /** Bytes that are no request, or too many of them. */
    private static void refuse(HttpServerRequest request) {
        var answer = notRead(request.decoderResult().cause()).answer();
        ALWAYS.forEach(request.response()::putHeader);
        request.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", answer.type())
                .putHeader("Connection", "close")
                .end(answer.body());
        request.connection().close();
    }

    private static Problem notRead(@Nullable Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException line ->
                new Problem(414, "too_long", "the address is longer than 4 kB", "ask for less");
            case TooLongHttpHeaderException header ->
                new Problem(431, "too_long", "the headers are longer than 16 kB", "send less");
            case null, default -> Problem.bad("this is no HTTP request", "send one");
        };
    }

    private void authorize(RoutingContext ctx) {
        entrance.checkToken(ctx.request());
        ctx.next();
    }

    /** What could change something comes from this site or from no browser, and says that it is JSON. */
    private void checkChange(RoutingContext ctx) {
        entrance.checkOrigin(ctx.request());
        var type = ctx.request().getHeader("Content-Type");
        if (type == null ? hasBody(ctx.request()) : !isJson(type)) {
            throw new Problem(
                    415, "not_json", "the body is not said to be JSON", "send Content-Type: application/json");
        }
        ctx.next();
    }

    private static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }

    private static boolean isJson(String type) {
        var end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase("application/json");
    }

    /** Reads the request here, on the event loop; answers on a virtual thread, where waiting is allowed. */
    private void call(RoutingContext ctx, Handler handler) {
        @Nullable Buffer body = ctx.body() == null ? null : ctx.body().buffer();
        @Nullable String id = ctx.pathParam("id");
        var call = new Call(
                id == null ? "" : id,
                new Parameters(ctx.queryParams()),
                body == null ? Buffer.buffer() : body,
                ctx.request().remoteAddress().hostAddress());
        if (!waiting.tryAcquire()) {
            send(
                    ctx,
                    new Problem(503, "busy", "too many requests wait for the target", "try again in a moment")
                            .answer());
            return;
        }
        var loop = vertx.getOrCreateContext();
        Thread.ofVirtual().name("http").start(() -> {
            try {
                var answer = answer(call, handler);
                loop.runOnContext(back -> send(ctx, answer));
            } finally {
                waiting.release();
            }
        });
    }

    private static Answer answer(Call call, Handler handler) {
        try {
            return handler.answer(call);
        } catch (RuntimeException e) {
            return answer(e);
        }
    }

    private static Answer answer(Throwable cause) {
        return switch (cause) {
            case Problem problem when problem.answer().status() == 401 -> problem.answer(Entrance.CHALLENGE);
            case Problem problem -> problem.answer();
            case RunHeld held ->
                new Problem(409, "run_held", String.valueOf(held.getMessage()), held.remedy()).answer();
            case InvalidConfig wrong ->
                Problem.bad(Secret.maskIn(String.valueOf(wrong.getMessage())), "mend the request")
                        .answer();
            case StepFailed failed -> targetAway(failed).answer();
            case Stopped stopped -> new Problem(503, "stopping", "this node is stopping", "ask another node").answer();
            default -> {
                LOG.warn("a request met what nobody planned", cause);
                yield new Problem(500, "internal", "this node met a fault of its own", "look into its log").answer();
            }
        };
    }

    static Problem targetAway(StepFailed failed) {
        if (failed.trouble() == Trouble.TABLE_MISSING || failed.trouble() == Trouble.COLUMN_MISSING) {
            return new Problem(
                    503,
                    "not_set_up",
                    "the target has no schema pgsync of this version yet",
                    "wait until a run has begun");
        }
        return new Problem(
                503,
                "target_unavailable",
                Secret.maskIn(String.valueOf(failed.getMessage())),
                failed.trouble().remedy());
    }

    private void failed(RoutingContext ctx) {
        @Nullable Throwable cause = ctx.failure();
        if (ctx.statusCode() == 413) {
            send(ctx, new Problem(413, "too_large", "the body is larger than 64 kB", "send less").answer());
        } else if (cause == null || ctx.statusCode() == 400) {
            send(
                    ctx,
                    Problem.bad("the request makes no sense", "look into the documentation")
                            .answer());
        } else {
            send(ctx, answer(cause));
        }
    }

    private static Answer notFound() {
        return new Problem(404, "not_found", "there is nothing at this address", "GET / shows what there is").answer();
    }

    private static Answer notAllowed(String allowed) {
        return new Problem(405, "not_allowed", "this address does not take this method", allowed)
                .answer(Map.of("Allow", allowed));
    }

    private static void send(RoutingContext ctx, Answer answer) {
        var response = ctx.response();
        if (response.ended() || response.closed() || response.headWritten()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", answer.type());
        if (answer.status() == 413 || answer.status() == 408) {
            response.putHeader("Connection", "close");
        }
        response.end(answer.body());
    }

    @Override
    public void close() {
        meters.remove(figures);
        feed.close();
        try {
            Step.await("stop serving HTTP", server::close);
        } catch (StepFailed e) {
            LOG.debug("could not stop serving HTTP: {}", e.getMessage());
        }
    }
}
