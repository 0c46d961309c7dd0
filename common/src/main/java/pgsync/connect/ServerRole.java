package pgsync.connect;

/** What a server says it is right after login. A standby is read-only, too; a primary may be by its settings. */
record ServerRole(boolean standby, boolean readOnly) {
    /** One row: whether the server is in recovery, and whether a transaction started now would be read-only. */
    static final String SQL = """
            select pg_catalog.pg_is_in_recovery(),
                   pg_catalog.current_setting('transaction_read_only') operator(pg_catalog.=) 'on'
            """;

    String words() {
        return standby ? "the server is a standby" : readOnly ? "the server is read-only" : "the server is a primary";
    }
}
