package pgsync.http;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** What is sent back, complete. */
record Answer(int status, String type, Buffer body, Map<String, String> headers) {
    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer json(int status, Object body) {
        return new Answer(status, "application/json", Json.buffer(body), Map.of());
    }
}
