package pgsync.worker.apply;

import pgsync.worker.move.RowStream;

/** Compares whole rows by digest and upserts the buckets that differ. Deletes nothing: that is the keys' step. */
final class ReconcileRows {
    private final Attempt attempt;

    ReconcileRows(Attempt attempt) {
        this.attempt = attempt;
    }

    void run() {
        var digests = new Digests(attempt);
        var totals = digests.ofRows();
        attempt.tell("rows on the source %,d, on the target %,d, digests %s"
                .formatted(totals.source().rows(), totals.target().rows(), totals.same() ? "equal" : "differ"));
        if (totals.same() || totals.source().rows() == 0) {
            return;
        }
        upsert(totals.target().rows() == 0 ? null : condition(digests, totals));
    }

    private String condition(Digests digests, Digests.Totals totals) {
        var buckets = digests.buckets(totals, true);
        var numbers = attempt.look(target -> {
            var differing = digests.findDiffering(target, buckets);
            attempt.tell("%,d of %,d buckets differ".formatted(differing, buckets.mask() + 1));
            return digests.differing(target);
        });
        return digests.inBuckets(buckets, numbers);
    }

    private void upsert(@org.jspecify.annotations.Nullable String condition) {
        var sql = attempt.sql();
        try (var rows = RowStream.open(
                attempt.doing("read differing rows of"), attempt.source(), sql.select(condition), sql.format())) {
            new StagedUpsert(attempt).part(rows);
        }
    }
}
