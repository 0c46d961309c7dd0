package pgsync.worker.apply;

import pgsync.task.Work;
import pgsync.worker.move.RowStream;

/**
 * Reads the rows that changed since the low bound, oldest first, and upserts them. Each batch records how far it came, so a
 * killed run continues there: everything up to that stamp is in the target, and the bound is read again inclusively.
 */
final class UpsertChanged {
    private final Attempt attempt;

    UpsertChanged(Attempt attempt) {
        this.attempt = attempt;
    }

    /** The same rows in any order and without a position, for a step that has more to write after them. */
    void part(String low) {
        var sql = attempt.sql();
        var query = sql.select(sql.changedSince(low));
        try (var rows = RowStream.open(attempt.doing("read changed rows of"), attempt.source(), query, sql.format())) {
            new StagedUpsert(attempt).part(rows);
        }
    }

    void run(Work.Upsert work) {
        var sql = attempt.sql();
        var query = sql.select(sql.changedSince(work.low())) + " order by " + sql.stampColumn() + " nulls first";
        try (var rows = RowStream.open(attempt.doing("read changed rows of"), attempt.source(), query, sql.format())) {
            new StagedUpsert(attempt).ordered(rows, target -> {
                if (work.cap() != null) {
                    Jdbc.execute(
                            attempt.doing("record position of"),
                            target,
                            ProgressSql.position(
                                    attempt.table().table(),
                                    attempt.claim(),
                                    sql.stage(),
                                    sql.stampColumn(),
                                    work.cap()));
                }
            });
        }
    }
}
