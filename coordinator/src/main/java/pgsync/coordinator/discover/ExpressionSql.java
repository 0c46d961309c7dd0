package pgsync.coordinator.discover;

import java.util.List;
import pgsync.table.TableShape;

/** Lets the target read two expressions over a table's columns. Only {@link ExpressionCheck} uses it, and rolls back. */
final class ExpressionSql {
    private ExpressionSql() {}

    /**
     * One row. PostgreSQL stores how it understood an expression; with it stand where in the text a word was and how it wants to be
     * printed, which is all that may differ.
     */
    static final String ARE_THE_SAME = """
            select count(distinct regexp_replace(conbin::text, ':([a-z]+format|row_format|location) -?\\d+', '', 'g')) = 1 as same
              from pg_constraint
             where conrelid = 'pg_temp.pgsync_computed'::regclass and contype = 'c'
            """;

    /** No rows. A check constraint may hold any expression that a generated column may, and both are read over the same columns. */
    static List<String> readBoth(TableShape table, String source, String target) {
        return List.of(
                "create temp table pgsync_computed (like %s) on commit drop"
                        .formatted(table.name().quoted()),
                check("by_source", source),
                check("by_target", target));
    }

    private static String check(String name, String expression) {
        return "alter table pg_temp.pgsync_computed add constraint %s check ((%s) is null)".formatted(name, expression);
    }
}
