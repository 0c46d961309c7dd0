package pgsync.worker.apply;

import java.math.BigInteger;
import java.sql.Connection;
import pgsync.sql.Meanwhile;
import pgsync.worker.move.RowFormat;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;

/**
 * Compares the two sides without moving rows: both servers hash at the same time, and only sums travel. First one sum over
 * everything, which a parallel scan answers; only when that differs a sum per bucket of keys. Buckets are compared inside the
 * target, so our memory stays flat for any number of rows.
 */
final class Digests {
    /** Small enough that a differing bucket costs little, large enough that the buckets of a table that is the same cost less than its rows. */
    private static final long ROWS_A_BUCKET = 64;

    private static final long MAX_BUCKETS = 1 << 20;

    private final Attempt attempt;
    private final TableSql sql;

    Digests(Attempt attempt) {
        this.attempt = attempt;
        this.sql = attempt.sql();
    }

    /** Rows of one side and the order-free sum of their 64-bit hashes. */
    record Side(long rows, BigInteger sum) {}

    record Totals(Side source, Side target) {
        boolean same() {
            return source.equals(target);
        }
    }

    Totals ofKeys() {
        return totals(sql.keyHash(), sql.keyHash());
    }

    Totals ofRows() {
        return totals(sql.rowHash(true), sql.rowHash(false));
    }

    private Totals totals(String sourceHash, String targetHash) {
        var step = attempt.doing("digest");
        try (var source = Meanwhile.start(step, () -> side(step, attempt.source(), total(sourceHash, sql.source())))) {
            var target = attempt.look(connection -> side(step, connection, total(targetHash, sql.target())));
            return new Totals(source.await(), target);
        }
    }

    /** The target as it is inside the caller's transaction. */
    Side rowsNow(Connection target) {
        return side(attempt.doing("digest"), target, total(sql.rowHash(false), sql.target()));
    }

    private static Side side(String step, Connection connection, String query) {
        return Jdbc.one(step, connection, query, row -> new Side(row.getLong(1), new BigInteger(row.getString(2))));
    }

    private String total(String hash, String from) {
        return "select count(*), coalesce(sum(" + hash + "), 0) from " + from + sql.filtered(null);
    }

    /** How buckets are cut for tables of these sizes. */
    Buckets buckets(Totals totals, boolean wholeRows) {
        var rows = Math.max(totals.source().rows(), totals.target().rows());
        var count = Long.highestOneBit(Math.clamp(rows / ROWS_A_BUCKET, 1, MAX_BUCKETS));
        return new Buckets(count - 1, wholeRows);
    }

    /** @param mask low bits of the key's hash that name its bucket */
    record Buckets(long mask, boolean wholeRows) {}

    private String bucket(Buckets buckets) {
        return "(" + sql.keyHash() + " & " + buckets.mask() + ")";
    }

    /**
     * Leaves the numbers of the buckets that differ in a temporary table of its own, for the rest of the target's transaction, and
     * gives how many they are.
     */
    long findDiffering(Connection target, Buckets buckets) {
        var step = attempt.doing("digest buckets of");
        var sourceHash = buckets.wholeRows() ? sql.rowHash(true) : sql.keyHash();
        var targetHash = buckets.wholeRows() ? sql.rowHash(false) : sql.keyHash();
        var query = perBucket(buckets, sourceHash, sql.source());
        try (var answer = Meanwhile.start(step, () -> RowStream.open(step, attempt.source(), query, RowFormat.TEXT))) {
            Jdbc.execute(
                    step,
                    target,
                    "create temp table " + sql.newTemp("target_digest") + " on commit drop as "
                            + perBucket(buckets, targetHash, sql.target()));
            Jdbc.execute(
                    step,
                    target,
                    "create temp table " + sql.newTemp("source_digest")
                            + " (bucket bigint, n bigint, h numeric) on commit drop");
            fill(step, target, answer.await());
        }
        return Jdbc.execute(step, target, """
                create temp table %s on commit drop as
                select bucket
                  from %s s full join %s t using (bucket)
                 where s.n is distinct from t.n or s.h is distinct from t.h
                """.formatted(
                        sql.newTemp("bucket"), sql.temp("source_digest"), sql.temp("target_digest")));
    }

    private void fill(String step, Connection target, RowStream answer) {
        try (answer;
                var sink = RowSink.open(step, target, sql.temp("source_digest"), RowFormat.TEXT)) {
            for (var row = answer.next(); row != null; row = answer.next()) {
                sink.write(row);
            }
            sink.finish();
        }
    }

    private String perBucket(Buckets buckets, String hash, String from) {
        return "select " + bucket(buckets) + " as bucket, count(*) as n, sum(" + hash + ") as h from " + from
                + sql.filtered(null) + " group by 1";
    }

    /** The differing buckets as an array literal, for asking the source about them: O(differing buckets) of memory. */
    String differing(Connection target) {
        return Jdbc.one(
                attempt.doing("digest buckets of"),
                target,
                "select coalesce(array_agg(bucket), '{}')::text from " + sql.temp("bucket"),
                row -> row.getString(1));
    }

    /** A condition on the source: rows whose key falls into one of these buckets. */
    String inBuckets(Buckets buckets, String numbers) {
        return bucket(buckets) + " in (select unnest('" + numbers + "'::bigint[]))";
    }

    /** The same on the target, from the temporary table. */
    String inDifferingBuckets(Buckets buckets) {
        return bucket(buckets) + " in (select bucket from " + sql.temp("bucket") + ")";
    }
}
