package pgsync.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/** What a node said about an error: the JSON of the interface, or what can be made of an answer that is none. */
record Said(@Nullable String code, String message, @Nullable String remedy) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Said in(Nodes.Answer answer) {
        var body = read(answer.body());
        if (body != null && body.path("message").isTextual()) {
            return new Said(optional(body, "code"), body.path("message").asText(), optional(body, "remedy"));
        }
        return new Said(null, "status " + answer.status(), null);
    }

    private static @Nullable String optional(JsonNode body, String field) {
        return body.path(field).isTextual() ? body.path(field).asText() : null;
    }

    /** Null when it is no JSON. */
    static @Nullable JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
