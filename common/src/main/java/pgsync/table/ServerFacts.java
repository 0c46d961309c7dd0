package pgsync.table;

/**
 * What one database and our role in it are.
 *
 * @param version {@code server_version_num}: 150018
 * @param identity names the database for good: system identifier where readable, else database oid and creation facts; with the name
 * @param encoding {@code server_encoding}
 * @param inRecovery a hot standby
 * @param seesAllTransactions superuser or member of pg_read_all_stats, so xact_start of other roles is visible
 * @param maySetReplicationRole {@code set session_replication_role = replica} works for this role
 * @param mayTerminate member of pg_signal_backend or superuser (own role's backends can always be terminated)
 * @param timeZone the server's or database's default TimeZone for new sessions of this role
 * @param backendPid of the connection that asked; two different values in a row on one client connection reveal a transaction pooler
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
        int backendPid) {
    public int major() {
        return version / 10000;
    }
}
