package pgsync.sql;

/**
 * Session settings that decide how values look as text and how long PostgreSQL waits; the same on both sides, as pg_dump pins
 * them, and array_nulls, without which a target reads NULL in an array as a text. So are those that change what a rule's filter means, and
 * gin_fuzzy_search_limit, with which an index finds a part of the rows, by chance. A damaged page is an error, and not an empty one. A
 * server whose client went without a word ends the transaction within half a minute, rather than after hours. All are SET LOCAL inside a
 * transaction, so they also hold behind a pooler in transaction mode.
 */
public final class PinnedSettings {
    private static final String TEXT_FORMS = """
            set local quote_all_identifiers = off;
            set local search_path = pg_catalog;
            set local datestyle = 'ISO, YMD';
            set local intervalstyle = 'postgres';
            set local timezone = 'UTC';
            set local extra_float_digits = 3;
            set local bytea_output = 'hex';
            set local xmloption = 'content';
            set local lc_monetary = 'C';
            set local array_nulls = on;
            set local standard_conforming_strings = on;
            set local transform_null_equals = off;
            set local gin_fuzzy_search_limit = 0;
            set local row_security = off;
            set local synchronize_seqscans = off;
            set local statement_timeout = 0;
            set local idle_in_transaction_session_timeout = 0;
            set local work_mem = '64MB';
            set local tcp_keepalives_idle = 15;
            set local tcp_keepalives_interval = 5;
            set local tcp_keepalives_count = 3;
            """;

    /** A superuser alone may set them, so whoever is none asks for nothing where they are off, and fails where they are on. */
    private static final String DAMAGE_IS_AN_ERROR = """
            select pg_catalog.set_config(s.name, 'off', true)
              from (values ('zero_damaged_pages'), ('ignore_checksum_failure')) s (name)
             where pg_catalog.current_setting(s.name) = 'on';
            """;

    /** Setting them reads a file, so it is done only where it says something else. */
    private static final String ABBREVIATIONS = """
            select pg_catalog.set_config('timezone_abbreviations', 'Default', true)
             where pg_catalog.current_setting('timezone_abbreviations') <> 'Default';
            """;

    private PinnedSettings() {}

    /** Statements ending in semicolons, for a server of this major version. */
    public static String sql(int major) {
        var sql = new StringBuilder(TEXT_FORMS).append(DAMAGE_IS_AN_ERROR).append(ABBREVIATIONS);
        if (major >= 11) {
            // Compiling a digest costs more than it saves on all but huge tables, and it is not predictable.
            sql.append("set local jit = off;\n");
        }
        if (major >= 17) {
            sql.append("set local transaction_timeout = 0;\n");
        }
        return sql.toString();
    }
}
