package pgsync.testground;

/** A server could not be started, or it refused a statement of a test. Unchecked: a test has nothing to do about it but to fail. */
public final class GroundFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GroundFailed(String message) {
        super(message);
    }

    GroundFailed(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
