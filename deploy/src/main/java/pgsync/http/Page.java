package pgsync.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import pgsync.http.Api.Call;

/** A file of the dashboard, from the jar. It holds nothing of this cluster, so it is given without a token and asks for one itself. */
record Page(String type, Buffer content) {
    static final Map<String, Page> FILES = Map.of(
            "/", read("dashboard.html", "text/html; charset=utf-8"),
            "/dashboard.js", read("dashboard.js", "text/javascript; charset=utf-8"),
            "/dashboard.css", read("dashboard.css", "text/css; charset=utf-8"));

    private static Page read(String name, String type) {
        try (var in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + name + " is missing");
            }
            return new Page(type, Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer answer(Call call) {
        call.parameters().nothingElse();
        return new Answer(200, type, content, Map.of());
    }
}
