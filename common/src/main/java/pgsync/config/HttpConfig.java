package pgsync.config;

import org.jspecify.annotations.Nullable;

/**
 * Where a node serves HTTP. Nothing but loopback is served without a token.
 *
 * @param port 0 for any free one
 * @param token what requests must carry, null when they need not
 */
public record HttpConfig(String bind, int port, @Nullable Secret token) {
    public static final HttpConfig DEFAULT = new HttpConfig("127.0.0.1", 8080, null);

    public HttpConfig {
        if (port < 0 || port > 65_535) {
            throw new InvalidConfig("http.port", port, "0 to 65,535");
        }
        if (token == null && !isLoopback(bind)) {
            throw new InvalidConfig(
                    "http.bind is %s and no token is set; allowed: a loopback address, or http.token or http.tokenFile beside it"
                            .formatted(bind));
        }
    }

    /** Reached from this machine alone. */
    public boolean isLoopback() {
        return isLoopback(bind);
    }

    private static boolean isLoopback(String bind) {
        return bind.equals("localhost") || bind.equals("::1") || bind.matches("127(\\.[0-9]{1,3}){3}");
    }
}
