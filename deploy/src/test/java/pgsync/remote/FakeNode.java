package pgsync.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A node's HTTP by hand: answers as it is told to, and writes down what it was asked. Closing cuts its connections. */
final class FakeNode implements AutoCloseable {
    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Reply> replies = asked -> new Reply(404, "");

    /** One request. */
    record Asked(String line, String body, String authorization) {
        boolean is(String beginning) {
            return line.startsWith(beginning);
        }
    }

    /** @param status 0 to cut the connection instead of answering */
    record Reply(int status, String body) {
        static final Reply CUT = new Reply(0, "");

        static Reply ok(String body) {
            return new Reply(200, body);
        }

        static Reply error(int status, String message, String remedy) {
            return new Reply(status, """
                    {"code": "some_code", "message": "%s", "remedy": "%s"}
                    """.formatted(message, remedy));
        }
    }

    FakeNode() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** An address at which nobody listens. */
    static String nobody() {
        try (var gone = new FakeNode()) {
            return gone.url();
        }
    }

    FakeNode replies(Function<Asked, Reply> how) {
        replies = how;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Asked> asked() {
        return asked;
    }

    List<String> lines() {
        return asked.stream().map(Asked::line).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var request = new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        asked.add(request);
        var reply = replies.apply(request);
        if (reply.status() == 0) {
            // Throwing before the head of an answer is sent closes the connection.
            throw new IOException("cut");
        }
        var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
