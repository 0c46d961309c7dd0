package pgsync.worker.apply;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Stands before deletes of more rows of one table than a wrong or incomplete source should cost. What went in runs that did not complete
 * the table counts as well: else each of them could take its share.
 */
final class DeleteGuard {
    private static final String REMEDY =
            "check that the source is the right one and complete; then -force-deletes, or a higher -max-delete-percent";

    private final Attempt attempt;
    private @Nullable Long rowsBefore;

    DeleteGuard(Attempt attempt) {
        this.attempt = attempt;
    }

    /** Throws {@link GuardStopped} where these rows of the target may not all go. */
    void refuse(long extra, Digests.Totals totals, Connection target) {
        if (extra == 0 || attempt.claim().spec().forceDeletes()) {
            return;
        }
        var rows = totals.target().rows();
        if (totals.source().rows() == 0) {
            throw new GuardStopped(
                    "the source has no rows at all, the target has %,d: refusing to delete them".formatted(rows),
                    REMEDY);
        }
        var gone = gone(target);
        refuseMany(extra, gone, rows + gone, "");
    }

    /**
     * The same of rows that go ahead of others because these need their unique values, batch by batch: a source whose rows have all got
     * new keys exchanges the whole table so. For each of them another one comes, so the table keeps its size.
     */
    void refuseInTheWay(long more, Connection target) {
        if (more == 0 || attempt.claim().spec().forceDeletes()) {
            return;
        }
        if (rowsBefore == null) {
            rowsBefore = Jdbc.one(
                    attempt.doing("count rows of"),
                    target,
                    "select count(*) from " + attempt.sql().target(),
                    row -> row.getLong(1));
        }
        refuseMany(more, gone(target), rowsBefore, ": other rows of the source have their unique values now");
    }

    /** A rehearsal deletes nothing, and there may be no books yet. */
    private long gone(Connection target) {
        return attempt.dryRun()
                ? 0
                : Jdbc.one(
                        attempt.doing("look at what was deleted from"),
                        target,
                        ProgressSql.deletedSinceDone(attempt.claim()),
                        row -> row.getLong(1));
    }

    private void refuseMany(long more, long gone, long rows, String why) {
        var most = attempt.claim().spec().maxDeletePercent();
        var all = more + gone;
        if (all * 100 > rows * (long) most) {
            throw new GuardStopped(
                    "would delete %,d of %,d rows (%.1f %%), more than %d %%%s%s"
                            .formatted(
                                    all,
                                    rows,
                                    all * 100.0 / rows,
                                    most,
                                    why,
                                    gone == 0
                                            ? ""
                                            : "; %,d of them went before, since a run last completed it"
                                                    .formatted(gone)),
                    REMEDY);
        }
    }
}
