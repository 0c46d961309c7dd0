package pgsync.sql;

import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import pgsync.error.Trouble;

/** Tells apart the failures that carry no SQLSTATE: the network's and Vert.x's own. */
final class Troubles {
    private Troubles() {}

    @SuppressWarnings("removal") // Vert.x 5 still fails with it where it has no more than a text to give
    static Trouble ofVertx(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SSLException) {
                return Trouble.TLS_REFUSED;
            }
            // Also for an answer that was cut off: a server that ends a session may close it before its words arrive.
            if (t instanceof TimeoutException || t instanceof ClosedConnectionException) {
                return Trouble.CONNECTION_LOST;
            }
            if (t instanceof IOException) {
                return Trouble.UNREACHABLE;
            }
        }
        var text = String.valueOf(e.getMessage());
        if (e instanceof io.vertx.core.VertxException || e instanceof NoStackTraceThrowable) {
            // "Connection is not active now, current status: CLOSED": whoever is told later than of the end itself.
            if (text.contains("closed") || text.contains("not active") || text.contains("Timeout")) {
                return Trouble.CONNECTION_LOST;
            }
        }
        return Trouble.UNKNOWN;
    }

    static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return describe(deepest);
    }

    private static String describe(Throwable e) {
        @Nullable String text = e.getMessage();
        if (e instanceof UnknownHostException) {
            return "unknown host " + text;
        }
        return text == null || text.isBlank() ? e.getClass().getSimpleName() : text;
    }
}
