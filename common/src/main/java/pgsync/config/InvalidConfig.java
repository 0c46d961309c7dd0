package pgsync.config;

import java.io.Serial;

/** A setting we cannot run with. The message names the key (with file, line and column when it came from one), the value given and what is allowed. */
public final class InvalidConfig extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidConfig(String key, Object given, String allowed) {
        super("%s is %s; allowed: %s".formatted(key, given, allowed));
    }

    public InvalidConfig(String message) {
        super(message);
    }

    /** The same error with the place in front, when it comes from a file and does not say so yet. */
    InvalidConfig at(Place place) {
        var message = String.valueOf(getMessage());
        return place instanceof Place.InFile file && !message.startsWith(file.text())
                ? new InvalidConfig(file.text() + ": " + message)
                : this;
    }
}
