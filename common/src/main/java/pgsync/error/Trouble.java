package pgsync.error;

import org.jspecify.annotations.Nullable;

/** Every way a step fails that we have thought about, and what to do then. The one table to read. */
public enum Trouble {
    UNREACHABLE(Then.RETRY, "check host, port, firewall and that the server accepts connections"),
    CONNECTION_LOST(Then.RETRY, "nothing to do: the step is repeated on a new connection"),
    SERVER_STARTING_OR_STOPPING(Then.RETRY, "wait until the server has started"),
    TOO_MANY_CONNECTIONS(Then.RETRY, "lower -parallel or raise max_connections"),
    SERIALIZATION(Then.RETRY, "nothing to do: the transaction is repeated"),
    STANDBY_CONFLICT(
            Then.RETRY, "set hot_standby_feedback = on or raise max_standby_streaming_delay on the source standby"),
    LOCKED(Then.RETRY, "another session holds a lock on the table: find it in pg_locks"),
    SNAPSHOT_GONE(Then.RETRY, "nothing to do: a new snapshot is taken"),
    SOURCE_LAGS(
            Then.RETRY,
            "wait until the standby has caught up, or name the hosts that are ahead first in the source's connection string"),
    NOT_AUTHENTICATED(Then.STOP_RUN, "check user, password, database and pg_hba.conf"),
    TLS_REFUSED(Then.STOP_RUN, "check sslmode and the certificates"),
    NO_SUCH_DATABASE(Then.STOP_RUN, "check the database name in the connection string"),
    NOT_ACCEPTED(
            Then.STOP_RUN, "the server says why it lets nobody in: check role, database and options of the connection"),
    NOT_ALLOWED(Then.STOP_TABLE, "grant the missing right: deploy/grants.sql lists what pgsync needs"),
    ROW_SECURITY(Then.STOP_TABLE, "use a role that sees every row: the owner, or one with BYPASSRLS"),
    UNIQUE_VIOLATION(
            Then.STOP_TABLE,
            "rows that are distinct on the source are equal on the target: compare the unique indexes, and reindex a damaged one"),
    FOREIGN_KEY_VIOLATION(
            Then.STOP_TABLE, "synchronize the referenced table too, or let the role set session_replication_role"),
    STILL_REFERRED_TO(
            Then.STOP_TABLE,
            "run with -reconcile, which brings the rows of both tables in step; rows that no run brings in step (kept by a rule's where, or the target's alone) have to go by hand, or let the role set session_replication_role"),
    CONSTRAINT_VIOLATION(
            Then.STOP_TABLE, "the target has a constraint that the source's rows break: drop it or mend the rows"),
    CHANGED_BY_TRIGGER(
            Then.STOP_TABLE,
            "disable it on the target, or let it be an ordinary one and grant the target's role the right to set session_replication_role"),
    COLUMN_MISSING(Then.STOP_TABLE, "the table changed during the run: run again"),
    TABLE_MISSING(Then.STOP_TABLE, "the table was dropped during the run: run again"),
    REWRITTEN(Then.STOP_TABLE, "run again: a snapshot shows nothing of what was rewritten after it"),
    NO_SUCH_CHARACTER(
            Then.STOP_TABLE, "mend the text, or move the database that lacks the character to the encoding UTF8"),
    BAD_VALUE(Then.STOP_TABLE, "a value of the source does not fit the target's type: compare the column types"),
    VALUE_TOO_LARGE(
            Then.STOP_TABLE,
            "PostgreSQL moves no row of more than 1 GB, in the form in which it travels: name its large columns under exclude in the table's rule"),
    HEAP_TOO_SMALL(
            Then.STOP_TABLE,
            "rows travel whole: raise PGSYNC_HEAP (docs/large-rows.md says how far), or lower -parallel"),
    DISK_FULL(Then.STOP_RUN, "free space on the server, then run again: it continues where it stopped"),
    READ_ONLY(
            Then.STOP_RUN,
            "the target is read-only: connect to the primary if it is a standby, or set default_transaction_read_only = off for the role"),
    CANCELLED(Then.STOP_TABLE, "someone cancelled the statement: run again"),
    UNKNOWN(Then.STOP_TABLE, "read the cause; it is PostgreSQL's own text");

    /** What a worker does with the task. */
    public enum Then {
        RETRY,
        STOP_TABLE,
        STOP_RUN
    }

    private final Then then;
    private final String remedy;

    Trouble(Then then, String remedy) {
        this.then = then;
        this.remedy = remedy;
    }

    public Then then() {
        return then;
    }

    public String remedy() {
        return remedy;
    }

    /** As {@link #ofSqlState}, where the server's words tell more: a standby cancels with the code of a serialization failure. */
    public static Trouble ofServer(@Nullable String code, @Nullable String message) {
        if (message != null && isBeyondMemory(String.valueOf(code), message)) {
            return VALUE_TOO_LARGE;
        }
        return "40001".equals(code) && message != null && message.contains("conflict with recovery")
                ? STANDBY_CONFLICT
                : ofSqlState(code);
    }

    /** No piece of memory of a server is larger than 1 GB, and that has no code of its own: 54000 is too many columns as well. */
    private static boolean isBeyondMemory(String code, String message) {
        return (code.equals("XX000") && message.startsWith("invalid memory alloc request size"))
                || (code.equals("54000")
                        && (message.equals("out of memory") || message.startsWith("string buffer exceeds maximum")));
    }

    /** Maps a PostgreSQL SQLSTATE, null when the failure had none. Codes: PostgreSQL manual, appendix A. */
    public static Trouble ofSqlState(@Nullable String code) {
        if (code == null || code.length() != 5) {
            return UNKNOWN;
        }
        return switch (code) {
            case "40001", "40P01", "40003" -> SERIALIZATION;
            case "57P01", "57P02", "57P05", "08003", "08006", "08007", "25P03", "25P02" -> CONNECTION_LOST;
            case "57P03" -> SERVER_STARTING_OR_STOPPING;
            case "08001", "08004" -> UNREACHABLE;
            case "53300" -> TOO_MANY_CONNECTIONS;
            case "55P03" -> LOCKED;
            case "57014" -> CANCELLED;
            case "42704" -> UNKNOWN;
            case "3D000" -> NO_SUCH_DATABASE;
            case "28000", "28P01" -> NOT_AUTHENTICATED;
            case "42501" -> NOT_ALLOWED;
            // 21000: two rows of one batch have a key that is one for the target.
            case "23505", "23P01", "21000" -> UNIQUE_VIOLATION;
            case "23503" -> FOREIGN_KEY_VIOLATION;
            case "22P05", "22021" -> NO_SUCH_CHARACTER;
            case "23502", "23514", "23000", "23001" -> CONSTRAINT_VIOLATION;
            case "42703" -> COLUMN_MISSING;
            case "42P01", "3F000" -> TABLE_MISSING;
            case "53100" -> DISK_FULL;
            case "25006" -> READ_ONLY;
            default -> ofClass(code.substring(0, 2));
        };
    }

    private static Trouble ofClass(String sqlStateClass) {
        return switch (sqlStateClass) {
            case "08" -> UNREACHABLE;
            case "28" -> NOT_AUTHENTICATED;
            case "22" -> BAD_VALUE;
            case "53" -> TOO_MANY_CONNECTIONS;
            default -> UNKNOWN;
        };
    }
}
