package pgsync.worker.apply;

import java.sql.Connection;
import pgsync.task.Counts;
import pgsync.task.Work;
import pgsync.worker.apply.Attempt.Written;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;

/** A table without a key: nothing names its rows, so it is compared as a multiset and, when different, replaced in one transaction. */
final class ReplaceTable {
    private final Attempt attempt;

    ReplaceTable(Attempt attempt) {
        this.attempt = attempt;
    }

    void run(Work.Replace work) {
        var totals = new Digests(attempt).ofRows();
        if (totals.same()) {
            return;
        }
        if (!work.delete() && totals.target().rows() > 0) {
            throw new GuardStopped(
                    "has no key and differs: it can only be replaced, and -delete never forbids that",
                    "give it a primary key on both sides, or exclude it");
        }
        var spec = attempt.claim().spec();
        if (totals.source().rows() == 0 && !spec.forceDeletes()) {
            throw new GuardStopped(
                    "the source has no rows at all, the target has %,d: refusing to delete them"
                            .formatted(totals.target().rows()),
                    "check that the source is the right one; then -force-deletes");
        }
        // No key tells which rows would go for good, but at least as many as the table shrinks by.
        var fewer = totals.target().rows() - totals.source().rows();
        if (!spec.forceDeletes() && fewer * 100 > totals.target().rows() * (long) spec.maxDeletePercent()) {
            throw new GuardStopped(
                    "would replace %,d rows by %,d, more than %d %% fewer"
                            .formatted(totals.target().rows(), totals.source().rows(), spec.maxDeletePercent()),
                    "check that the source is complete; then -force-deletes, or a higher -max-delete-percent");
        }
        var sql = attempt.sql();
        try (var rows = RowStream.open(attempt.doing("read"), attempt.source(), sql.select(null), sql.format())) {
            attempt.write(target -> attempt.dryRun()
                    ? new Written(rehearsed(rows, totals), true)
                    : new Written(replace(target, rows, totals), true));
        }
    }

    private static Counts rehearsed(RowStream rows, Digests.Totals totals) {
        return CopySlice.count(rows).plus(Counts.deleted(totals.target().rows()));
    }

    private Counts replace(Connection target, RowStream rows, Digests.Totals totals) {
        var sql = attempt.sql();
        Cascades.refuse(attempt, target);
        // DELETE, not TRUNCATE: readers with older snapshots keep seeing the old rows, and no exclusive lock stops
        // them.
        var deleted = Jdbc.execute(
                attempt.doing("replace rows of"), target, "delete from " + sql.target() + sql.filtered(null));
        var into = sql.copyInto(attempt.table().table().quoted());
        try (var sink = RowSink.open(attempt.doing("replace rows of"), target, into, sql.format())) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                sink.write(row);
            }
            sink.finish();
            if (!attempt.table().triggers().isEmpty()) {
                refuseIfChanged(target, totals);
            }
            return new Counts(sink.rows(), deleted, 0, sink.bytes());
        }
    }

    private void refuseIfChanged(Connection target, Digests.Totals totals) {
        if (!new Digests(attempt).rowsNow(target).equals(totals.source())) {
            throw Merge.changed(
                    attempt, attempt.doing("look again at"), totals.source().rows());
        }
    }
}
