package pgsync.coordinator.discover;

import java.util.List;
import pgsync.sql.Quoted;
import pgsync.table.TableShape;

/**
 * What an expression means beside its words: the functions that people made and what of the database's settings its built-in functions
 * follow. PostgreSQL stores a tree of what it understood, with a number for each function and operator; the trees of 10 to 18 name these
 * numbers in the same way.
 */
final class MeaningSql {
    private MeaningSql() {}

    /** No rows. A view stores the tree of any condition that a statement may have; a temporary one is gone with the transaction. */
    static String store(TableShape table, String where) {
        return "create temp view pgsync_meaning as select 1 as one from %s where (\n%s\n)"
                .formatted(table.fromClause(), where);
    }

    /** No parameters. One row: the tree of {@link #store}. */
    static final String STORED =
            "select ev_action::text as tree from pg_rewrite where ev_class = 'pg_temp.pgsync_meaning'::regclass";

    /** {@code $1} schemas. One row per generated column: the tree of what it is computed by. */
    static final String COMPUTED = """
            select x.*
              from (select ''::"char" as attgenerated) as absent
             cross join lateral (
                select n.nspname::text as schema, c.relname::text as name, a.attname::text as column, v.adbin::text as tree
                  from pg_namespace n
                  join pg_class c on c.relnamespace = n.oid and not c.relispartition
                  join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
                  join pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum
                 where n.nspname = any ($1::text[]) and attgenerated <> '') x
            """;

    /** First number of what people made, extensions among it (transam.h, FirstNormalObjectId). */
    private static final int FIRST_MADE = 16384;

    /**
     * Built-in functions whose answer depends on a collation, by name: those that ask for one in varlena.c, varchar.c, name.c, like.c,
     * regexp.c, formatting.c, arrayfuncs.c and rowtypes.c, but not what is equal under every deterministic collation.
     */
    private static final String BY_COLLATION = "^(lower|upper|initcap|casefold|min|max|.*regex.*|regexp_.*"
            + "|(text|bpchar|name)n?iclike|(text|bpchar|name|nametext|textname|array_|record_|range_|bttext|btbpchar|btname|btarray|btrecord)"
            + "(lt|le|gt|ge|cmp|larger|smaller)"
            + "|text_(lt|le|gt|ge|larger|smaller)|(json|jsonb)_.*tsvector|.*to_ts(vector|query)|ts_headline|ts_lexize|tsmatch_t[tq])$";

    /** Those that look up a text search configuration or names of days and months in the session's settings. */
    private static final String BY_TEXT_SEARCH = "^((jsonb?_)?to_tsvector|.*to_tsquery|ts_headline|tsmatch_t[tq])$";

    private static final String BY_LOCALE = "^(to_char|to_date|to_timestamp|to_number)$";

    /**
     * {@code $1} trees. One row per tree, counted from 1: whether it compares or folds text under the database's own collation, under
     * any, by the text search configuration, by words of a locale; and the functions in it that people made, extensions' left out.
     */
    static final String MEANINGS = """
            with calls as (
                select t.n, coalesce(o.oprcode::oid::int8, m.call[2]::int8) as function, m.call[3]::int8 as rule
                  from unnest($1::text[]) with ordinality as t (tree, n)
                 cross join lateral regexp_matches(t.tree,
                           '\\{[A-Z]+ :(funcid|opno|aggfnoid|winfnoid) (\\d+)(?:[^{}]*?:inputcollid (\\d+))?', 'g') as m (call)
                  left join pg_operator o on m.call[1] = 'opno' and o.oid::int8 = m.call[2]::int8
                union all
                select t.n, null, m.rule[1]::int8
                  from unnest($1::text[]) with ordinality as t (tree, n)
                 cross join lateral regexp_matches(t.tree,
                           '\\{(?:MINMAX|MINMAXEXPR|ROWCOMPARE|ROWCOMPAREEXPR) [^{}]*:inputcollids? (?:\\(o )?(\\d+)', 'g') as m (rule)
            ), known as (
                select c.n, c.rule, c.function, p.proname, c.function >= %1$d as made,
                       exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e') as extension
                  from calls c
                  left join pg_proc p on p.oid::int8 = c.function
            ), judged as (
                select k.*, k.rule <> 0 and (k.function is null or k.made or k.proname ~ '%2$s') as by_collation
                  from known k
            )
            select t.n,
                   coalesce(bool_or(j.by_collation and j.rule = 100), false) as by_default_collation,
                   coalesce(bool_or(j.by_collation), false) as by_collation,
                   coalesce(bool_or(not j.made and j.proname ~ '%3$s'), false) as by_text_search,
                   coalesce(bool_or(not j.made and j.proname ~ '%4$s'), false) as by_locale,
                   coalesce(array_agg(distinct j.function) filter (where j.made and not j.extension), '{}') as functions
              from generate_series(1, cardinality($1::text[])) as t (n)
              left join judged j on j.n = t.n
             group by t.n
             order by t.n
            """.formatted(FIRST_MADE, BY_COLLATION, BY_TEXT_SEARCH, BY_LOCALE);

    /** What a function does, whoever prints it: not its cost, nor how it is spelled in the words of one major. */
    private static final String BODY = """
            md5(row(l.lanname, p.prosrc, p.probin, p.proconfig, p.proisstrict,
                    case when p.prosrc = '' and a.aggfnoid is null then pg_get_functiondef(p.oid) end,
                    a.aggtransfn::text, a.aggfinalfn::text, a.agginitval)::text)""";

    private static final String MADE = """
                select p.oid, p.proname, quote_ident(n.nspname) || '.' || quote_ident(p.proname)
                           || '(' || pg_get_function_identity_arguments(p.oid) || ')' as signature,
                       %2$s as body,
                       case when p.prosrc = '' and a.aggfnoid is null then pg_get_functiondef(p.oid)
                            else concat_ws(' ', p.prosrc, a.aggtransfn::text, a.aggfinalfn::text) end as words
                  from pg_proc p
                  join pg_namespace n on n.oid = p.pronamespace
                  join pg_language l on l.oid = p.prolang
                  left join pg_aggregate a on a.aggfnoid = p.oid
                 where p.oid >= %1$d
                   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            """.formatted(FIRST_MADE, BODY);

    /**
     * {@code $1} numbers of functions. One row for each of them and for each function whose name stands in the body of one that is there
     * already: {@code origin}, {@code signature}, {@code body}.
     */
    static final String BODIES = """
            with recursive made as (
            %s), reached (origin, oid) as (
                select oid, oid from made where oid::int8 = any ($1::int8[])
                union
                select r.origin, callee.oid
                  from reached r
                  join made caller on caller.oid = r.oid
                  join made callee on strpos(caller.words, callee.proname) > 0
                                  and caller.words ~ ('\\m' || regexp_replace(callee.proname, '(\\W)', '\\\\\\1', 'g') || '\\M')
            )
            select r.origin::int8 as origin, m.signature, m.body from reached r join made m on m.oid = r.oid order by r.origin, m.signature
            """.formatted(MADE);

    /** {@code $1} signatures. One row for each that is there. */
    static final String BODIES_OF = """
            with made as (
            %s)
            select signature, body from made where signature = any ($1::text[])
            """.formatted(MADE);

    /** No parameters. One row: what the session's settings say. */
    static final String SURROUNDINGS = """
            select current_setting('default_text_search_config') as text_search,
                   current_setting('lc_time') || ' ' || current_setting('lc_numeric') as locale
            """;

    /** Prepared only: does the expression do without some columns? */
    static String without(TableShape table, List<String> others, String condition) {
        return "select 1 from (select %s from %s) as %s where (\n%s\n)"
                .formatted(
                        Quoted.identifiers(others),
                        table.fromClause(),
                        Quoted.identifier(table.name().table()),
                        condition);
    }
}
