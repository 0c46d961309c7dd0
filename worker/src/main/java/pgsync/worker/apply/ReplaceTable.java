package pgsync.worker.apply;

import java.sql.Connection;
import pgsync.task.Counts;
import pgsync.task.Work;
import pgsync.worker.apply.Attempt.Written;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;

/** A table without a key: nothing names its rows, so it is compared as a multiset and, when different, made equal in one transaction. */
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
            attempt.write(target -> new Written(write(target, rows, totals), true));
        }
    }

    private Counts write(Connection target, RowStream rows, Digests.Totals totals) {
        if (attempt.dryRun()) {
            return rehearsed(target, rows, totals);
        }
        var bystanders = Bystanders.of(attempt, target);
        var written = totals.target().rows() == 0 ? fill(target, rows) : replace(target, rows);
        bystanders.refuseIfTouched(written.upserted(), written.deleted(), false);
        new Merge(attempt).refuseBrokenDeferrable(target);
        if (!attempt.table().triggers().isEmpty()) {
            refuseIfChanged(target, totals);
        }
        return written;
    }

    private Counts rehearsed(Connection target, RowStream rows, Digests.Totals totals) {
        if (totals.target().rows() == 0) {
            return CopySlice.count(rows);
        }
        var sql = attempt.sql();
        var step = attempt.doing("count differing rows of");
        Jdbc.execute(step, target, sql.createStage());
        var staged = copied(target, rows, sql.copyInto(sql.stage()));
        return Jdbc.one(step, target, sql.countLackingAndSurplus(), row -> {
            var lacking = row.getLong(1);
            return new Counts(lacking, row.getLong(2), staged.upserted() - lacking, staged.bytes());
        });
    }

    /** Nothing is there to be kept: straight in. */
    private Counts fill(Connection target, RowStream rows) {
        var into = attempt.sql().copyInto(attempt.table().table().quoted());
        return copied(target, rows, into);
    }

    /** Rows that both sides hold stay where they are, with what only the target has of them. */
    private Counts replace(Connection target, RowStream rows) {
        var sql = attempt.sql();
        var step = attempt.doing("replace rows of");
        Jdbc.execute(step, target, sql.createStage());
        var staged = copied(target, rows, sql.copyInto(sql.stage()));
        Jdbc.execute(step, target, "analyze " + sql.stage());
        var deleted = Jdbc.execute(step, target, sql.deleteSurplus());
        var inserted = Jdbc.execute(step, target, sql.insertLacking());
        return new Counts(inserted, deleted, staged.upserted() - inserted, staged.bytes());
    }

    private Counts copied(Connection target, RowStream rows, String into) {
        try (var sink = RowSink.open(
                attempt.doing("replace rows of"), target, into, attempt.sql().format())) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                sink.write(row);
            }
            sink.finish();
            return new Counts(sink.rows(), 0, 0, sink.bytes());
        }
    }

    private void refuseIfChanged(Connection target, Digests.Totals totals) {
        if (!new Digests(attempt).rowsNow(target).equals(totals.source())) {
            throw Merge.changed(
                    attempt, attempt.doing("look again at"), totals.source().rows());
        }
    }
}
