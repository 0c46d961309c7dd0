package pgsync.worker.apply;

import java.util.List;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;
import pgsync.task.TableSpec;
import pgsync.task.Work;

/**
 * TRUNCATE and an ALTER TABLE that writes all rows anew are not bound by snapshots (manual, 13.6 "Caveats"): 1. we take our
 * snapshot; 2. a partition is rewritten, with all its rows; 3. we read it, and for our snapshot it is empty. Its rows would look
 * deleted, and what changed in it would lie behind the next watermark, unread. {@code pg_class} is read in our snapshot and the
 * function in the present, so the two name different files then.
 */
final class Rewritten {
    private Rewritten() {}

    /** Throws when our snapshot does not show what a table of these steps holds. Afterwards nobody can rewrite it before our transaction ends. */
    static void refuse(Attempt attempt, List<Work> steps) {
        steps.stream()
                .flatMap(step -> tables(attempt, step).stream())
                .distinct()
                .forEach(table -> refuse(attempt, table));
    }

    private static List<TableSpec> tables(Attempt attempt, Work step) {
        return switch (step) {
            case Work.UpsertCircle(var members) ->
                members.stream().map(Work.UpsertCircle.Member::table).toList();
            case Work.DeleteCircle(var members) -> members;
            case Work.InCircle c -> List.of();
            case Work.Copy c -> List.of(attempt.table());
            case Work.Upsert u -> List.of(attempt.table());
            case Work.Reconcile r -> List.of(attempt.table());
            case Work.Keys k -> List.of(attempt.table());
            case Work.Replace r -> List.of(attempt.table());
            case Work.CatchUp c -> List.of(attempt.table());
        };
    }

    private static void refuse(Attempt attempt, TableSpec table) {
        var step = "read " + table.table();
        var from = (table.sourceOnly() ? "only " : "") + table.table().quoted();
        // Takes the lock of a reader on every partition, and with it the right to look.
        Jdbc.execute(step, attempt.source(), "select from " + from + " limit 0");
        var rewritten = Jdbc.one(
                step,
                attempt.source(),
                """
                with recursive part(relid) as (
                    select %s::regclass::oid
                    union all
                    select i.inhrelid from part p join pg_inherits i on i.inhparent = p.relid where not %b
                )
                select exists (select from part p join pg_class c on c.oid = p.relid
                                where c.relkind = 'r' and c.relfilenode <> pg_relation_filenode(c.oid))
                """.formatted(Quoted.literal(table.table().quoted()), table.sourceOnly()),
                row -> row.getBoolean(1));
        if (rewritten) {
            var reason = "it was truncated or rewritten on the source after the snapshot was taken that is read";
            throw new StepFailed(Trouble.REWRITTEN, step, reason, new IllegalStateException(reason));
        }
    }
}
