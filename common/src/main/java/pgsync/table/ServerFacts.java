package pgsync.table;

/**
 * What one database and our role in it are.
 *
 * @param version {@code server_version_num}: 150018
 * @param identity {@code system identifier/database oid/name}, or with {@link #UNKNOWN_SYSTEM} in front where the role may not read the
 *     identifier. A different one means a different database; an equal one does not mean the same, since physical copies share it
 * @param encoding {@code server_encoding}
 * @param inRecovery a hot standby
 * @param seesAllTransactions superuser or member of pg_read_all_stats, so xact_start of other roles is visible
 * @param maySetReplicationRole {@code session_replication_role = replica} is what this role has or could set; not tried out on a source
 * @param mayTerminate member of pg_signal_backend or superuser (own role's backends can always be terminated)
 * @param timeZone the server's or database's default TimeZone for new sessions of this role, if the driver sends none when connecting
 * @param backendPid of the connection that asked; two different values in a row on one client connection reveal a transaction pooler
 * @param startedMicros when the server was started, by its own clock, in microseconds since 1970: tells a copy from its origin
 * @param hasLargeObjects there is one in the database
 * @param moneyUnits as what a {@code money} of 1 is stored: 10 to the power of the digits that this role's lc_monetary has after the point,
 *     so 100 nearly everywhere, 1 in Japan, 1,000 in Kuwait (manual, 8.2)
 * @param collation the database's own, in words that are the same on every platform: provider, its locale and rules if it has them,
 *     LC_COLLATE and LC_CTYPE
 * @param sortOrder what of the collation says how texts are sorted; C for all that go by the numbers of the characters
 */
public record ServerFacts(
        int version,
        String identity,
        String database,
        String role,
        String encoding,
        boolean inRecovery,
        boolean seesAllTransactions,
        boolean maySetReplicationRole,
        boolean mayTerminate,
        String timeZone,
        int backendPid,
        long startedMicros,
        boolean hasLargeObjects,
        long moneyUnits,
        String collation,
        String sortOrder) {
    /** In {@link #identity} where a role may not call {@code pg_control_system()}. */
    public static final String UNKNOWN_SYSTEM = "unknown";

    /** The very same database of the same running server; a physical copy of it is another one. */
    public boolean isSameDatabaseAs(ServerFacts other) {
        return identity.equals(other.identity) && startedMicros == other.startedMicros;
    }

    /** Encoding SQL_ASCII, which is none: whatever bytes a client sends are text. */
    public boolean storesAnyBytes() {
        return encoding.equals("SQL_ASCII");
    }

    /** Whether a {@code "char"} beyond ASCII is printed as a backslash and three digits (release notes of 16); before, as the byte itself. */
    public boolean printsCharsInOctal() {
        return major() >= 16;
    }

    public int major() {
        return version / 10000;
    }
}
