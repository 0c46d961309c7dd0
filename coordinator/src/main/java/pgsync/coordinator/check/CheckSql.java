package pgsync.coordinator.check;

import java.util.stream.Collectors;
import pgsync.sql.Quoted;
import pgsync.table.ForeignKey;
import pgsync.task.TableName;

/** The SQL of the check. Only {@link ForeignKeyCheck} reads it. */
final class CheckSql {
    private CheckSql() {}

    /** More rows than this are "more than". */
    static final int MOST = 1_000;

    /** A lock that somebody holds is no reason to keep a run open. */
    static final String BEGIN = """
            begin isolation level repeatable read read only;
            set local row_security = off;
            set local statement_timeout = 0;
            set local lock_timeout = '5s'
            """;

    static final String END = "rollback";

    static final String BEFORE_ONE = "savepoint one";

    static final String AFTER_ONE = "rollback to savepoint one; release savepoint one";

    /** {@code $1} run. One row: whether a session of it wrote with foreign keys off. */
    static final String BYPASSED = """
            select exists (select 1 from pgsync.task
                            where run_id = $1 and spec::json #>> '{table,replicaRole}' = 'true') as bypassed
            """;

    /** {@code $1} schema, {@code $2} table. One row: whether it is the root of partitions. */
    static final String PARTITIONED = """
            select exists (select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                            where n.nspname = $1 and c.relname = $2 and c.relkind = 'p') as partitioned
            """;

    /** {@code $1} run, {@code $2} schema, {@code $3} table, {@code $4} what was found, {@code $5} remedy. The table stays done. */
    static final String NOTE = """
            update pgsync.sync_log set error = $4, remedy = $5
             where run_id = $1 and schema_name = $2 and table_name = $3 and error is null
            """;

    /** One row: how many rows refer to nothing, counted no further than one more than {@link #MOST}. A reference with a NULL in it is none. */
    static String orphans(ForeignKey key, boolean childPartitioned, boolean parentPartitioned) {
        var parent = from(key.parent(), parentPartitioned);
        return count(
                key,
                childPartitioned,
                nulls(key, " is not null", " and ") + " and not "
                        + (key.period() ? isCovered(key, parent) : exists(key, parent)));
    }

    /** One row: how many rows have a NULL in some columns of the key and not in all, counted as {@link #orphans} are. */
    static String partlyNull(ForeignKey key, boolean childPartitioned) {
        return count(
                key,
                childPartitioned,
                "(%s) and (%s)".formatted(nulls(key, " is null", " or "), nulls(key, " is not null", " or ")));
    }

    private static String count(ForeignKey key, boolean childPartitioned, String broken) {
        return "select count(*) as broken from (select 1 from %s c where %s limit %d) b"
                .formatted(from(key.child(), childPartitioned), broken, MOST + 1);
    }

    private static String nulls(ForeignKey key, String test, String and) {
        return key.columns().stream()
                .map(column -> "c." + Quoted.identifier(column) + test)
                .collect(Collectors.joining(and));
    }

    private static String exists(ForeignKey key, String parent) {
        return "exists (select 1 from %s p where %s)".formatted(parent, key.equal());
    }

    /** What CREATE TABLE promises of a PERIOD: the rows referred to have the other values, and their ranges together cover this one. */
    private static String isCovered(ForeignKey key, String parent) {
        return "coalesce(c.%s operator(pg_catalog.<@) (select pg_catalog.range_agg(p.%s) from %s p where %s), false)"
                .formatted(
                        Quoted.identifier(key.columns().getLast()),
                        Quoted.identifier(key.referencedColumns().getLast()),
                        parent,
                        key.equal());
    }

    private static String from(TableName table, boolean partitioned) {
        return (partitioned ? "" : "only ") + table.quoted();
    }
}
