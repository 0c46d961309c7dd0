package pgsync.testground;

import org.jspecify.annotations.Nullable;

/** What the oracle asks PostgreSQL. Table and column names arrive in it quoted by the server itself. */
final class OracleSql {
    private OracleSql() {}

    /** Everything that text output depends on, for this transaction only. */
    static final String PIN_TEXT_FORMS = """
            set local quote_all_identifiers = off;
            set local extra_float_digits = 3;
            set local datestyle = 'ISO, YMD';
            set local timezone = 'UTC';
            set local intervalstyle = 'postgres';
            set local bytea_output = 'hex';
            set local lc_monetary = 'C';
            set local xmloption = 'content';
            set local row_security = off;
            set local search_path = pg_catalog;
            set local statement_timeout = 0;
            set local lock_timeout = 0;
            """;

    /**
     * {@code $1}: floating point in binary form, because PostgreSQL 12 has changed its text. One row a table: its quoted name, what
     * to read, its quoted column names, and the expressions to compare, both lists in the order of the column names.
     */
    static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname) as name,
                   case when c.relkind = 'p' then '' else 'only ' end || format('%I.%I', n.nspname, c.relname) as source,
                   array_remove(array_agg(quote_ident(a.attname) order by a.attname::text collate "C"), null) as columns,
                   array_remove(array_agg(
                       case when ? and coalesce(e.typname, t.typname) in
                                 ('float4', 'float8', 'point', 'lseg', 'path', 'box', 'polygon', 'line', 'circle')
                            then format('%s(%I)', t.typsend, a.attname)
                            else quote_ident(a.attname) end
                       order by a.attname::text collate "C"), null) as expressions
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              left join pg_type t on t.oid = a.atttypid
              left join pg_type e on e.oid = t.typelem and t.typlen = -1
             where c.relkind in ('r', 'p')
               and not c.relispartition
               and c.relpersistence <> 't'
               and n.nspname !~ '^pg_'
               and n.nspname not in ('information_schema', 'pgsync')
             group by n.nspname, c.relname, c.relkind
             order by 1
            """;

    static final String ENCODING = "select current_setting('server_encoding')";

    /**
     * {@code md5Encoding} null where both servers hash in the newer way and store text in the same encoding. PostgreSQL 10 has no
     * {@code hashtextextended}: both halves of an md5 instead, of bytes in an encoding that both sides have.
     */
    static String hashed(String expressions, String source, @Nullable String md5Encoding) {
        if (md5Encoding == null) {
            return """
                    (select r as line, hashtextextended(r, 0) as h1, hashtextextended(r, 42) as h2
                       from (select (row(%s)::text) collate "C" as r from %s) as rows) as hashed
                    """.formatted(expressions, source);
        }
        return """
                (select r as line, ('x' || left(m, 16))::bit(64)::bigint as h1, ('x' || right(m, 16))::bit(64)::bigint as h2
                   from (select r, md5(convert_to(r, '%s')) as m
                           from (select (row(%s)::text) collate "C" as r from %s) as rows) as sums) as hashed
                """.formatted(md5Encoding, expressions, source);
    }

    /** One row: the number of rows and two sums, none of which depends on the order of the rows. */
    static String sums(String hashed) {
        return "select count(*), coalesce(sum(h1::numeric), 0), coalesce(sum(h2::numeric), 0) from " + hashed;
    }

    /** One row a bucket that is not empty: its number from 0 to 1023, rows and sums in one text. */
    static String buckets(String hashed) {
        return "select h1 & 1023, concat_ws(' ', count(*), sum(h1::numeric), sum(h2::numeric)) from " + hashed
                + " group by 1";
    }

    /** All rows in text form, as bytes: without an encoding they need not be any text. */
    static String rows(String hashed) {
        return "select convert_to(line, case getdatabaseencoding() when 'SQL_ASCII' then 'SQL_ASCII' else 'UTF8' end) from "
                + hashed;
    }

    /** The rows of the buckets {@code $1}, see {@link #rows}. */
    static String rowsOfBuckets(String hashed) {
        return rows(hashed) + " where h1 & 1023 = any (?)";
    }
}
