package pgsync.coordinator.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import pgsync.connect.Side;
import pgsync.error.Stopped;
import pgsync.task.TableDifferences;
import pgsync.task.TableDifferences.Kind;
import pgsync.task.TableSpec;

/**
 * Compares one table. First both servers sum the hashes of their rows in buckets, at the same time; then the rows of the buckets that
 * differ are merged in the order of their keys. Memory does not grow with the rows. Owned by one thread.
 */
final class TableCheck {
    /** A bucket that differs is read whole: few rows in each, few buckets in all. */
    private static final long ROWS_A_BUCKET = 256;

    private static final long MOST_BUCKETS = 1 << 16;
    private static final int DIGITS_A_COLUMN = 8;

    private final TableSpec table;
    private final @Nullable String since;
    private final Reading source;
    private final Reading target;
    private final VerifySql onSource;
    private final VerifySql onTarget;
    private final String step;
    private final Tally tally = new Tally();

    /** Both sides have begun. */
    TableCheck(TableSpec table, @Nullable String since, Reading source, Reading target) {
        var sha256 = source.major() >= 11 && target.major() >= 11;
        this.table = table;
        this.since = since;
        this.source = source;
        this.target = target;
        this.onSource = new VerifySql(table, Side.SOURCE, sha256);
        this.onTarget = new VerifySql(table, Side.TARGET, sha256);
        this.step = "verify " + table.table();
    }

    TableDifferences compare() {
        var mask = Long.highestOneBit(Math.clamp(table.estimatedRows() / ROWS_A_BUCKET, 1, MOST_BUCKETS)) - 1;
        var sums = sums(mask);
        if (!sums.differing().isEmpty()) {
            // Where most buckets differ, reading all of them in one piece is the shorter way.
            var all = sums.differing().size() > mask / 2;
            merge(new VerifySql.Rows(mask, all ? null : sums.differing()));
        }
        return tally.of(sums.sourceRows(), sums.targetRows());
    }

    private record Sums(long sourceRows, long targetRows, List<Long> differing) {}

    private Sums sums(long mask) {
        var differing = new ArrayList<Long>();
        var sourceRows = 0L;
        var targetRows = 0L;
        try (var both = open(onSource.buckets(mask), onTarget.buckets(mask))) {
            var from = both.source();
            var to = both.target();
            var hasFrom = from.next();
            var hasTo = to.next();
            while (hasFrom || hasTo) {
                var order = !hasTo ? -1 : !hasFrom ? 1 : Long.compare(from.number(1), to.number(1));
                if (order != 0
                        || from.number(2) != to.number(2)
                        || !from.text(3).equals(to.text(3))) {
                    differing.add(order <= 0 ? from.number(1) : to.number(1));
                }
                if (order <= 0) {
                    sourceRows += from.number(2);
                    hasFrom = from.next();
                }
                if (order >= 0) {
                    targetRows += to.number(2);
                    hasTo = to.next();
                }
            }
        }
        return new Sums(sourceRows, targetRows, differing);
    }

    private void merge(VerifySql.Rows rows) {
        if (table.keyed()) {
            mergeByKey(rows);
        } else {
            mergeByHash(rows);
        }
    }

    private void mergeByKey(VerifySql.Rows rows) {
        try (var both = open(onSource.rowsByKey(rows, since), onTarget.rowsByKey(rows, since))) {
            var from = both.source();
            var to = both.target();
            var hasFrom = from.next();
            var hasTo = to.next();
            while (hasFrom || hasTo) {
                var order = !hasTo ? -1 : !hasFrom ? 1 : Bytewise.compare(from.text(1), to.text(1));
                if (order < 0) {
                    tally.add(Kind.MISSING, from.flag(4), from.text(1), List.of());
                } else if (order > 0) {
                    tally.add(Kind.EXTRA, false, to.text(1), List.of());
                } else if (!from.text(2).equals(to.text(2))) {
                    tally.add(Kind.DIFFERENT, from.flag(4), from.text(1), columns(from.text(3), to.text(3)));
                }
                hasFrom = order <= 0 ? from.next() : hasFrom;
                hasTo = order >= 0 ? to.next() : hasTo;
            }
        }
    }

    private List<String> columns(String hashes, String others) {
        var names = new ArrayList<String>();
        for (var i = 0; i < table.columns().size(); i++) {
            var at = i * DIGITS_A_COLUMN;
            if (!hashes.regionMatches(at, others, at, DIGITS_A_COLUMN)) {
                names.add(table.columns().get(i).name());
            }
        }
        return names;
    }

    /** Rows without names, as often as each is there. */
    private void mergeByHash(VerifySql.Rows rows) {
        try (var both = open(onSource.rowsByHash(rows, since), onTarget.rowsByHash(rows, since))) {
            var from = both.source();
            var to = both.target();
            var hasFrom = from.next();
            var hasTo = to.next();
            while (hasFrom || hasTo) {
                var order = !hasTo ? -1 : !hasFrom ? 1 : from.text(1).compareTo(to.text(1));
                if (order < 0) {
                    tally.add(Kind.MISSING, from.flag(2), null, List.of());
                } else if (order > 0) {
                    tally.add(Kind.EXTRA, false, null, List.of());
                }
                hasFrom = order <= 0 ? from.next() : hasFrom;
                hasTo = order >= 0 ? to.next() : hasTo;
            }
        }
    }

    // --- both at once

    private record Both(Reading.Rows source, Reading.Rows target) implements AutoCloseable {
        @Override
        public void close() {
            source.close();
            target.close();
        }
    }

    /** A server answers when it has its first rows, after its scan: so the source is asked on a thread of its own. */
    private Both open(String sourceQuery, String targetQuery) {
        var asked = new FutureTask<>(() -> source.rows(step + " on the source", sourceQuery));
        var thread = Thread.ofVirtual().name(step).start(asked);
        try {
            var there = target.rows(step + " on the target", targetQuery);
            return new Both(await(asked::get), there);
        } finally {
            thread.interrupt();
            join(thread);
        }
    }

    private interface Waiting<T> {
        T call() throws InterruptedException, ExecutionException;
    }

    private <T> T await(Waiting<T> waiting) {
        try {
            return waiting.call();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(step, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(step, e);
        }
    }

    private static void join(Thread thread) {
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
