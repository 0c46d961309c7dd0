package pgsync.connect;

import java.io.Serial;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import pgsync.error.Trouble;

/**
 * Why one way to one server did not work. Its cause never is the driver's exception: that may quote options, and its text is not
 * ours to promise anything about.
 */
final class Refusal extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What the next attempt is. */
    enum Next {
        /** Another host or, after a pause, this one may do better. */
        TRY_AGAIN,
        /** Another host may do better; waiting does not help. */
        OTHER_HOST,
        /** A server answered, and no other will say otherwise: libpq stops here, too. */
        GIVE_UP
    }

    /** Troubles that can be met before a session begins, or that say why none does. */
    private static final Set<Trouble> OF_CONNECTIONS = EnumSet.of(
            Trouble.UNREACHABLE,
            Trouble.CONNECTION_LOST,
            Trouble.SERVER_STARTING_OR_STOPPING,
            Trouble.TOO_MANY_CONNECTIONS,
            Trouble.NOT_AUTHENTICATED,
            Trouble.TLS_REFUSED,
            Trouble.NO_SUCH_DATABASE);

    private static final String NO_TLS = "the server does not offer TLS";

    private final Trouble trouble;
    private final Next next;
    private final @Nullable String sqlState;

    private Refusal(Trouble trouble, Next next, @Nullable String sqlState, String reason) {
        super(reason);
        this.trouble = trouble;
        this.next = next;
        this.sqlState = sqlState;
    }

    Trouble trouble() {
        return trouble;
    }

    Next next() {
        return next;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** pg_hba.conf may want the other of encrypted and not; a wrong password is wrong in both. */
    boolean mayDependOnEncryption() {
        return trouble == Trouble.TLS_REFUSED || "28000".equals(sqlState);
    }

    /** The server answered with an error. */
    static Refusal byServer(String sqlState, String message) {
        var next = isTransient(sqlState) ? Next.TRY_AGAIN : Next.GIVE_UP;
        return new Refusal(inConnecting(sqlState), next, sqlState, "%s (SQLSTATE %s)".formatted(message, sqlState));
    }

    /** What means something else in the middle of a run means here that we are not let in: a missing right, a wrong option. */
    private static Trouble inConnecting(String sqlState) {
        var trouble = Trouble.ofSqlState(sqlState);
        return OF_CONNECTIONS.contains(trouble) ? trouble : Trouble.NOT_ACCEPTED;
    }

    static Refusal unfit(SessionKind wanted, ServerRole role) {
        // A failover may be under way, so waiting can help.
        var trouble = role.readOnly() ? Trouble.READ_ONLY : Trouble.UNREACHABLE;
        return new Refusal(
                trouble,
                Next.TRY_AGAIN,
                null,
                "%s, target_session_attrs=%s wanted".formatted(role.words(), wanted.word()));
    }

    static Refusal unreachable(String reason) {
        return new Refusal(Trouble.UNREACHABLE, Next.TRY_AGAIN, null, reason);
    }

    static Refusal noAnswer(Duration limit) {
        return unreachable("no answer in %d s".formatted(limit.toSeconds()));
    }

    static Refusal noPassword() {
        return new Refusal(
                Trouble.NOT_AUTHENTICATED, Next.GIVE_UP, null, "the server asks for a password and none was given");
    }

    static Refusal tls(String reason) {
        return new Refusal(Trouble.TLS_REFUSED, Next.OTHER_HOST, null, reason);
    }

    /** The server does not speak TLS at all, which is no fault of what was tried. */
    static Refusal withoutTls() {
        return tls(NO_TLS);
    }

    /** This one, which decides what is next, and what was wrong with the encrypted form that was tried before it. */
    Refusal after(Refusal encrypted) {
        return encrypted.trouble != Trouble.TLS_REFUSED || encrypted.reason().equals(NO_TLS)
                ? this
                : new Refusal(trouble, next, sqlState, "%s; with TLS: %s".formatted(reason(), encrypted.reason()));
    }

    static Refusal unknown(String reason) {
        return new Refusal(Trouble.UNKNOWN, Next.GIVE_UP, null, reason);
    }

    /** The network, TLS or the driver failed; {@code null} when the failure is none of these. */
    static @Nullable Refusal byNetwork(Throwable failure, Way way) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException) {
                return unreachable("unknown host " + t.getMessage());
            }
            if (t instanceof SSLException || t instanceof GeneralSecurityException) {
                return tls(deepestWords(t));
            }
            if (t instanceof ConnectException || t instanceof SocketException) {
                return unreachable(noConnection(t, way));
            }
            if (t instanceof TimeoutException || t instanceof java.net.SocketTimeoutException) {
                return unreachable("no answer in time");
            }
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof java.io.IOException) {
                return way.encrypted() && t instanceof java.nio.file.FileSystemException
                        ? tls("cannot read " + t.getMessage())
                        : unreachable(words(t));
            }
        }
        return null;
    }

    /** The drivers add the address in forms of their own; the step's name has it already. */
    private static String noConnection(Throwable failure, Way way) {
        var text = words(failure);
        if (text.contains("Connection refused") && !way.host().isUnix()) {
            return "Connection refused";
        }
        if (way.host().isUnix() && (text.contains("No such file") || text.contains("refused"))) {
            return "no server at socket " + way.host().socketFile();
        }
        return text;
    }

    private static boolean isTransient(String sqlState) {
        // 08P01: a pooler that does not take a parameter of ours will not take it later.
        return (sqlState.startsWith("08") && !sqlState.equals("08P01"))
                || sqlState.equals("53300")
                || sqlState.equals("57P01")
                || sqlState.equals("57P02")
                || sqlState.equals("57P03")
                || sqlState.equals("57P05");
    }

    static String deepestWords(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? words(failure) : deepestWords(cause);
    }

    private static String words(Throwable t) {
        var text = t.getMessage();
        return text == null || text.isBlank() ? t.getClass().getSimpleName() : text;
    }
}
