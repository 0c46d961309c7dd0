package pgsync.table;

import pgsync.sql.ReplicationRole;

/**
 * Every catalogue statement, one text for PostgreSQL 10 to 18.
 *
 * <p>A column that older majors lack is written without a table name and stands once more in {@code absent}, in front of the
 * lateral subquery: PostgreSQL looks a bare name up in the subquery's own tables first and finds the one in {@code absent}
 * only where the catalogue has no such column.
 */
final class CatalogSql {
    private CatalogSql() {}

    /**
     * No parameters. One snapshot for everything; names printed qualified; an exclusive lock that comes in between is an
     * error after a while instead of a wait for ever; compiling a catalogue statement (jit, from 11) costs more than running it.
     */
    static final String BEGIN = """
            begin isolation level repeatable read read only;
            set local quote_all_identifiers = off;
            set local search_path = pg_catalog;
            set local lock_timeout = '30s';
            set local statement_timeout = 0;
            select set_config(name, 'off', true) from pg_settings where name = 'jit'
            """;

    /** No parameters. Ends the transaction and every {@code set local}; nothing was written. */
    static final String END = "rollback";

    /**
     * No parameters. One row. {@code time_zone} is what a session of this role starts with: the narrowest
     * {@code alter role … in database … set}, else the server's, as long as our own driver sends none at start.
     */
    static final String FACTS = """
            select current_setting('server_version_num')::int4 as version,
                   d.datname::text as database,
                   d.oid::int8 as database_oid,
                   r.rolname::text as role,
                   current_setting('server_encoding') as encoding,
                   pg_is_in_recovery() as in_recovery,
                   r.rolsuper as superuser,
                   current_setting('zero_damaged_pages')::bool or current_setting('ignore_checksum_failure')::bool as passes_damage_by,
                   pg_has_role(r.oid, 'pg_read_all_stats', 'usage') as reads_all_stats,
                   pg_has_role(r.oid, 'pg_signal_backend', 'usage') as signals_backends,
                   has_function_privilege('pg_control_system()', 'execute') as reads_control,
                   coalesce((select split_part(setting, '=', 2)
                               from pg_db_role_setting s, unnest(s.setconfig) as setting
                              where s.setdatabase in (d.oid, 0) and s.setrole in (r.oid, 0) and lower(setting) like 'timezone=%%'
                              order by s.setdatabase <> 0 and s.setrole <> 0 desc, s.setrole <> 0 desc, s.setdatabase <> 0 desc
                              limit 1),
                            (select reset_val from pg_settings where lower(name) = 'timezone')) as time_zone,
                   pg_backend_pid() as backend_pid,
                   (extract(epoch from pg_postmaster_start_time()) * 1000000)::int8 as started,
                   exists (select from pg_largeobject_metadata) as large_objects,
                   ('x' || encode(cash_send(1::money), 'hex'))::bit(64)::int8 as money_units,
                   y.collation, y.sort_order
              from (select 'c'::"char" as datlocprovider, null::text as daticulocale, null::text as datlocale, null::text as daticurules) as absent
             cross join lateral (
                select o.oid, concat_ws(' ', case datlocprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end,
                                        coalesce(datlocale, daticulocale), daticurules, %1$s, %2$s) as collation,
                       case when datlocprovider = 'i' then concat_ws(' ', 'icu', coalesce(datlocale, daticulocale), daticurules)
                            when datlocprovider = 'b' or o.datcollate ~ '^(C|POSIX)(\\.|$)' then 'C'
                            else %1$s end as sort_order
                  from pg_database o) y
              join pg_database d on d.oid = y.oid
             cross join pg_roles r
             where d.datname = current_database() and r.rolname = current_user
            """.formatted(libc("o.datcollate"), libc("o.datctype"));

    /** One name on every platform. {@code de_DE.utf8}, {@code de_DE.UTF-8} and {@code de_DE} are one; {@code C.UTF-8} and C are not. */
    private static String libc(String name) {
        return "case when %1$s ~ '^(C|POSIX)$' then 'C' when %1$s ~ '^(C|POSIX)\\.' then 'C.UTF-8' else regexp_replace(%1$s, '\\.[^@]*', '') end"
                .formatted(name);
    }

    /** No parameters. One row. The number a physical standby and a restored base backup share with their origin. */
    static final String SYSTEM_IDENTIFIER = "select system_identifier::text from pg_control_system()";

    /** No parameters, no rows. Followed by {@link #UNDO_TRY} whatever became of it: clouds let roles do this in ways no function reports. */
    static final String TRY_REPLICATION_ROLE = "savepoint replication_role; " + ReplicationRole.REPLICA;

    /** No parameters, no rows. */
    static final String UNDO_TRY = "rollback to savepoint replication_role; release savepoint replication_role";

    /** No parameters. One row per schema that can hold a person's tables. */
    static final String SCHEMAS = """
            select nspname::text as schema
              from pg_namespace
             where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'pgsync')
             order by nspname
            """;

    /**
     * {@code $1} schema names. One row per table; a partitioned table's figures are sums over its leaves. Rows are estimated
     * as the planner does: density of the last ANALYZE times the pages there are now, without one by the declared widths.
     * A table that is exclusively locked keeps its old size, since measuring would wait for the lock. Files are read from
     * pg_class, for the same reason: no function looks, which might wait. A crash empties the files of unlogged tables and leaves
     * their names; it also begins the server's statistics anew, so that their name here says since when they count.
     */
    static final String TABLES = """
            with recursive member(root, relid) as (
                select c.oid, c.oid
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = any($1::text[]) and c.relkind in ('r', 'p') and not c.relispartition
                   and not exists (select from pg_depend d
                                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
                union all
                select m.root, i.inhrelid
                  from member m
                  join pg_inherits i on i.inhparent = m.relid
                  join pg_class p on p.oid = i.inhrelid and p.relispartition
            ), block as (
                select current_setting('block_size')::int8 as size
            ), locked as (
                select distinct relation
                  from pg_locks
                 where mode = 'AccessExclusiveLock' and database = (select oid from pg_database where datname = current_database())
            ), recovered as (
                select coalesce((extract(epoch from stats_reset) * 1000000)::int8, 0) as at from pg_stat_bgwriter
            ), measured as (
                select m.root, c.oid, c.reltuples::float8, c.relpages,
                       c.oid || '/' || c.relfilenode || case when c.relpersistence = 'u' then '/' || r.at else '' end as file,
                       case when l.relation is null then coalesce(pg_relation_size(c.oid), 0) / b.size else c.relpages end as pages,
                       case when l.relation is null then coalesce(pg_table_size(c.oid), 0) else c.relpages * b.size end as bytes
                  from member m
                  join pg_class c on c.oid = m.relid and c.relkind = 'r'
                  left join locked l on l.relation = c.oid
                 cross join block b
                 cross join recovered r
            ), figures as (
                select m.root, coalesce(sum(d.pages), 0)::int8 as pages, coalesce(sum(d.bytes), 0)::int8 as bytes,
                       coalesce(ceil(sum(case when d.pages = 0 then 0
                                              when d.relpages > 0 and d.reltuples >= 0 then d.reltuples / d.relpages * d.pages
                                              else d.pages * (b.size - 24) / (28 + (select coalesce(sum(case when attlen > 0 then attlen else 32 end), 0)
                                                                                     from pg_attribute
                                                                                    where attrelid = d.oid and attnum > 0 and not attisdropped))
                                         end)), 0)::int8 as rows,
                       coalesce(array_agg(d.file order by d.oid) filter (where d.pages > 0), '{}') as filled_files,
                       coalesce(array_agg(d.file order by d.oid) filter (where d.pages = 0), '{}') as empty_files
                  from member m
                  left join measured d on d.oid = m.relid
                 cross join block b
                 group by m.root
            )
            select c.oid::int8 as oid, n.nspname::text as schema, c.relname::text as name, c.relkind = 'p' as partitioned,
                   c.relkind = 'r' and exists (select from pg_inherits i where i.inhparent = c.oid) as has_children,
                   exists (select from pg_inherits i where i.inhrelid = c.oid) as is_child,
                   c.relpersistence = 'u' as unlogged,
                   row_security_active(c.oid) as row_security,
                   array(select r.name from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as r(name)
                          where has_schema_privilege(n.oid, 'usage')
                            and case when r.name = 'DELETE' then has_table_privilege(c.oid, r.name)
                                     else has_any_column_privilege(c.oid, r.name) end) as rights,
                   f.rows, f.bytes, f.filled_files, f.empty_files,
                   case when c.relkind = 'r' then f.pages else 0 end as pages
              from figures f
              join pg_class c on c.oid = f.root
              join pg_namespace n on n.oid = c.relnamespace
            """;

    /**
     * {@code $1} schema names. One row per column that is not dropped, in order of table and position. From 18 a NOT NULL may
     * be declared without having been checked ({@code not valid}): rows with null may be there, so it does not count. From 16 a
     * partition may compute a column in a way of its own (release notes): its name and expression follow the root's.
     */
    static final String COLUMNS = """
            with recursive domain(typid, basetypid) as (
                select oid, typbasetype from pg_type where typtype = 'd'
                union all
                select d.typid, t.typbasetype from domain d join pg_type t on t.oid = d.basetypid and t.typtype = 'd'
            ), base as (
                select d.typid, d.basetypid from domain d join pg_type t on t.oid = d.basetypid and t.typtype <> 'd'
            ), unproved as (
                select conrelid, conkey[1] as attnum from pg_constraint where contype = 'n' and not convalidated
            ), member(root, relid) as (
                select i.inhparent, i.inhrelid
                  from pg_inherits i
                  join pg_class c on c.oid = i.inhparent and c.relkind = 'p' and not c.relispartition
                  join pg_namespace n on n.oid = c.relnamespace and n.nspname = any($1::text[])
                union all
                select m.root, i.inhrelid from member m join pg_inherits i on i.inhparent = m.relid
            ), otherwise as (
                select x.root, x.attnum, string_agg(x.expression, '' order by x.expression collate "C") as expressions
                  from (select ''::"char" as attgenerated) as absent
                 cross join lateral (
                    select m.root, a.attnum,
                           '; in ' || quote_ident(pn.nspname) || '.' || quote_ident(p.relname) || ': '
                               || coalesce(pg_get_expr(pv.adbin, pv.adrelid), '') as expression
                      from pg_attribute a
                      join member m on m.root = a.attrelid
                      join pg_class p on p.oid = m.relid
                      join pg_namespace pn on pn.oid = p.relnamespace
                      join (select attrelid, attname, attnum from pg_attribute) pa on pa.attrelid = m.relid and pa.attname = a.attname
                      left join pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum
                      left join pg_attrdef pv on pv.adrelid = pa.attrelid and pv.adnum = pa.attnum
                     where attgenerated <> '' and not a.attisdropped and a.attnum > 0
                       and pg_get_expr(pv.adbin, pv.adrelid) is distinct from pg_get_expr(v.adbin, v.adrelid)) x
                 group by x.root, x.attnum
            )
            select x.*
              from (select ''::"char" as attgenerated, true as collisdeterministic) as absent
             cross join lateral (
                select a.attrelid::int8 as oid, a.attname::text as name, a.attnum::int4 as position,
                       format_type(a.atttypid, a.atttypmod) as type, a.atttypid::int8 as type_oid,
                       b.oid::int8 as base_oid, b.typname::text as base_name, b.typcategory::text as category, b.typtype::text as kind,
                       a.attnotnull and u.conrelid is null as not_null,
                       case when attgenerated <> '' then coalesce(pg_get_expr(v.adbin, v.adrelid), '') || coalesce(o.expressions, '') end as expression,
                       a.attidentity::text as identity,
                       (a.atthasdef and attgenerated = '') or t.typdefault is not null as has_default,
                       case when l.collname <> 'default' then quote_ident(ln.nspname) || '.' || quote_ident(l.collname) end as collation,
                       coalesce(collisdeterministic, true) as deterministic,
                       array(select r.name from unnest(array['SELECT', 'INSERT', 'UPDATE']) as r(name)
                              where has_column_privilege(c.oid, a.attnum, r.name)) as rights
                  from pg_namespace n
                  join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p') and not c.relispartition
                  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                  join pg_type t on t.oid = a.atttypid
                  left join base d on d.typid = t.oid
                  join pg_type b on b.oid = coalesce(d.basetypid, t.oid)
                  left join pg_collation l on l.oid = a.attcollation
                  left join pg_namespace ln on ln.oid = l.collnamespace
                  left join unproved u on u.conrelid = a.attrelid and u.attnum = a.attnum
                  left join pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum
                  left join otherwise o on o.root = a.attrelid and o.attnum = a.attnum
                 where n.nspname = any($1::text[])) x
             order by x.oid, x.position
            """;

    /** What the type {@code m.oid} is made of: one row per label, field, element, subtype, or for the type under a domain. */
    private static final String PARTS = """
                    select 0::float8 as position, null::text as name, t.typbasetype as part, t.typtypmod as modifier,
                           null::text as collation, true as deterministic
                      from pg_type t where t.oid = m.oid and t.typtype = 'd'
                    union all
                    select 0, null, t.typelem, -1, null, true from pg_type t where t.oid = m.oid and t.typtype = 'b' and t.typelem <> 0 and t.typlen = -1
                    union all
                    select a.attnum, a.attname::text, a.atttypid, a.atttypmod,
                           case when l.collname <> 'default' then quote_ident(l.nspname) || '.' || quote_ident(l.collname) end, coalesce(l.deterministic, true)
                      from pg_type t join pg_attribute a on a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
                      left join (select x.*
                                   from (select true as collisdeterministic) as absent
                                  cross join lateral (
                                        select l.oid, l.collname, n.nspname, collisdeterministic as deterministic
                                          from pg_collation l join pg_namespace n on n.oid = l.collnamespace) x) l on l.oid = a.attcollation
                     where t.oid = m.oid and t.typtype = 'c'
                    union all
                    select 0, concat(case when r.rngcollation not in (0, 100) then ' collate ' || rn.nspname || '.' || l.collname end,
                                     case when not k.opcdefault then ' by ' || k.opcname end), r.rngsubtype, -1, null, true
                      from pg_range r
                      join pg_opclass k on k.oid = r.rngsubopc
                      left join pg_collation l on l.oid = r.rngcollation
                      left join pg_namespace rn on rn.oid = l.collnamespace
                     where r.rngtypid = m.oid
                    union all
                    select 0, null, x.rngtypid, -1, null, true
                      from (select null::oid as rngmultitypid) as absent
                     cross join lateral (select r.rngtypid, rngmultitypid as multirange from pg_range r) x
                     where x.multirange = m.oid
                    union all
                    select e.enumsortorder, e.enumlabel::text, null, null, null, true from pg_enum e where e.enumtypid = m.oid
            """;

    /**
     * {@code $1} schema names. What the columns' types are made of, down to types of PostgreSQL's own: one row per part, and one
     * for a type without any. {@code kind} is {@code pg_type.typtype}, and a for an array.
     */
    static final String TYPES = """
            with recursive made(oid) as (
                select a.atttypid
                  from pg_namespace n
                  join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p') and not c.relispartition
                  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where n.nspname = any($1::text[]) and a.atttypid >= 10000
                union
                select p.part from made m cross join lateral (%1$s) p where p.part >= 10000
            )
            select t.oid::int8 as oid, t.typname::text as typname, t.typcategory::text as typcategory,
                   case when t.typtype = 'b' and t.typelem <> 0 and t.typlen = -1 then 'a' else t.typtype::text end as kind,
                   p.name, p.part::int8 as part, format_type(p.part, p.modifier) as part_type,
                   b.typname::text as part_name, b.typcategory::text as part_category, p.collation, p.deterministic
              from made m
              join pg_type t on t.oid = m.oid
              left join lateral (%1$s) p on true
              left join pg_type b on b.oid = p.part
             order by t.oid, p.position
            """.formatted(PARTS);

    /**
     * {@code $1} schema names. One row per unique index without exclusion, the primary key first. {@code columns} holds
     * null where the key is an expression. {@code indimmediate} is false for indexes of deferrable constraints.
     *
     * <p>Indexes that single partitions have count for the root as partial ones, of the rows that belong there. So do those that
     * are not valid: they know nothing of some rows and identify none, but PostgreSQL keeps to them when it writes.
     *
     * <p>{@code operators} is empty where the index takes the same values for equal as the column's type does. An index may have
     * another operator class than the type's usual one, whose lookup is PostgreSQL's own (indexcmds.c, GetDefaultOpClass), or a
     * collation that is {@code loose}: all others tell texts apart by their bytes.
     */
    static final String UNIQUE_INDEXES = """
            with recursive domain(typid, basetypid) as (
                select oid, typbasetype from pg_type where typtype = 'd'
                union all
                select d.typid, t.typbasetype from domain d join pg_type t on t.oid = d.basetypid and t.typtype = 'd'
            ), base as (
                select d.typid, d.basetypid from domain d join pg_type t on t.oid = d.basetypid and t.typtype <> 'd'
            ), loose as (
                select x.oid
                  from (select true as collisdeterministic) as absent
                 cross join lateral (select l.oid, collisdeterministic as deterministic from pg_collation l) x
                 where not x.deterministic
            ), member(root, relid) as (
                select t.oid, t.oid
                  from pg_class t join pg_namespace n on n.oid = t.relnamespace
                 where n.nspname = any($1::text[]) and t.relkind in ('r', 'p') and not t.relispartition
                union all
                select m.root, h.inhrelid
                  from member m
                  join pg_inherits h on h.inhparent = m.relid
                  join pg_class p on p.oid = h.inhrelid and p.relispartition
            )
            select x.*
              from (select null::int2 as indnkeyatts, false as indnullsnotdistinct) as absent
             cross join lateral (
                select m.root::int8 as oid, c.relname::text as name, i.indisprimary and m.relid = m.root and i.indisvalid as is_primary,
                       not i.indimmediate as deferrable, indnullsnotdistinct as nulls_not_distinct,
                       case when m.relid = m.root and i.indisvalid then pg_get_expr(i.indpred, i.indrelid)
                            else concat_ws(' and ', '(' || pg_get_expr(i.indpred, i.indrelid) || ')',
                                           coalesce('(' || pg_get_partition_constraintdef(m.relid) || ')', 'true')) end as predicate,
                       k.columns, k.expressions, k.operators
                  from member m
                  join pg_index i on i.indrelid = m.relid
                   and i.indisunique and not i.indisexclusion and i.indisready and i.indislive
                  join pg_class c on c.oid = i.indexrelid and (i.indisvalid or c.relkind = 'i')
                 cross join lateral (
                    select array_agg(a.attname::text order by p.n) as columns,
                           array_agg(coalesce(quote_ident(a.attname), pg_get_indexdef(i.indexrelid, p.n + 1, false))
                                     || case when not f.usual and ct.typtype <> 'p' then '::' || format_type(ct.oid, -1) else '' end
                                     || case when l.oid is not null then ' collate ' || quote_ident(ln.nspname) || '.' || quote_ident(l.collname)
                                             else '' end order by p.n) as expressions,
                           array_agg(case when not f.usual or l.oid is not null and a.attnum is not null or a.attnum is null and en.nspname <> 'pg_catalog'
                                          then coalesce('operator(' || quote_ident(en.nspname) || '.' || eo.oprname || ')', 'operator(pg_catalog.=)')
                                          else '' end order by p.n) as operators
                      from generate_series(0, coalesce(indnkeyatts, i.indnatts) - 1) as p(n)
                      join pg_attribute k on k.attrelid = i.indexrelid and k.attnum = p.n + 1
                      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[p.n] and a.attnum > 0
                     -- Only names are kept in an index as another type (pg_opclass.opckeytype).
                     cross join lateral (select coalesce(a.atttypid, nullif(k.atttypid, 'cstring'::regtype), 'name'::regtype) as oid) kt
                      left join base d on d.typid = kt.oid
                      join pg_type b on b.oid = coalesce(d.basetypid, kt.oid)
                      join pg_opclass o on o.oid = i.indclass[p.n]
                      join pg_type ct on ct.oid = o.opcintype
                      left join pg_amop e on e.amopfamily = o.opcfamily and e.amopstrategy = 3
                       and e.amoplefttype = o.opcintype and e.amoprighttype = o.opcintype
                      left join pg_operator eo on eo.oid = e.amopopr
                      left join pg_namespace en on en.oid = eo.oprnamespace
                      left join lateral (
                        select u.oid, ue.amopopr
                          from pg_opclass u
                          join pg_type ut on ut.oid = u.opcintype
                          left join pg_amop ue on ue.amopfamily = u.opcfamily and ue.amopstrategy = 3
                           and ue.amoplefttype = u.opcintype and ue.amoprighttype = u.opcintype
                         where u.opcmethod = o.opcmethod and u.opcdefault
                           and (u.opcintype = b.oid
                                or ut.typname = case b.typtype when 'e' then 'anyenum' when 'r' then 'anyrange' when 'm' then 'anymultirange'
                                                               when 'c' then 'record'
                                                               else case when b.typcategory = 'A' then 'anyarray' end end
                                or exists (select from pg_cast c
                                            where c.castsource = b.oid and c.casttarget = u.opcintype
                                              and c.castmethod = 'b' and c.castcontext = 'i'))
                         order by u.opcintype = b.oid desc, ut.typispreferred desc
                         limit 1) u on true
                     cross join lateral (
                        -- One that a person made may say = and compare by something else; those of extensions were looked at by many.
                        select coalesce(o.oid = u.oid or e.amopopr = u.amopopr and (o.oid < 16384 or exists (
                                   select from pg_depend x
                                    where x.classid = 'pg_opclass'::regclass and x.objid = o.oid and x.deptype = 'e')), false) as usual) f
                      left join pg_collation l on l.oid = i.indcollation[p.n]
                       and case when a.attnum is null then l.collname <> 'default'
                                else l.oid <> a.attcollation
                                     and (not f.usual or exists (select from loose s where s.oid in (l.oid, a.attcollation))) end
                      left join pg_namespace ln on ln.oid = l.collnamespace) k
                 -- A part of an index of the whole table is that index.
                 where not exists (select from pg_inherits h join pg_index w on w.indexrelid = h.inhparent
                                    where h.inhrelid = i.indexrelid and w.indisvalid)) x
             order by x.oid, x.is_primary desc, cardinality(x.columns), x.name
            """;

    /**
     * {@code $1} schema names. One row per foreign key that leaves or enters one of their tables, both ends named by their
     * partition root, and as the constraint has them. Copies of a key on partitions ({@code conparentid}, from 11) are left out.
     */
    static final String FOREIGN_KEYS = """
            with recursive leaf(relid, root) as (
                select oid, oid from pg_class where relkind = 'p' and not relispartition
                union all
                select i.inhrelid, l.root
                  from leaf l
                  join pg_inherits i on i.inhparent = l.relid
                  join pg_class p on p.oid = i.inhrelid and p.relispartition
            )
            select x.*
              from (select 0::oid as conparentid, true as conenforced, false as conperiod) as absent
             cross join lateral (
                select distinct k.conname::text as name, fn.nspname::text as from_schema, f.relname::text as from_name,
                       tn.nspname::text as to_schema, t.relname::text as to_name,
                       (select array_agg(a.attname::text order by u.n)
                          from unnest(k.conkey) with ordinality as u(attnum, n)
                          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum) as columns,
                       (select array_agg(a.attname::text order by u.n)
                          from unnest(k.confkey) with ordinality as u(attnum, n)
                          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.attnum) as referenced_columns,
                       k.condeferrable as deferrable, k.convalidated as validated, conenforced as enforced, conperiod as period,
                       k.confmatchtype = 'f' as match_full,""" + ForeignKeySql.equal("c", "p") + """
                        as equal,
                       cn.nspname::text as child_schema, c.relname::text as child_name,
                       pn.nspname::text as parent_schema, p.relname::text as parent_name
                  from pg_constraint k
                  join pg_class c on c.oid = k.conrelid
                  join pg_namespace cn on cn.oid = c.relnamespace
                  join pg_class p on p.oid = k.confrelid
                  join pg_namespace pn on pn.oid = p.relnamespace
                  left join leaf fl on fl.relid = k.conrelid
                  left join leaf tl on tl.relid = k.confrelid
                  join pg_class f on f.oid = coalesce(fl.root, k.conrelid)
                  join pg_namespace fn on fn.oid = f.relnamespace
                  join pg_class t on t.oid = coalesce(tl.root, k.confrelid)
                  join pg_namespace tn on tn.oid = t.relnamespace
                 where k.contype = 'f' and conparentid = 0
                   and (fn.nspname = any($1::text[]) or tn.nspname = any($1::text[]))) x
             order by x.from_schema, x.from_name, x.name, x.child_schema, x.child_name
            """;

    /** {@code $1} schema names of the tables. One row per sequence that belongs to a column or that its default names. */
    static final String SEQUENCES = """
            with used(relid, attnum, sequence, fills) as (
                select d.refobjid, d.refobjsubid::int8, d.objid, false
                  from pg_depend d
                 where d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
                   and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
                union all
                select v.adrelid, v.adnum::int8, d.refobjid, true
                  from pg_attrdef v
                  join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = v.oid
                   and d.refclassid = 'pg_class'::regclass and d.refobjid <> v.adrelid and d.deptype = 'n'
            )
            select t.oid::int8 as oid, sn.nspname::text as schema, s.relname::text as name, a.attname::text as column,
                   bool_or(u.fills) as fills,
                   array_remove(array[
                       case when has_schema_privilege(sn.oid, 'usage') and has_sequence_privilege(s.oid, 'select') then 'READ' end,
                       case when has_schema_privilege(sn.oid, 'usage') and has_sequence_privilege(s.oid, 'update') then 'MOVE' end,
                       case when has_sequence_privilege(s.oid, 'usage, update') then 'TAKE' end], null) as rights
              from pg_namespace n
              join pg_class t on t.relnamespace = n.oid and t.relkind in ('r', 'p')
              join used u on u.relid = t.oid
              join pg_class s on s.oid = u.sequence and s.relkind = 'S'
              join pg_namespace sn on sn.oid = s.relnamespace
              join pg_attribute a on a.attrelid = t.oid and a.attnum = u.attnum
             where n.nspname = any($1::text[])
             group by t.oid, a.attnum, a.attname, sn.oid, sn.nspname, s.oid, s.relname
             order by t.oid, a.attnum, sn.nspname, s.relname
            """;

    /**
     * {@code $1} schema names. One row per trigger that a person made and has not disabled, and per rule; those of partitions
     * count for the root. {@code always}: not kept out by {@code session_replication_role = replica}.
     */
    static final String TRIGGERS = """
            with recursive member(root, relid) as (
                select c.oid, c.oid
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = any($1::text[]) and c.relkind in ('r', 'p') and not c.relispartition
                union all
                select m.root, i.inhrelid
                  from member m
                  join pg_inherits i on i.inhparent = m.relid
                  join pg_class p on p.oid = i.inhrelid and p.relispartition
            )
            select m.root::int8 as oid, t.tgname::text as name, t.tgenabled <> 'O' as always
              from member m join pg_trigger t on t.tgrelid = m.relid
             where not t.tgisinternal and t.tgenabled <> 'D'
            union
            select m.root::int8, 'rule ' || r.rulename, true
              from member m join pg_rewrite r on r.ev_class = m.relid
             where r.ev_type <> '1' and r.ev_enabled <> 'D'
             order by 1, 2
            """;

    /** {@code $1} schema names. One row per thing that looks like a table and is not synchronized, with what it belongs to. */
    static final String LEFT_OUT = """
            with recursive leaf(relid, root) as (
                select oid, oid from pg_class where relkind = 'p' and not relispartition
                union all
                select i.inhrelid, l.root
                  from leaf l
                  join pg_inherits i on i.inhparent = l.relid
                  join pg_class p on p.oid = i.inhrelid and p.relispartition
            )
            select n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind,
                   rn.nspname::text as root_schema, r.relname::text as root_name, e.extname::text as extension
              from pg_namespace n
              join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm', 'f')
              left join leaf l on l.relid = c.oid and l.root <> c.oid
              left join pg_class r on r.oid = l.root
              left join pg_namespace rn on rn.oid = r.relnamespace
              left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
              left join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid
             where n.nspname = any($1::text[]) and (c.relkind in ('v', 'm', 'f') or c.relispartition or e.oid is not null)
             order by n.nspname, c.relname
            """;
}
