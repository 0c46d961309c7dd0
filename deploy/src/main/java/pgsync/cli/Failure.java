package pgsync.cli;

import org.jspecify.annotations.Nullable;
import pgsync.config.InvalidConfig;
import pgsync.config.Secret;
import pgsync.error.ClusterUnreachable;
import pgsync.error.FailedElsewhere;
import pgsync.error.Refused;
import pgsync.error.RunHeld;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;

/** How an exception that ended a command is told: what it says, what to do about it, the code we end with. */
record Failure(ExitCode code, String message, @Nullable String remedy) {
    static Failure of(Throwable e) {
        return switch (e) {
            case InvalidConfig invalid -> new Failure(ExitCode.USAGE, text(invalid), null);
            case Refused refused -> new Failure(ExitCode.REFUSED, text(refused), refused.remedy());
            case ClusterUnreachable unreachable ->
                new Failure(ExitCode.CLUSTER_UNREACHABLE, text(unreachable), unreachable.remedy());
            case RunHeld held -> new Failure(ExitCode.RUN_HELD, text(held), held.remedy());
            case StepFailed failed ->
                new Failure(code(failed), text(failed), failed.trouble().remedy());
            case FailedElsewhere elsewhere ->
                new Failure(ExitCode.ofCode(elsewhere.exitCode()), text(elsewhere), elsewhere.remedy());
            case Stopped stopped ->
                new Failure(ExitCode.INTERRUPTED, text(stopped), "run again: it continues where it stopped");
            // A defect of ours. Nothing is known of the text: the class stands with it, and what looks like a secret
            // goes.
            case Throwable other ->
                new Failure(
                        ExitCode.INTERNAL,
                        "internal error: " + other.getClass().getName()
                                + (other.getMessage() == null ? "" : ": " + Secret.maskIn(other.getMessage())),
                        "run again with -verbose for the place it happened at, and report it");
        };
    }

    private static ExitCode code(StepFailed failed) {
        return switch (failed.trouble()) {
            case UNREACHABLE,
                    CONNECTION_LOST,
                    SERVER_STARTING_OR_STOPPING,
                    TOO_MANY_CONNECTIONS,
                    NOT_AUTHENTICATED,
                    TLS_REFUSED,
                    NOT_ACCEPTED,
                    NO_SUCH_DATABASE -> ExitCode.CANNOT_CONNECT;
            case READ_ONLY -> ExitCode.REFUSED;
            case SERIALIZATION,
                    STANDBY_CONFLICT,
                    LOCKED,
                    SNAPSHOT_GONE,
                    SOURCE_LAGS,
                    NOT_ALLOWED,
                    ROW_SECURITY,
                    UNIQUE_VIOLATION,
                    FOREIGN_KEY_VIOLATION,
                    STILL_REFERRED_TO,
                    CONSTRAINT_VIOLATION,
                    CHANGED_BY_TRIGGER,
                    COLUMN_MISSING,
                    TABLE_MISSING,
                    REWRITTEN,
                    NO_SUCH_CHARACTER,
                    BAD_VALUE,
                    VALUE_TOO_LARGE,
                    HEAP_TOO_SMALL,
                    DISK_FULL,
                    CANCELLED -> ExitCode.SOME_FAILED;
            case UNKNOWN -> ExitCode.INTERNAL;
        };
    }

    private static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
