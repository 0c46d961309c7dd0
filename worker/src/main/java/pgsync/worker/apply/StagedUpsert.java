package pgsync.worker.apply;

import java.sql.Connection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pgsync.task.Counts;
import pgsync.worker.apply.Attempt.Written;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;

/**
 * Takes rows of a stream into a temporary table and merges that into the target, a batch a transaction. Writes only rows that
 * differ. Owned by one thread.
 */
final class StagedUpsert {
    private final Attempt attempt;
    private final BatchSize size;
    private final Merge merge;

    StagedUpsert(Attempt attempt) {
        this.attempt = attempt;
        this.size = new BatchSize(attempt.claim().spec());
        this.merge = new Merge(attempt);
    }

    /**
     * What a batch records besides its rows, in their transaction. Before they are merged: that takes rows into the stage which are in the
     * way of others, and whose stamps the stream has not come to.
     */
    @FunctionalInterface
    interface BeforeMerge {
        void record(Connection target);
    }

    /** Every row of the stream, in batches cut anywhere. The last one may end the task. */
    void all(RowStream rows) {
        batches(rows, false, true, target -> {});
    }

    /** Like {@link #all}, but more writes of the same step follow, so the task does not end here. */
    void part(RowStream rows) {
        batches(rows, false, false, target -> {});
    }

    /** Rows ordered by their first column; rows that are equal there share a transaction. */
    void ordered(RowStream rows, BeforeMerge before) {
        batches(rows, true, true, before);
    }

    private void batches(RowStream rows, boolean keepTies, boolean endsStep, BeforeMerge before) {
        while (rows.hasNext()) {
            var began = System.nanoTime();
            attempt.write(connection -> batch(connection, rows, keepTies, endsStep, before));
            size.took(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private Written batch(Connection target, RowStream rows, boolean keepTies, boolean endsStep, BeforeMerge before) {
        Jdbc.execute(attempt.doing("stage rows of"), target, attempt.sql().createStage());
        var staged = fill(target, rows, keepTies);
        if (!attempt.dryRun()) {
            before.record(target);
        }
        var merged = merge.stageInto(target);
        var last = endsStep && !rows.hasNext();
        var unchanged = Math.max(staged.rows() - merged.upserted(), 0);
        return new Written(new Counts(merged.upserted(), merged.deleted(), unchanged, staged.bytes()), last);
    }

    private record Staged(long rows, long bytes) {}

    private Staged fill(Connection target, RowStream rows, boolean keepTies) {
        var format = attempt.sql().format();
        var into = attempt.sql().copyInto(attempt.sql().stage());
        try (var sink = RowSink.open(attempt.doing("stage rows of"), target, into, format)) {
            var isFull = false;
            // Its first column only: beside a row of 100 MB the next one would not find room.
            byte @Nullable [] last = null;
            while (!isFull && rows.hasNext()) {
                var row = java.util.Objects.requireNonNull(rows.next());
                sink.write(row);
                isFull = size.full(sink.rows(), sink.bytes());
                last = isFull && keepTies ? RowStream.firstColumn(format, row) : null;
            }
            while (last != null && rows.hasNext()) {
                if (!RowStream.sameFirstColumn(format, last, java.util.Objects.requireNonNull(rows.peek()))) {
                    break;
                }
                sink.write(java.util.Objects.requireNonNull(rows.next()));
            }
            sink.finish();
            return new Staged(sink.rows(), sink.bytes());
        }
    }
}
