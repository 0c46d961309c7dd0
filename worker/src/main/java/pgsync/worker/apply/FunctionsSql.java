package pgsync.worker.apply;

/** Asks what PostgreSQL calls by itself when a row is written. */
final class FunctionsSql {
    private FunctionsSql() {}

    /**
     * One row, true or false. Functions that people wrote, and those in SQL of extensions, may name others without a schema, unless they say
     * where to look: those of checks, defaults and generated columns, of indexes and their operators, and of domains' checks.
     *
     * @param table a literal; its partitions count
     */
    static String called(String table) {
        return """
            with recursive pgsync_tree(oid) as (
                select %s::regclass::oid
                union all
                select i.inhrelid
                  from pgsync_tree
                  join pg_catalog.pg_inherits i on i.inhparent = pgsync_tree.oid
                  join pg_catalog.pg_class p on p.oid = i.inhrelid and p.relispartition
            ), pgsync_type(oid) as (
                select a.atttypid
                  from pgsync_tree
                  join pg_catalog.pg_attribute a on a.attrelid = pgsync_tree.oid and a.attnum > 0 and not a.attisdropped
                union
                select p.oid
                  from pgsync_type
                  join pg_catalog.pg_type t on t.oid = pgsync_type.oid
                 cross join lateral (
                    select t.typbasetype
                    union all
                    select t.typelem
                    union all
                    select a.atttypid from pg_catalog.pg_attribute a
                     where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
                    union all
                    select r.rngsubtype from pg_catalog.pg_range r where r.rngtypid = t.oid) p(oid)
                 where p.oid >= 10000
            ), pgsync_caller(classid, objid) as (
                select 'pg_catalog.pg_constraint'::regclass, k.oid
                  from pgsync_tree join pg_catalog.pg_constraint k on k.conrelid = pgsync_tree.oid
                union all
                select 'pg_catalog.pg_constraint'::regclass, k.oid
                  from pgsync_type join pg_catalog.pg_constraint k on k.contypid = pgsync_type.oid
                union all
                select 'pg_catalog.pg_attrdef'::regclass, v.oid
                  from pgsync_tree join pg_catalog.pg_attrdef v on v.adrelid = pgsync_tree.oid
                union all
                -- Before 15 a generated column itself depends on what computes it.
                select 'pg_catalog.pg_class'::regclass, oid from pgsync_tree
                union all
                select 'pg_catalog.pg_class'::regclass, i.indexrelid
                  from pgsync_tree join pg_catalog.pg_index i on i.indrelid = pgsync_tree.oid
            ), pgsync_called(classid, objid) as (
                select d.refclassid, d.refobjid
                  from pgsync_caller c
                  join pg_catalog.pg_depend d on d.classid = c.classid and d.objid = c.objid and d.refobjid >= 10000
            )
            select exists (
                       select 1
                         from pgsync_called c
                         join pg_catalog.pg_proc p on c.classid = 'pg_catalog.pg_proc'::regclass and p.oid = c.objid
                         join pg_catalog.pg_language l on l.oid = p.prolang and l.lanname not in ('c', 'internal')
                        where not exists (select 1 from unnest(p.proconfig) as s(setting) where s.setting like 'search_path=%%'))
                or exists (
                       select 1
                         from pgsync_called c
                        where c.classid in ('pg_catalog.pg_operator'::regclass, 'pg_catalog.pg_opclass'::regclass)
                          and not exists (select 1 from pg_catalog.pg_depend e
                                           where e.classid = c.classid and e.objid = c.objid and e.deptype = 'e'))
            """.formatted(table);
    }
}
