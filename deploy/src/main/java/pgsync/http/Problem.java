package pgsync.http;

import java.io.Serial;
import java.util.Map;

/** A request that is answered with an error. The three texts are all that the answer says. */
final class Problem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String remedy;

    Problem(int status, String code, String message, String remedy) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.remedy = remedy;
    }

    /** What is wrong with the request itself. */
    static Problem bad(String message, String remedy) {
        return new Problem(400, "bad_request", message, remedy);
    }

    Answer answer() {
        return Answer.json(status, body());
    }

    Body body() {
        return new Body(code, String.valueOf(getMessage()), remedy);
    }

    /** As it travels. */
    record Body(String code, String message, String remedy) {}

    Answer answer(Map<String, String> headers) {
        return new Answer(status, "application/json", Json.buffer(body()), headers);
    }
}
