package pgsync.worker.apply;

import pgsync.claim.Claim;
import pgsync.sql.Quoted;
import pgsync.task.Counts;
import pgsync.task.TableName;
import pgsync.task.TaskId;

/** What a step records inside its own transaction. The fence was checked there already, so no condition repeats it. */
final class ProgressSql {
    private ProgressSql() {}

    static String count(TaskId task, Counts counts, int stepsDone) {
        return """
                update pgsync.task
                   set rows_upserted = rows_upserted + %d, rows_deleted = rows_deleted + %d,
                       rows_unchanged = rows_unchanged + %d, bytes = bytes + %d, position = %d
                 where id = %d
                """.formatted(
                counts.upserted(), counts.deleted(), counts.unchanged(), counts.bytes(), stepsDone, task.value());
    }

    /** The task's end, and when it was the table's last one also history, watermark and hold. */
    static String done(Claim claim) {
        var table = claim.spec().table().table();
        return """
                update pgsync.task set status = 'DONE', owner = null, finished_at = clock_timestamp() where id = %d;
                select pgsync.settle_table('%s', %s, %s)
                """.formatted(
                        claim.task().value(),
                        claim.run().value(),
                        Quoted.literal(table.schema()),
                        Quoted.literal(table.table()));
    }

    /**
     * How far an upsert ordered by stamp has come: the greatest stamp of the staged batch, never beyond the horizon. A later run
     * starts there, inclusively. Left alone by a batch of rows without a stamp: LEAST overlooks a NULL and would give the horizon.
     */
    static String position(TableName table, Claim claim, String stage, String stampColumn, String cap) {
        return """
                update pgsync.table_state s
                   set position = least(p.reached, %2$s)::text
                  from (select max(%1$s) filter (where isfinite(%1$s)) as reached from %6$s) p
                 where p.reached is not null and s.schema_name = %3$s and s.table_name = %4$s and s.current_run = '%5$s'
                """.formatted(
                        stampColumn,
                        Quoted.literal(cap),
                        Quoted.literal(table.schema()),
                        Quoted.literal(table.table()),
                        claim.run().value(),
                        stage);
    }

    /** Counts of a table whose rows the task of another one wrote; its own task ends later. */
    static String countFor(TableName table, Claim claim, Counts counts) {
        return """
                update pgsync.task
                   set rows_upserted = rows_upserted + %d, rows_deleted = rows_deleted + %d,
                       rows_unchanged = rows_unchanged + %d, bytes = bytes + %d
                 where id = (select min(id) from pgsync.task
                              where run_id = '%s' and schema_name = %s and table_name = %s and status = 'PENDING')
                """.formatted(
                        counts.upserted(),
                        counts.deleted(),
                        counts.unchanged(),
                        counts.bytes(),
                        claim.run().value(),
                        Quoted.literal(table.schema()),
                        Quoted.literal(table.table()));
    }

    /** One row: how many of the table's rows this run has deleted so far, and those before it back to the last that completed the table. */
    static String deletedSinceDone(Claim claim) {
        var table = claim.spec().table().table();
        return """
                select coalesce((select sum(t.rows_deleted) from pgsync.task t
                                  where t.run_id = '%1$s' and t.schema_name = %2$s and t.table_name = %3$s), 0)
                     + coalesce((select sum(l.rows_deleted) from pgsync.sync_log l
                                  where l.schema_name = %2$s and l.table_name = %3$s
                                    and l.id > coalesce((select max(d.id) from pgsync.sync_log d
                                                          where d.schema_name = %2$s and d.table_name = %3$s and d.status = 'done'), 0)), 0)
                """.formatted(claim.run().value(), Quoted.literal(table.schema()), Quoted.literal(table.table()));
    }

    /** One row when a task of {@code table} failed in this run: whether the guard stopped it, reason, remedy. */
    static String failureOf(TableName table, Claim claim) {
        return """
                select guard, last_error, remedy from pgsync.task
                 where run_id = '%s' and schema_name = %s and table_name = %s and status = 'FAILED'
                 order by id limit 1
                """.formatted(claim.run().value(), Quoted.literal(table.schema()), Quoted.literal(table.table()));
    }
}
