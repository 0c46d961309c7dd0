package pgsync.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import pgsync.config.Secret;
import pgsync.error.ClusterUnreachable;
import pgsync.error.Stopped;

/** Asks one node after the other until one answers, and stays with that one. One thread at a time. */
final class Nodes implements AutoCloseable {
    private static final String REMEDY =
            "check the address, that a node runs there, and its http.bind and http.port; several nodes are given as a comma list";

    private static final String TARGET_LOST = "target_unavailable";

    private final HttpClient client;
    private final List<URI> urls;
    private final @Nullable Secret token;
    private final Patience patience;
    private int at;

    /** How long one node is waited for. */
    record Patience(Duration connect, Duration answer) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    Nodes(NodeUrls urls, @Nullable Secret token, Patience patience) {
        this.urls = urls.urls();
        this.token = token;
        this.patience = patience;
        // A redirect is not followed: it would carry the token to wherever an answer points.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience.connect())
                .build();
    }

    /** An answer that is meant: neither a lost connection nor a node that cannot serve now. */
    record Answer(URI node, int status, String body) {}

    /** What may be asked twice: reading, and what changes nothing the second time. */
    Answer ask(Ask ask) {
        return first(ask, true);
    }

    /**
     * What must not be asked twice. A node that was not reached or says that it cannot serve did not do it, so the next one is asked;
     * a connection that is lost later leaves it open, and that is an error.
     */
    Answer askOnce(Ask ask) {
        return first(ask, false);
    }

    /** @param body JSON, null for a request that reads */
    record Ask(String path, @Nullable String body) {
        static Ask read(String path) {
            return new Ask(path, null);
        }
    }

    private Answer first(Ask ask, boolean again) {
        var reasons = new ArrayList<String>();
        for (var i = 0; i < urls.size(); i++) {
            var node = urls.get((at + i) % urls.size());
            switch (one(node, ask)) {
                case Heard.Answered(var answer) -> {
                    at = (at + i) % urls.size();
                    return answer;
                }
                case Heard.NotDone(var reason) -> reasons.add(node + ": " + reason);
                case Heard.Unknown(var reason) -> {
                    if (!again) {
                        throw new ClusterUnreachable(
                                "%s: %s; whether it did what was asked is not known".formatted(node, reason),
                                "look with pgsync status before asking again",
                                null);
                    }
                    reasons.add(node + ": " + reason);
                }
            }
        }
        throw new ClusterUnreachable("no node answers: " + String.join("; ", reasons), REMEDY, null);
    }

    private sealed interface Heard {
        record Answered(Answer answer) implements Heard {}

        /** The node has not even begun. */
        record NotDone(String reason) implements Heard {}

        record Unknown(String reason) implements Heard {}
    }

    private Heard one(URI node, Ask ask) {
        try {
            var response = send(request(node, ask));
            var answer = new Answer(node, response.statusCode(), response.body());
            return switch (answer.status()) {
                case 503 -> unavailable(Said.in(answer));
                case 500, 502, 504 -> new Heard.Unknown(Said.in(answer).message());
                default -> new Heard.Answered(answer);
            };
        } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException e) {
            return new Heard.NotDone(reason(e));
        } catch (TimeoutException e) {
            return new Heard.Unknown("no answer in " + patience.answer().toSeconds() + " s");
        } catch (IOException e) {
            return new Heard.Unknown(reason(e));
        }
    }

    // The target may have been lost to the node after it wrote what was asked for.
    private static Heard unavailable(Said said) {
        return TARGET_LOST.equals(said.code()) ? new Heard.Unknown(said.message()) : new Heard.NotDone(said.message());
    }

    private HttpRequest request(URI node, Ask ask) {
        var request = HttpRequest.newBuilder(URI.create(node + ask.path())).header("Accept", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token.reveal());
        }
        return ask.body() == null
                ? request.build()
                : request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(ask.body()))
                        .build();
    }

    // The client's own time limit ends with the head of an answer; a node that freezes in the middle of the body would
    // hold
    // us for ever.
    private HttpResponse<String> send(HttpRequest request) throws IOException, TimeoutException {
        var coming = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return coming.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new Stopped("wait for a node", e);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("the HTTP client failed", e.getCause());
        }
    }

    /** For people: the JDK leaves the message of a refused connection empty and names classes elsewhere. */
    private static String reason(IOException e) {
        return switch (e) {
            case HttpConnectTimeoutException timeout -> "no connection in time";
            case ConnectException refused ->
                refused.getCause() instanceof java.nio.channels.UnresolvedAddressException
                        ? "no such host"
                        : "connection refused";
            case SSLHandshakeException tls -> "TLS: " + tls.getMessage();
            case IOException other -> "connection lost";
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
