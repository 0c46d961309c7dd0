package pgsync.table;

/** What decides whether a row refers to another one: PostgreSQL's own rule, for all that asks it of rows. */
public final class ForeignKeySql {
    private ForeignKeySql() {}

    /**
     * An expression for a query of {@code pg_constraint k} that gives a condition on rows {@code child} and {@code parent}: by the key's
     * own operators, wherever they are, between values of the types that these take, in the collation of the parent's column
     * (ri_triggers.c, ri_GenerateQual; ruleutils.c, generate_operator_clause). Of a PERIOD it says that the ranges overlap.
     */
    public static String equal(String child, String parent) {
        return """
            (select pg_catalog.string_agg(
                        pg_catalog.format('%s.%%I%%s operator(%%I.%%s) %s.%%I%%s%%s', pa.attname,
                            case when pa.atttypid <> o.oprleft then pg_catalog.format('::%%I.%%I', lns.nspname, lt.typname) end,
                            ons.nspname, o.oprname, ca.attname,
                            case when ca.atttypid <> o.oprright then pg_catalog.format('::%%I.%%I', rns.nspname, rt.typname) end,
                            case when l.oid is not null then pg_catalog.format(' collate %%I.%%I', cns.nspname, l.collname) end),
                        ' and ' order by u.n)
               from unnest(k.conkey, k.confkey, k.conpfeqop) with ordinality as u (child, parent, operator, n)
               join pg_catalog.pg_attribute ca on ca.attrelid = k.conrelid and ca.attnum = u.child
               join pg_catalog.pg_attribute pa on pa.attrelid = k.confrelid and pa.attnum = u.parent
               join pg_catalog.pg_operator o on o.oid = u.operator
               join pg_catalog.pg_namespace ons on ons.oid = o.oprnamespace
               join pg_catalog.pg_type lt on lt.oid = o.oprleft
               join pg_catalog.pg_namespace lns on lns.oid = lt.typnamespace
               join pg_catalog.pg_type rt on rt.oid = o.oprright
               join pg_catalog.pg_namespace rns on rns.oid = rt.typnamespace
               left join pg_catalog.pg_collation l on l.oid = pa.attcollation
               left join pg_catalog.pg_namespace cns on cns.oid = l.collnamespace)""".formatted(parent, child);
    }
}
