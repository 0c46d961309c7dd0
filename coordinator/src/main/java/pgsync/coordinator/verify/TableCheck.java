package pgsync.coordinator.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pgsync.connect.Side;
import pgsync.sql.Meanwhile;
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

    /** One answer holds them all. */
    private static final long MOST_BUCKETS = 1 << 14;

    private static final int DIGITS_A_COLUMN = 8;
    /** Of a key and the hash of its row, more or less. */
    private static final int CHARACTERS_A_NAME = 200;

    private final TableSpec table;
    private final @Nullable String since;
    private final Reading source;
    private final Reading target;
    private final VerifySql onSource;
    private final VerifySql onTarget;
    private final String step;
    private final Tally tally = new Tally();
    private long sourceRows;
    private long targetRows;

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
        var differing = differingBuckets(mask);
        if (!differing.isEmpty()) {
            // Where most buckets differ, reading all of them in one piece is the shorter way.
            var all = differing.size() > mask / 2;
            var rows = new VerifySql.Rows(mask, all ? null : differing);
            if (table.keyed()) {
                mergeByKey(rows);
            } else {
                mergeByHash(rows);
            }
        }
        return tally.of(sourceRows, targetRows);
    }

    /** Numbers of the buckets that differ; counts the rows of both sides. */
    private List<Long> differingBuckets(long mask) {
        var differing = new ArrayList<Long>();
        walk(
                reading -> reading.answer(stepOn(reading), sql(reading).buckets(mask)),
                (from, to) -> Long.compare(from.number(1), to.number(1)),
                (order, from, to) -> {
                    if (order != 0
                            || from.number(2) != to.number(2)
                            || !from.text(3).equals(to.text(3))) {
                        differing.add(order <= 0 ? from.number(1) : to.number(1));
                    }
                    sourceRows += order <= 0 ? from.number(2) : 0;
                    targetRows += order >= 0 ? to.number(2) : 0;
                });
        return differing;
    }

    private void mergeByKey(VerifySql.Rows rows) {
        walk(
                reading -> reading.stream(
                        stepOn(reading),
                        sql(reading).rowsByKey(rows, since),
                        CHARACTERS_A_NAME + DIGITS_A_COLUMN * table.columns().size()),
                (from, to) -> Bytewise.compare(from.text(1), to.text(1)),
                (order, from, to) -> {
                    if (order < 0) {
                        tally.add(Kind.MISSING, from.flag(4), from.text(1), List.of());
                    } else if (order > 0) {
                        tally.add(Kind.EXTRA, false, to.text(1), List.of());
                    } else if (!from.text(2).equals(to.text(2))) {
                        tally.add(Kind.DIFFERENT, from.flag(4), from.text(1), columns(from.text(3), to.text(3)));
                    }
                });
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
        walk(
                reading -> reading.stream(stepOn(reading), sql(reading).rowsByHash(rows, since), CHARACTERS_A_NAME),
                (from, to) -> from.text(1).compareTo(to.text(1)),
                (order, from, to) -> {
                    if (order < 0) {
                        tally.add(Kind.MISSING, from.flag(2), null, List.of());
                    } else if (order > 0) {
                        tally.add(Kind.EXTRA, false, null, List.of());
                    }
                });
    }

    // --- both at once

    private VerifySql sql(Reading reading) {
        return reading == source ? onSource : onTarget;
    }

    private String stepOn(Reading reading) {
        return step + (reading == source ? " on the source" : " on the target");
    }

    private interface Order {
        int of(Reading.Rows source, Reading.Rows target);
    }

    private interface Meeting {
        /** {@code order}: below 0 where only the source has a row here, above 0 where only the target has. */
        void at(int order, Reading.Rows source, Reading.Rows target);
    }

    /**
     * Goes through two answers of one order side by side. A server answers when it has its first rows, after its scan: so the source
     * is asked on a thread of its own.
     */
    private void walk(Function<Reading, Reading.Rows> query, Order by, Meeting meeting) {
        try (var asked = Meanwhile.start(step, () -> query.apply(source));
                var to = query.apply(target);
                var from = asked.await()) {
            var hasFrom = from.next();
            var hasTo = to.next();
            while (hasFrom || hasTo) {
                var order = !hasTo ? -1 : !hasFrom ? 1 : by.of(from, to);
                meeting.at(order, from, to);
                hasFrom = order <= 0 ? from.next() : hasFrom;
                hasTo = order >= 0 ? to.next() : hasTo;
            }
        }
    }
}
