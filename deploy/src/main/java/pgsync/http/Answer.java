package pgsync.http;

import java.util.Map;

/** What is sent back, complete. */
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer json(int status, Object body) {
        return new Answer(status, "application/json", Json.bytes(body), Map.of());
    }
}
