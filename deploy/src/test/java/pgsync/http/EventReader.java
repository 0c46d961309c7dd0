package pgsync.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Reads server-sent events one after the other, waiting for each. */
final class EventReader implements AutoCloseable {
    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;
    private String lastId = "";

    /** One event as it came. */
    record Heard(String id, String event, JsonNode data) {}

    EventReader(HttpClient client, HttpRequest request) {
        try {
            this.answer = client.send(request, BodyHandlers.ofInputStream());
            this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    int status() {
        return answer.statusCode();
    }

    String type() {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    String lastId() {
        return lastId;
    }

    Heard next() {
        var event = "";
        var data = "";
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !event.isEmpty()) {
                    return new Heard(lastId, event, HttpGround.parse(data));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the events ended");
    }

    /** The next one that fits; others are passed over, a bounded number of them. */
    Heard next(String event, Predicate<JsonNode> fitting) {
        return next(event, fitting, 1_000);
    }

    Heard next(String event, Predicate<JsonNode> fitting, int among) {
        for (var i = 0; i < among; i++) {
            var heard = next();
            if (heard.event().equals(event) && fitting.test(heard.data())) {
                return heard;
            }
        }
        throw new AssertionError("no such event: " + event);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
