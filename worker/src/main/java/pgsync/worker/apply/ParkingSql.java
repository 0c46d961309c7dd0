package pgsync.worker.apply;

/** The SQL of {@link Parking}. */
final class ParkingSql {
    private ParkingSql() {}

    /**
     * Key columns of the unique indexes and exclusion constraints but for the key's, and where an index has expressions, the columns
     * that it is made of; of the table and its partitions. Not those that others refer to, or that say in which partition a row is. One
     * row for each, and one with an empty name for an index that has none; all arguments are literals.
     */
    static String places(String table, String usable, String key) {
        return TableSql.TREE.formatted(table) + """
            select i.indexrelid::text, coalesce(a.attname, ''), coalesce(k.of_expression, false)::text,
                   coalesce(not a.attnotnull and not coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false), false)::text,
                   coalesce(b.typname, t.typname, ''),
                   (not exists (select from pg_catalog.pg_constraint f
                                 where f.contype = 'f' and f.conrelid = i.indrelid and a.attnum = any (f.conkey)))::text
              from pgsync_tree
              join pg_catalog.pg_index i on i.indrelid = pgsync_tree.oid
              left join lateral (
                  select c.number, false as of_expression, c.place
                    from unnest(i.indkey::int2[]) with ordinality as c (number, place)
                   where c.place <= coalesce((to_jsonb(i) ->> 'indnkeyatts')::int, i.indnatts) and c.number > 0
                  union all
                  select distinct d.refobjsubid, true, 0
                    from pg_catalog.pg_depend d
                   where i.indexprs is not null and d.classid = 'pg_catalog.pg_class'::regclass and d.objid = i.indexrelid
                     and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = i.indrelid and d.refobjsubid > 0) k on true
              left join pg_catalog.pg_attribute a
                on a.attrelid = i.indrelid and a.attnum = k.number and a.attname = any (array[%1$s]::name[])
               and not exists (select from pg_catalog.pg_constraint f
                                where f.contype = 'f' and f.confrelid = i.indrelid and a.attnum = any (f.confkey))
               and a.attname not in (select pa.attname
                                       from pgsync_tree
                                       join pg_catalog.pg_partitioned_table p on p.partrelid = pgsync_tree.oid
                                       join pg_catalog.pg_attribute pa on pa.attrelid = p.partrelid and pa.attnum = any (p.partattrs::int2[]))
              left join pg_catalog.pg_type t on t.oid = a.atttypid
              left join pg_catalog.pg_type b on b.oid = t.typbasetype
             where (i.indisunique or i.indisexclusion)
               and not (i.indexprs is null and not exists (
                       select from unnest(i.indkey::int2[]) with ordinality as c (number, place)
                         join pg_catalog.pg_attribute x on x.attrelid = i.indrelid and x.attnum = c.number
                        where c.place <= coalesce((to_jsonb(i) ->> 'indnkeyatts')::int, i.indnatts)
                          and x.attname <> all (array[%2$s]::name[])))
             order by i.indexrelid, k.place desc, a.attname
            """.formatted(usable, key);
    }
}
