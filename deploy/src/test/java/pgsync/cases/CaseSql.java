package pgsync.cases;

/** What the runner of the cases asks PostgreSQL. */
final class CaseSql {
    private CaseSql() {}

    /** No parameters. One row a table that can hold rows, quoted. */
    static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
               and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgsync')
             order by 1
            """;

    /** One row: all rows of a table in text form. */
    static String rows(String quoted) {
        return "select coalesce(string_agg(r, e'\\n' order by r collate \"C\"), '') from (select t::text as r from "
                + quoted + " t) as q";
    }
}
