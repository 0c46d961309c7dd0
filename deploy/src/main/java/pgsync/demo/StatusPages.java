package pgsync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import pgsync.error.Stopped;
import pgsync.time.Pause;

/** A coordinator's HTTP interface, used as a script would use it. */
final class StatusPages implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final Pause pause;

    StatusPages(URI base, Pause pause) {
        this.base = base;
        this.pause = pause;
    }

    /** What a run ended with. {@code error}: why it broke off, empty when it did not. */
    record Summary(String state, long tables, long rowsUpserted, long rowsDeleted, Duration took, String error) {
        boolean isDone() {
            return state.equals("done");
        }
    }

    /** Gives the run's id. */
    String startRun() {
        var body = HttpRequest.BodyPublishers.ofString("{}");
        return ask(request("/api/v1/runs")
                        .header("Content-Type", "application/json")
                        .POST(body))
                .path("runId")
                .asText();
    }

    Summary awaitEnd(String run) {
        while (true) {
            var seen = ask(request("/api/v1/runs/" + run).GET());
            if (!seen.path("finishedAt").isNull()) {
                var counts = seen.path("counts");
                return new Summary(
                        seen.path("state").asText(),
                        counts.path("tablesDone").asLong(),
                        counts.path("rowsUpserted").asLong(),
                        counts.path("rowsDeleted").asLong(),
                        Duration.ofMillis(
                                Math.round(seen.path("pace").path("seconds").asDouble() * 1000)),
                        seen.path("error").asText(""));
            }
            rest();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private JsonNode ask(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException("%s answers %d: %s"
                        .formatted(
                                answer.uri(), answer.statusCode(), answer.body().strip()));
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the coordinator does not answer", e);
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private void rest() {
        try {
            pause.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private static Stopped stopped(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Stopped("a run of the demo", e);
    }

    @Override
    public void close() {
        http.close();
    }
}
