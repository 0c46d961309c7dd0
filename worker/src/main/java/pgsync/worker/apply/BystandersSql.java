package pgsync.worker.apply;

/** Asks PostgreSQL what a transaction has done to which tables. */
final class BystandersSql {
    /** Our tables and their partitions. */
    private static final String TREE = """
            with recursive pgsync_tree(oid) as (
                select pgsync_name::regclass::oid from unnest(array[%s]) as pgsync_name
                union all
                select i.inhrelid
                  from pgsync_tree
                  join pg_catalog.pg_inherits i on i.inhparent = pgsync_tree.oid
                  join pg_catalog.pg_class p on p.oid = i.inhrelid and p.relispartition)
            """;

    private BystandersSql() {}

    /** One row for each table of people that this transaction wrote to. {@code names}: literals of our tables; their partitions are ours. */
    static String counts(String names) {
        return TREE.formatted(names) + """
            select *
              from (select c.oid::bigint as oid, exists (select 1 from pgsync_tree t where t.oid = c.oid) as ours,
                           pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) as inserted,
                           pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) as updated,
                           pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) as deleted
                      from pg_catalog.pg_class c
                      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                     where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^pg_'
                       and n.nspname not in ('pgsync', 'information_schema')) pgsync_counts
             where inserted + updated + deleted > 0
            """;
    }

    /** Names of constraint triggers that may be deferred (manual, SET CONSTRAINTS), as {@link #counts} takes {@code names}. */
    static String deferred(String names) {
        return TREE.formatted(names) + """
            select distinct pg_catalog.format('%I.%I', n.nspname, k.conname)
              from pgsync_tree
              join pg_catalog.pg_trigger t on t.tgrelid = pgsync_tree.oid and t.tgdeferrable and not t.tgisinternal
              join pg_catalog.pg_constraint k on k.oid = t.tgconstraint and k.contype = 't'
              join pg_catalog.pg_namespace n on n.oid = k.connamespace
            """;
    }

    /** A partition goes by the name of its root. Last column: some run keeps the table in step. */
    static String name(long oid) {
        return """
            with recursive pgsync_up(oid, is_partition) as (
                select c.oid, c.relispartition from pg_catalog.pg_class c where c.oid = %d
                union all
                select p.oid, p.relispartition
                  from pgsync_up
                  join pg_catalog.pg_inherits i on i.inhrelid = pgsync_up.oid and pgsync_up.is_partition
                  join pg_catalog.pg_class p on p.oid = i.inhparent)
            select n.nspname::text, c.relname::text,
                   exists (select 1 from pgsync.table_state s
                            where s.schema_name = n.nspname and s.table_name = c.relname)::text
              from pgsync_up
              join pg_catalog.pg_class c on c.oid = pgsync_up.oid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where not pgsync_up.is_partition
            """.formatted(oid);
    }
}
