package pgsync.worker.apply;

import pgsync.sql.Quoted;
import pgsync.task.Work;

/** Makes one of a table whose slices were read in different snapshots. */
final class CatchUp {
    private final Attempt attempt;

    CatchUp(Attempt attempt) {
        this.attempt = attempt;
    }

    void run(Work.CatchUp work) {
        if (attempt.dryRun() || snapshotsOfSlices() <= 1) {
            return;
        }
        attempt.tell("slices were read in more than one snapshot: catching up");
        if (work.low() != null) {
            new UpsertChanged(attempt).part(work.low());
        } else {
            new ReconcileRows(attempt).run();
        }
        new CompareKeys(attempt).run(new Work.Keys(work.delete(), work.low()));
    }

    private long snapshotsOfSlices() {
        var table = attempt.table().table();
        return attempt.look(target -> Jdbc.one(
                attempt.doing("look at the slices of"),
                target,
                """
                select count(distinct coalesce(snapshot, id::text)) from pgsync.task
                 where run_id = '%s' and schema_name = %s and table_name = %s and kind = 'COPY'
                """
                        .formatted(
                                attempt.claim().run().value(),
                                Quoted.literal(table.schema()),
                                Quoted.literal(table.table())),
                row -> row.getLong(1)));
    }
}
