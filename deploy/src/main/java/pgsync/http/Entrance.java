package pgsync.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pgsync.config.HttpConfig;
import pgsync.config.Secret;

/** Who may come in. Every check throws a {@link Problem}; none of them says how near a wrong token was. */
final class Entrance {
    private static final Pattern LOOPBACK_NAME =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

    private final boolean loopback;
    private final byte @Nullable [] tokenHash;

    Entrance(HttpConfig config) {
        this.loopback = config.isLoopback();
        this.tokenHash = config.token() == null ? null : hash(config.token());
    }

    /**
     * A page of another site whose name suddenly leads to 127.0.0.1 sends that name as Host: on loopback only loopback's names
     * are answered. Elsewhere any name is, since nothing is answered there without the token, which no other site has.
     */
    void checkHost(HttpServerRequest request) {
        var host = request.getHeader("Host");
        if (host == null || host.isEmpty()) {
            throw Problem.bad("the request names no host", "send the header Host");
        }
        if (loopback && !LOOPBACK_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            throw new Problem(
                    421,
                    "wrong_host",
                    "this server answers to localhost, 127.0.0.1 and [::1] only",
                    "use one of these names, or set http.bind and http.token");
        }
    }

    /** Browsers say where a request comes from when it could change something; other programs say nothing. */
    void checkOrigin(HttpServerRequest request) {
        var origin = request.getHeader("Origin");
        var site = request.getHeader("Sec-Fetch-Site");
        var foreign = origin != null && !sameHost(origin, request.getHeader("Host"));
        if (foreign || "cross-site".equals(site) || "same-site".equals(site)) {
            throw new Problem(
                    403, "wrong_origin", "pages of other sites may not use this server", "use this node's own pages");
        }
    }

    private static boolean sameHost(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    void checkToken(HttpServerRequest request) {
        if (tokenHash == null) {
            return;
        }
        var given = request.getHeader("Authorization");
        if (given == null) {
            throw new Problem(
                    401, "token_missing", "this node asks for a token", "send Authorization: Bearer and http.token");
        }
        var bearer = given.regionMatches(true, 0, "Bearer ", 0, 7)
                ? given.substring(7).strip()
                : "";
        if (!MessageDigest.isEqual(tokenHash, hash(new Secret(bearer)))) {
            throw new Problem(
                    401, "token_wrong", "the token is not this node's", "send Authorization: Bearer and http.token");
        }
    }

    /** What goes with a 401. */
    static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer realm=\"pgsync\"");

    // Hashes have one length, so the comparison takes one time whatever was sent.
    private static byte[] hash(Secret token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
