package pgsync.worker.apply;

import java.sql.Connection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import pgsync.sql.Quoted;
import pgsync.task.TableSpec.ColumnSpec;

/**
 * The gentle way for unique values that moved: the columns that hold them are emptied for a moment. No row is deleted, so nothing that
 * refers to one notices, and columns that only the target has keep what they hold.
 */
final class Parking {
    private Parking() {}

    /**
     * The columns to set to NULL so that no unique index but the key's objects to anything; none when there is an index without such a
     * column: all of it is NOT NULL, an expression, referred to by a foreign key, or NULL equals NULL in it.
     */
    static List<String> columns(Attempt attempt, Connection target) {
        var table = attempt.table();
        if (table.uniques().stream().anyMatch(unique -> unique.nullsAreEqual())) {
            return List.of();
        }
        var usable = table.columns().stream()
                .filter(ColumnSpec::settable)
                .map(ColumnSpec::name)
                .filter(name -> !table.key().contains(name))
                .toList();
        var columns = new LinkedHashSet<String>();
        for (var index : Jdbc.texts(attempt.doing("replace rows of"), target, """
                select coalesce(min(a.attname) filter (where not a.attnotnull and a.attname = any (array[%2$s]::name[])
                                                and not exists (select 1 from pg_catalog.pg_constraint f
                                                                 where f.contype = 'f' and f.confrelid = i.indrelid
                                                                   and a.attnum = any (f.confkey))), ''),
                       coalesce(bool_and(a.attname = any (array[%3$s]::name[])), false)::text
                  from pg_catalog.pg_index i
                  cross join unnest(i.indkey::int2[]) with ordinality as k (number, place)
                  left join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
                 where i.indrelid = %1$s::regclass and (i.indisunique or i.indisexclusion)
                   and k.place <= coalesce((to_jsonb(i) ->> 'indnkeyatts')::int, i.indnatts)
                 group by i.indexrelid
                """.formatted(
                        Quoted.literal(table.table().quoted()), literals(usable), literals(table.key())))) {
            if (Boolean.parseBoolean(index.get(1))) {
                continue;
            }
            if (index.get(0).isEmpty()) {
                return List.of();
            }
            columns.add(index.get(0));
        }
        return List.copyOf(columns);
    }

    private static String literals(List<String> names) {
        return names.stream().map(Quoted::literal).collect(Collectors.joining(", "));
    }
}
