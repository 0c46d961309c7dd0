package pgsync.connect;

/**
 * What a database or a role may have set for every session and no transaction of ours can set for itself: its statements that stand
 * alone, and the time between two transactions.
 */
final class SessionDefaults {
    private SessionDefaults() {}

    /**
     * A row for each setting that was otherwise. Not sent at login, where a pooler refuses what it does not know. Behind a pooler it stays
     * on a connection that others of the same role get after us: give pgsync a role of its own there.
     */
    static final String PIN = """
            select pg_catalog.set_config(s.name, ours.value, false)
              from pg_catalog.pg_settings s
              join (values ('default_transaction_isolation', 'read committed'), ('idle_session_timeout', '0')) as ours (name, value)
                on s.name operator(pg_catalog.=) ours.name
             where s.setting operator(pg_catalog.<>) ours.value
            """;
}
