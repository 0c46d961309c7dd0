package pgsync.worker.apply;

import java.sql.Connection;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;

/**
 * Where foreign keys are on, a row that is deleted only to be inserted again takes rows of other tables along, or their values,
 * when a key says {@code ON DELETE CASCADE}, {@code SET NULL} or {@code SET DEFAULT}; and nobody would bring those back.
 */
final class Cascades {
    private Cascades() {}

    /** Throws {@link StepFailed} when deleting and inserting a row again would change more than its synchronized columns. */
    static void refuse(Attempt attempt, Connection target) {
        if (!attempt.table().wholeRows()) {
            throw new StepFailed(
                    Trouble.UNIQUE_VIOLATION,
                    attempt.doing("replace rows of"),
                    "deleting its rows to insert them again would empty columns that only the target has",
                    new IllegalStateException("columns of the target alone"));
        }
        if (attempt.table().replicaRole()) {
            return;
        }
        var step = attempt.doing("replace rows of");
        var dependents = Jdbc.one(
                step,
                target,
                """
                select coalesce(string_agg(distinct conrelid::regclass::text, ', '), '')
                  from pg_catalog.pg_constraint
                 where contype = 'f' and confdeltype in ('c', 'n', 'd') and confrelid = %s::regclass
                """.formatted(Quoted.literal(attempt.table().table().quoted())),
                row -> row.getString(1));
        if (!dependents.isEmpty()) {
            throw new StepFailed(
                    Trouble.FOREIGN_KEY_VIOLATION,
                    step,
                    "deleting its rows to insert them again would also change " + Quoted.printable(dependents),
                    new IllegalStateException("foreign keys with ON DELETE CASCADE, SET NULL or SET DEFAULT"));
        }
    }
}
