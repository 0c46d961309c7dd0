package pgsync.worker.apply;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Stands before deletes of more rows of one table than a wrong or incomplete source should cost. One for each attempt. */
final class DeleteGuard {
    private static final String REMEDY =
            "check that the source is the right one and complete; then -force-deletes, or a higher -max-delete-percent";

    private final Attempt attempt;
    private @Nullable Long rowsBefore;

    DeleteGuard(Attempt attempt) {
        this.attempt = attempt;
    }

    /** Throws {@link GuardStopped} where these rows of the target may not all go. */
    void refuse(long extra, Digests.Totals totals) {
        if (extra == 0 || attempt.claim().spec().forceDeletes()) {
            return;
        }
        if (totals.source().rows() == 0) {
            throw new GuardStopped(
                    "the source has no rows at all, the target has %,d: refusing to delete them"
                            .formatted(totals.target().rows()),
                    REMEDY);
        }
        refuseMany(extra, totals.target().rows(), "");
    }

    /**
     * The same of rows that go ahead of others because these need their unique values, batch by batch: a source whose rows have all got
     * new keys exchanges the whole table so.
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
        refuseMany(
                attempt.total().deleted() + more,
                rowsBefore,
                ": other rows of the source have their unique values now");
    }

    private void refuseMany(long extra, long rows, String why) {
        var most = attempt.claim().spec().maxDeletePercent();
        if (extra * 100 > rows * (long) most) {
            throw new GuardStopped(
                    "would delete %,d of %,d rows (%.1f %%), more than %d %%%s"
                            .formatted(extra, rows, extra * 100.0 / rows, most, why),
                    REMEDY);
        }
    }
}
