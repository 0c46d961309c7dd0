package pgsync.worker.apply;

import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;
import pgsync.table.ForeignKeySql;
import pgsync.task.TableName;

/**
 * Where foreign keys are on, a row that goes takes rows of other tables along, or their values, when a key says
 * {@code ON DELETE CASCADE}, {@code SET NULL} or {@code SET DEFAULT}; and nobody would bring those back.
 */
final class Cascades {
    private static final Set<String> ACTIONS = Set.of("c", "n", "d");

    private Cascades() {}

    /**
     * A foreign key that is on and refers to a table or a partition of it.
     *
     * @param child the table that it belongs to
     * @param rows of the child, for FROM
     * @param parentRows of the table or partition that it refers to, for FROM
     * @param equal the join of {@code pgsync_c}, the child, and {@code pgsync_t} by the key's own operators
     * @param onDelete as {@code pg_constraint.confdeltype}
     * @param onUpdate as {@code pg_constraint.confupdtype}
     * @param definition the constraint in SQL
     * @param readable whether our role may read the child's rows, all of them
     */
    record Referring(
            String name,
            TableName child,
            String rows,
            String parentRows,
            String equal,
            String onDelete,
            String onUpdate,
            String definition,
            boolean readable) {
        boolean actsOnDelete() {
            return ACTIONS.contains(onDelete);
        }

        boolean actsOnUpdate() {
            return ACTIONS.contains(onUpdate);
        }
    }

    /** What makes a child's constraint the same on another server. */
    record Definition(TableName child, String text) {}

    /**
     * A constraint {@code k} and, if a delete sets defaults, which: a default that is no constant gives each side a value of its own, and
     * so is told apart by {@code %s}. A constant may be cast to the column's type, which is not printed.
     */
    private static final String DEFINITION = """
            pg_catalog.pg_get_constraintdef(k.oid) || case when k.confdeltype = 'd' then (
                select string_agg(case when d.adbin is null and y.typdefault is null then ' null'
                                       when pg_catalog.pg_get_expr(d.adbin, d.adrelid)
                                                ~ '^(-?[0-9.]+|''([^'']|'''')*''|true|false|NULL)(::[a-z ]+([(][0-9,]+[)])?)*$'
                                            and not exists (select from regexp_matches(d.adbin::text, ':funcid ([0-9]+)', 'g') f
                                                              join pg_catalog.pg_proc p on p.oid = f[1]::oid where p.provolatile <> 'i')
                                           then ' ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid)
                                       else ' default of the %s' end, ',' order by a.attnum)
                  from pg_catalog.pg_attribute a
                  join pg_catalog.pg_type y on y.oid = a.atttypid
                  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                 where a.attrelid = k.conrelid and a.attnum = any (k.conkey)) else '' end
            """;

    /** Keys of whole tables, and of partitions those that only a partition has; none that is not enforced. */
    private static final String REFERRING =
            """
            select k.conname::text, n.nspname::text, c.relname::text,
                   case c.relkind when 'r' then 'only ' else '' end || k.conrelid::regclass::text,
                   case t.relkind when 'r' then 'only ' else '' end || k.confrelid::regclass::text,""" + ForeignKeySql.equal("pgsync_c", "pgsync_t") + """
                    as equal,
                   k.confdeltype::text, k.confupdtype::text,""" + DEFINITION.formatted("target") + """
                   ,
                   (has_table_privilege(k.conrelid, 'select') and not row_security_active(k.conrelid))::text
              from pgsync_tree
              join pg_catalog.pg_constraint k on k.confrelid = pgsync_tree.oid and k.contype = 'f'
              join pg_catalog.pg_class t on t.oid = k.confrelid
              join pg_catalog.pg_class c on c.oid = k.conrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where coalesce(to_jsonb(k) ->> 'conparentid', '0') = '0'
               and coalesce(to_jsonb(k) ->> 'conenforced', 'true') = 'true'
               -- A period may still be covered when one of its rows is gone; such keys have no action.
               and coalesce(to_jsonb(k) ->> 'conperiod', 'false') = 'false'
             order by 1, 2, 3
            """;

    private static final String DEFINITIONS = """
            select n.nspname::text, c.relname::text,""" + DEFINITION.formatted("source") + """
              from pg_catalog.pg_constraint k
              join pg_catalog.pg_class c on c.oid = k.conrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where k.contype = 'f'
            """;

    /** The target's foreign keys that refer to the table. Ask {@link Attempt#referring}, which asks once. */
    static List<Referring> referring(TableName table, Connection target) {
        return Jdbc.texts(
                        "look at what refers to " + table,
                        target,
                        TableSql.TREE.formatted(Quoted.literal(table.quoted())) + REFERRING)
                .stream()
                .map(row -> new Referring(
                        row.get(0),
                        new TableName(row.get(1), row.get(2)),
                        row.get(3),
                        row.get(4),
                        row.get(5),
                        row.get(6),
                        row.get(7),
                        row.get(8),
                        Boolean.parseBoolean(row.get(9))))
                .toList();
    }

    /** Every foreign key of the source. Ask {@link Attempt#doesTheSame}, which asks once. */
    static Set<Definition> onSource(Connection source) {
        return Jdbc.texts("look at the foreign keys of the source", source, DEFINITIONS).stream()
                .map(row -> new Definition(new TableName(row.get(0), row.get(1)), row.get(2)))
                .collect(Collectors.toSet());
    }

    /**
     * Whether deleting a row may do more than that or be forbidden, though it is inserted again: by {@code ON DELETE RESTRICT} at once;
     * by any foreign key when the source has the row no longer, because its children are deleted later.
     */
    static boolean deletesCarryMore(Attempt attempt, Connection target) {
        return !attempt.referring(target).isEmpty();
    }

    /** Throws {@link StepFailed} when deleting and inserting a row again would change rows of other tables. */
    static void refuse(Attempt attempt, Connection target) {
        var dependents = attempt.referring(target).stream()
                .filter(Referring::actsOnDelete)
                .map(key -> key.child().toString())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!dependents.isEmpty()) {
            throw new StepFailed(
                    Trouble.FOREIGN_KEY_VIOLATION,
                    attempt.doing("replace rows of"),
                    "deleting its rows to insert them again would also change " + dependents,
                    new IllegalStateException("foreign keys with ON DELETE CASCADE, SET NULL or SET DEFAULT"));
        }
    }

    /** @param keys temporary table of the keys of the rows that are about to go */
    record Doomed(Attempt attempt, String keys) {
        private String sameKey(String alias) {
            return attempt.sql().sameKey("pgsync_e", alias);
        }
    }

    /**
     * Throws {@link StepFailed} when rows that stay refer to rows that are about to go. Children were deleted before: what still
     * refers to these is there on the source too, or nobody brings it in step; a cascade would take it along.
     */
    static void refuseDelete(List<Doomed> all, Connection target) {
        for (var doomed : all) {
            for (var key : doomed.attempt().referring(target)) {
                if (key.actsOnDelete() ? !doomed.attempt().leavesBehindWhatTheSourceDid(key) : key.readable()) {
                    refuseDelete(doomed, key, all, target);
                }
            }
        }
    }

    private static void refuseDelete(Doomed doomed, Referring key, List<Doomed> all, Connection target) {
        var goesToo = all.stream()
                .filter(other -> other.attempt().table().table().equals(key.child()))
                .map(other -> " where not exists (select 1 from %s pgsync_e where %s)"
                        .formatted(other.keys(), other.sameKey("pgsync_c")))
                .findFirst()
                .orElse("");
        var step = doomed.attempt().doing("delete from");
        var stay = Jdbc.one(
                step,
                target,
                "select exists (select 1 from %s pgsync_c join %s pgsync_t on %s join %s pgsync_e on %s%s)"
                        .formatted(
                                key.rows(),
                                key.parentRows(),
                                key.equal(),
                                doomed.keys(),
                                doomed.sameKey("pgsync_t"),
                                goesToo),
                row -> row.getBoolean(1));
        if (!stay) {
            return;
        }
        if (key.actsOnDelete()) {
            throw new StepFailed(
                    Trouble.STILL_REFERRED_TO,
                    step,
                    "its foreign key %s would also change rows of %s that the source still has"
                            .formatted(Quoted.printable(key.name()), key.child()),
                    new IllegalStateException("foreign keys with ON DELETE CASCADE, SET NULL or SET DEFAULT"));
        }
        throw new StepFailed(
                Trouble.STILL_REFERRED_TO,
                step,
                "rows of %s that stay refer to rows that the source no longer has, by foreign key %s"
                        .formatted(key.child(), Quoted.printable(key.name())),
                new IllegalStateException("children outlive their parents"));
    }
}
