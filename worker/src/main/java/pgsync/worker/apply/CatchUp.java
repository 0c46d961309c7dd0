package pgsync.worker.apply;

import pgsync.sql.Quoted;
import pgsync.task.Work;

/** Makes one of a table whose slices were not all read in the snapshot of this run. */
final class CatchUp {
    private final Attempt attempt;

    CatchUp(Attempt attempt) {
        this.attempt = attempt;
    }

    void run(Work.CatchUp work) {
        if (attempt.dryRun() || slicesOfOtherSnapshots() == 0) {
            return;
        }
        attempt.tell("slices were read in other snapshots than this run's: catching up");
        if (work.low() != null) {
            new UpsertChanged(attempt).part(work.low());
        } else {
            new ReconcileRows(attempt).run();
        }
        new CompareKeys(attempt).run(new Work.Keys(work.delete(), work.low()));
    }

    // Not whether the slices agree with each other: 1. all slices of a run commit; 2. it is killed before it closes the
    // books; 3. the
    // next run takes them over, and stores its own horizon. What changed between the two snapshots would never arrive.
    // A source that was restarted may give the same name to another snapshot, so slices of an earlier run count as
    // well.
    private long slicesOfOtherSnapshots() {
        var table = attempt.table().table();
        var snapshot = attempt.claim().snapshot();
        return attempt.look(target -> Jdbc.one(
                attempt.doing("look at the slices of"),
                target,
                """
                select count(*) from pgsync.task t join pgsync.run r on r.id = t.run_id
                 where t.run_id = '%s' and t.schema_name = %s and t.table_name = %s and t.kind = 'COPY'
                   and (t.snapshot is null or t.snapshot is distinct from %s or t.started_at < r.started_at)
                """.formatted(
                                attempt.claim().run().value(),
                                Quoted.literal(table.schema()),
                                Quoted.literal(table.table()),
                                snapshot == null ? "null" : Quoted.literal(snapshot)),
                row -> row.getLong(1)));
    }
}
