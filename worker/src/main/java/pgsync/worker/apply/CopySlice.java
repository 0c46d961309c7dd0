package pgsync.worker.apply;

import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.task.Counts;
import pgsync.task.Work;
import pgsync.worker.apply.Attempt.Written;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;

/** The first copy of a slice. Straight into the table in one transaction, or through the stage when rows may be there. */
final class CopySlice {
    private final Attempt attempt;

    CopySlice(Attempt attempt) {
        this.attempt = attempt;
    }

    void run(Work.Copy work) {
        var query = attempt.sql().select(attempt.sql().sliceCondition(work.slice()));
        try (var rows = RowStream.open(
                attempt.doing("read"), attempt.source(), query, attempt.sql().format())) {
            // Only the first attempt trusts that the table is empty: whatever broke it may have been a row in our way.
            // What
            // triggers make of a row can only be told from the stage.
            if (work.straight()
                    && attempt.claim().attempt() == 1
                    && attempt.table().triggers().isEmpty()) {
                straightOrLater(rows);
            } else if (attempt.table().keyed()) {
                new StagedUpsert(attempt).all(rows);
            } else {
                throw new IllegalStateException("a table without a key is copied whole, in one transaction");
            }
        }
    }

    /** Rows that somebody else put there meanwhile are no reason to give the table up: the next attempt upserts. */
    private void straightOrLater(RowStream rows) {
        try {
            straight(rows);
        } catch (StepFailed e) {
            if (e.trouble() == Trouble.UNIQUE_VIOLATION && attempt.table().keyed()) {
                throw new StepFailed(Trouble.SERIALIZATION, attempt.doing("copy into"), e.reason(), e);
            }
            throw e;
        }
    }

    private void straight(RowStream rows) {
        attempt.write(connection -> {
            if (attempt.dryRun()) {
                return new Written(count(rows), true);
            }
            var into = attempt.sql().copyInto(attempt.table().table().quoted());
            try (var sink = RowSink.open(
                    attempt.doing("copy into"), connection, into, attempt.sql().format())) {
                for (var row = rows.next(); row != null; row = rows.next()) {
                    sink.write(row);
                }
                sink.finish();
                new Merge(attempt).refuseBrokenDeferrable(connection);
                return new Written(Counts.upserted(sink.rows(), 0, sink.bytes()), true);
            }
        });
    }

    static Counts count(RowStream rows) {
        var counted = 0L;
        var bytes = 0L;
        for (var row = rows.next(); row != null; row = rows.next()) {
            counted++;
            bytes += row.length;
        }
        return Counts.upserted(counted, 0, bytes);
    }
}
