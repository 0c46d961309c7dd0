package pgsync.coordinator.examine;

import io.vertx.sqlclient.Pool;
import java.util.Locale;
import pgsync.sql.Step;

/** Whether a server has connections left for a run. Who counts connections counts those of everybody, so it may change at once. */
final class Room {
    /**
     * The smallest of what the server, the database and the role allow, less what is taken; our own do not count. Statistics of
     * databases are visible to every role, sessions of others are not (manual, "Monitoring Statistics").
     */
    private static final String FREE = """
            with own as (select count(*) as n from pg_catalog.pg_stat_activity a
                          where a.usesysid = (select oid from pg_catalog.pg_roles where rolname = session_user)
                            and a.application_name = current_setting('application_name'))
            select least(
                     current_setting('max_connections')::bigint
                       - case when r.rolsuper then 0 else current_setting('superuser_reserved_connections')::bigint
                                                    + coalesce(current_setting('reserved_connections', true)::bigint, 0) end
                       - (select sum(numbackends) from pg_catalog.pg_stat_database),
                     case when r.rolsuper or d.datconnlimit < 0 then null
                          else d.datconnlimit - (select numbackends from pg_catalog.pg_stat_database s where s.datid = d.oid) end,
                     case when r.rolsuper or r.rolconnlimit < 0 then null
                          else r.rolconnlimit - (select count(*) from pg_catalog.pg_stat_activity a where a.usesysid = r.oid) end
                   ) + own.n as free
              from pg_catalog.pg_roles r, pg_catalog.pg_database d, own
             where r.rolname = session_user and d.datname = current_database()
            """;

    private Room() {}

    static Finding on(Finding.About about, Pool pool, int needed, int parallel) {
        var row = Step.await("count free connections", () -> pool.query(FREE).execute())
                .iterator()
                .next();
        var free = Math.max(0, row.getLong("free"));
        var told = String.format(
                Locale.ROOT,
                "%,d connections are free, a run with -parallel %d opens up to %,d",
                free,
                parallel,
                needed);
        return free < needed
                ? Finding.warning(
                        about,
                        told,
                        "lower -parallel, or raise max_connections or the connection limit of the database or the role")
                : Finding.ok(about, told);
    }
}
