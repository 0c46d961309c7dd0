package pgsync.sql;

/** How foreign keys and ordinary triggers are kept out of the way (manual, 19.11.1 "session_replication_role"). */
public final class ReplicationRole {
    /**
     * Until the transaction ends. Of a role for which a superuser has set it already ({@code alter role … set}), and which may set it
     * to nothing itself, not even to what it is, it asks nothing.
     */
    public static final String REPLICA = """
            select pg_catalog.set_config('session_replication_role', 'replica', true)
             where pg_catalog.current_setting('session_replication_role') <> 'replica'""";

    private ReplicationRole() {}
}
