package pgsync.worker.apply;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import pgsync.sql.Quoted;
import pgsync.task.TableSpec.UniquePart;
import pgsync.task.TableSpec.UniqueSpec;

/**
 * What may keep two rows of the target from standing side by side: unique indexes other than the key's, and exclusion constraints, of the
 * table or of a partition of it. Says in SQL which rows of the target a staged row cannot stand beside.
 */
final class Rivals {
    /** Reads {@code pgsync_t}, a target row, and {@code pgsync_s}, a staged one, both with the values in columns of these names. */
    private record Rival(String name, List<Value> values, String collide, boolean deferrable) {}

    private record Value(String name, String expression) {}

    private final TableSql sql;
    private final List<Rival> rivals;
    /** Columns that the target computes, for staged rows. */
    private final List<Value> generated;

    private Rivals(TableSql sql, List<Rival> rivals, List<Value> generated) {
        this.sql = sql;
        this.rivals = rivals;
        this.generated = generated;
    }

    static Rivals of(Attempt attempt, Connection target) {
        var deferrable = deferrable(attempt, target);
        var generated = generated(attempt, target);
        var sql = attempt.sql();
        var rivals = new ArrayList<Rival>();
        for (var unique : attempt.table().uniques()) {
            rivals.add(rival(sql, unique, deferrable.contains(unique.name())));
        }
        rivals.addAll(exclusions(attempt, target, deferrable, generated));
        return new Rivals(sql, List.copyOf(rivals), generated);
    }

    private static Rival rival(TableSql sql, UniqueSpec unique, boolean deferrable) {
        var values = new ArrayList<Value>();
        var equal = new ArrayList<String>();
        for (var i = 0; i < unique.parts().size(); i++) {
            var part = unique.parts().get(i);
            var name = sql.free("pgsync_u" + i);
            values.add(new Value(name, part.expression()));
            equal.add(sameValue(name, part, unique.nullsAreEqual()));
        }
        return new Rival(unique.name(), values, String.join(" and ", equal), deferrable);
    }

    /** Whether a staged and a target row collide in this column of an index, NULLs included. */
    private static String sameValue(String name, UniquePart part, boolean nullsAreEqual) {
        var operator = part.operator();
        if (operator != null) {
            var equal = "pgsync_t.%1$s %2$s pgsync_s.%1$s".formatted(name, operator);
            return nullsAreEqual
                    ? "(%2$s or pgsync_t.%1$s is not distinct from null and pgsync_s.%1$s is not distinct from null)"
                            .formatted(name, equal)
                    : equal;
        }
        var same = TableSql.same("pgsync_t." + name, "pgsync_s." + name, part.asRecord() || nullsAreEqual);
        // IS DISTINCT FROM, since IS NOT NULL is false for a composite value with one NULL field (manual, 9.2).
        return nullsAreEqual ? same : same + " and pgsync_t." + name + " is distinct from null";
    }

    /**
     * Names of the indexes of deferrable constraints. PostgreSQL looks at those when a transaction ends, which is too late for us, and
     * not at all where a session has its triggers switched off.
     */
    static Set<String> deferrable(Attempt attempt, Connection target) {
        return Jdbc.texts(
                        attempt.doing("look at the constraints of"),
                        target,
                        TableSql.TREE.formatted(name(attempt)) + """
                select i.relname::text
                  from pgsync_tree
                  join pg_catalog.pg_constraint k on k.conrelid = pgsync_tree.oid
                  join pg_catalog.pg_class i on i.oid = k.conindid
                 where k.contype in ('p', 'u', 'x') and k.condeferrable
                """)
                .stream()
                .map(List::getFirst)
                .collect(Collectors.toSet());
    }

    /** Generated columns that need nothing but columns which travel. */
    private static List<Value> generated(Attempt attempt, Connection target) {
        return Jdbc.texts(attempt.doing("look at the columns of"), target, """
                select a.attname::text, pg_catalog.pg_get_expr(v.adbin, v.adrelid)
                  from pg_catalog.pg_attribute a
                  join pg_catalog.pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum
                 where a.attrelid = %1$s::regclass and not a.attisdropped
                   and coalesce(to_jsonb(a) ->> 'attgenerated', '') <> ''
                   and not exists (
                       select 1
                         from pg_catalog.pg_depend d
                         join pg_catalog.pg_attribute c on c.attrelid = d.refobjid and c.attnum = d.refobjsubid
                        where d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid
                          and (d.classid = 'pg_attrdef'::regclass and d.objid = v.oid and d.refobjsubid <> a.attnum
                               or d.classid = 'pg_class'::regclass and d.objid = a.attrelid and d.objsubid = a.attnum)
                          and c.attname <> all (array[%2$s]::name[]))
                """.formatted(
                                name(attempt), literals(columns(attempt))))
                .stream()
                .map(row -> new Value(row.get(0), row.get(1)))
                .toList();
    }

    /** Not those with columns that get no value from the source, as with unique indexes. */
    private static List<Rival> exclusions(
            Attempt attempt, Connection target, Set<String> deferrable, List<Value> generated) {
        var known = new ArrayList<>(columns(attempt));
        generated.forEach(value -> known.add(value.name()));
        record Part(Value value, String operator) {}
        record Index(String oid, String name) {}
        var parts = new LinkedHashMap<Index, List<Part>>();
        for (var row : Jdbc.texts(
                attempt.doing("look at the constraints of"),
                target,
                TableSql.TREE.formatted(name(attempt)) + """
                select c.oid::text, c.relname::text,
                       concat_ws(' and ', '(' || pg_catalog.pg_get_expr(i.indpred, i.indrelid) || ')',
                                 '(' || pg_catalog.pg_get_partition_constraintdef(k.conrelid) || ')'),
                       coalesce(quote_ident(a.attname), pg_catalog.pg_get_indexdef(i.indexrelid, u.n::int, false))
                           || coalesce(' collate ' || quote_ident(ls.nspname) || '.' || quote_ident(l.collname), ''),
                       format('operator(%%I.%%s)', os.nspname, o.oprname)
                  from pgsync_tree
                  join pg_catalog.pg_constraint k on k.conrelid = pgsync_tree.oid
                  join pg_catalog.pg_index i on i.indexrelid = k.conindid
                  join pg_catalog.pg_class c on c.oid = i.indexrelid
                 cross join unnest(k.conexclop) with ordinality as u(operator, n)
                  join pg_catalog.pg_operator o on o.oid = u.operator
                  join pg_catalog.pg_namespace os on os.oid = o.oprnamespace
                  left join pg_catalog.pg_attribute a
                    on a.attrelid = k.conrelid and a.attnum = i.indkey[u.n::int - 1] and a.attnum > 0
                  left join pg_catalog.pg_collation l on l.oid = i.indcollation[u.n::int - 1] and l.collname <> 'default'
                  left join pg_catalog.pg_namespace ls on ls.oid = l.collnamespace
                 -- From 17 a partitioned table may have one, and its partitions have parts of it.
                 where coalesce(to_jsonb(k) ->> 'conparentid', '0') = '0'
                   and not exists (
                       select 1
                         from pg_catalog.pg_depend d
                         join pg_catalog.pg_attribute r on r.attrelid = d.refobjid and r.attnum = d.refobjsubid
                        where d.refclassid = 'pg_class'::regclass and d.refobjid = k.conrelid
                          and (d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
                               or d.classid = 'pg_constraint'::regclass and d.objid = k.oid)
                          and r.attname <> all (array[%1$s]::name[]))
                 order by 1, u.n
                """.formatted(literals(known)))) {
            var index = new Index(row.get(0), row.get(1));
            var some = parts.computeIfAbsent(index, constraint -> new ArrayList<>());
            var expression = row.get(2).isEmpty()
                    ? row.get(3)
                    // A row outside a partial constraint has NULL for it, which no operator is true of.
                    : "case when (" + row.get(2) + ") then (" + row.get(3) + ") end";
            some.add(new Part(new Value(attempt.sql().free("pgsync_u" + some.size()), expression), row.get(4)));
        }
        return parts.entrySet().stream()
                .map(constraint -> new Rival(
                        constraint.getKey().name(),
                        constraint.getValue().stream().map(Part::value).toList(),
                        constraint.getValue().stream()
                                .map(part -> "pgsync_t.%1$s %2$s pgsync_s.%1$s"
                                        .formatted(part.value().name(), part.operator()))
                                .collect(Collectors.joining(" and ")),
                        deferrable.contains(constraint.getKey().name())))
                .toList();
    }

    private static List<String> columns(Attempt attempt) {
        return attempt.table().columns().stream().map(column -> column.name()).toList();
    }

    private static String name(Attempt attempt) {
        return Quoted.literal(attempt.table().table().quoted());
    }

    private static String literals(List<String> names) {
        return names.stream().map(Quoted::literal).collect(Collectors.joining(", "));
    }

    boolean none() {
        return rivals.isEmpty();
    }

    /** Whether some of them are deferrable. */
    boolean anyDeferrable() {
        return rivals.stream().anyMatch(Rival::deferrable);
    }

    /** A query for the key of each target row that some staged row of another key cannot stand beside. Never called without rivals. */
    String inTheWay() {
        return rivals.stream().map(this::collisions).collect(Collectors.joining(" union all "));
    }

    /** The same where only deferrable ones count. Never called without those. */
    String inTheWayOfDeferrable() {
        return rivals.stream()
                .filter(Rival::deferrable)
                .map(this::collisions)
                .collect(Collectors.joining(" union all "));
    }

    /** A query for rows of the target that cannot stand beside each other by a deferrable one. Never called without those. */
    String besideEachOther() {
        return rivals.stream()
                .filter(Rival::deferrable)
                .map(rival -> "select 1 from %1$s pgsync_t join %1$s pgsync_s on %2$s and %3$s"
                        .formatted(
                                "(select tableoid as pgsync_o, ctid as pgsync_c, %s from %s)"
                                        .formatted(aliased(rival), sql.target()),
                                rival.collide(),
                                "(pgsync_s.pgsync_c <> pgsync_t.pgsync_c or pgsync_s.pgsync_o <> pgsync_t.pgsync_o)"))
                .collect(Collectors.joining(" union all "));
    }

    private static String aliased(Rival rival) {
        return rival.values().stream()
                .map(value -> "(" + value.expression() + ") as " + value.name())
                .collect(Collectors.joining(", "));
    }

    private String collisions(Rival rival) {
        return "select %1$s from (select %2$s, %3$s from %4$s) pgsync_t join (select %2$s, %3$s from %5$s) pgsync_s on %6$s and not (%7$s)"
                .formatted(
                        sql.keyOf("pgsync_t"),
                        sql.key(),
                        aliased(rival),
                        sql.target(),
                        staged(),
                        rival.collide(),
                        sql.sameKey("pgsync_s", "pgsync_t"));
    }

    /** Staged rows have no generated columns yet. */
    private String staged() {
        if (generated.isEmpty()) {
            return sql.stage();
        }
        return generated.stream()
                .map(value -> "(" + value.expression() + ") as " + Quoted.identifier(value.name()))
                .collect(Collectors.joining(", ", "(select *, ", " from " + sql.stage() + ") pgsync_g"));
    }
}
