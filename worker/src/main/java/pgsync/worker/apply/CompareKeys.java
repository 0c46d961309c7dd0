package pgsync.worker.apply;

import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.task.Counts;
import pgsync.task.Work;
import pgsync.worker.apply.Attempt.Written;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;
import pgsync.worker.session.SourceSession;

/**
 * Finds keys that only one side has. Deletes those that the source's snapshot does not have, never beyond the guard, and
 * fetches those that the target lacks: rows that came in with an old stamp are beyond any watermark, but not beyond this.
 */
final class CompareKeys {
    private static final int KEYS_A_QUERY = 1_000;
    /** From here on whole differing buckets are read again instead of key after key. */
    private static final long MANY_MISSING = 10_000;

    private final Attempt attempt;
    private final TableSql sql;
    private final Digests digests;

    CompareKeys(Attempt attempt) {
        this.attempt = attempt;
        this.sql = attempt.sql();
        this.digests = new Digests(attempt);
    }

    private record Found(long extra, long missing, String buckets) {}

    void run(Work.Keys work) {
        var totals = digests.ofKeys();
        attempt.tell("keys on the source %,d, on the target %,d, digests %s"
                .formatted(totals.source().rows(), totals.target().rows(), totals.same() ? "equal" : "differ"));
        if (totals.same()) {
            return;
        }
        var buckets = digests.buckets(totals, false);
        if (attempt.dryRun()) {
            rehearse(work, totals, buckets);
            return;
        }
        attempt.beside(found -> {
            work(work, totals, buckets, found);
            return null;
        });
        attempt.write(target -> new Written(Counts.NONE, true));
    }

    /**
     * What was found stays in temporary tables of a transaction beside the writing ones, which are many. In one session it would
     * have to outlive its transaction, and behind a pooler in transaction mode nothing does: the next one runs somewhere else.
     */
    private void work(Work.Keys work, Digests.Totals totals, Digests.Buckets buckets, Connection beside) {
        var found = compare(beside, buckets);
        if (work.delete()) {
            attempt.deleteGuard().refuse(found.extra(), totals, beside);
            delete(beside, found.extra());
        }
        fetch(beside, found, buckets);
    }

    private void rehearse(Work.Keys work, Digests.Totals totals, Digests.Buckets buckets) {
        attempt.write(target -> {
            var found = compare(target, buckets);
            if (work.delete()) {
                attempt.deleteGuard().refuse(found.extra(), totals, target);
            }
            var fetched = work.changedSince() == null ? 0 : unchangedAmongMissing(target, found, work.changedSince());
            return new Written(new Counts(fetched, work.delete() ? found.extra() : 0, 0, 0), true);
        });
    }

    /** Missing rows that the step before would not have brought in earnest; the others it has counted. */
    private long unchangedAmongMissing(Connection target, Found found, String low) {
        var step = attempt.doing("count missing rows of");
        var rows = 0L;
        for (var from = 0L; from < found.missing(); from += KEYS_A_QUERY) {
            var condition = sql.keyInOnSource(missingKeys(target, from)) + " and not " + sql.changedSince(low);
            rows += Jdbc.one(
                    step,
                    attempt.source(),
                    "select count(*) from " + sql.source() + sql.filtered(condition),
                    row -> row.getLong(1));
        }
        return rows;
    }

    private List<List<String>> missingKeys(Connection target, long from) {
        return Jdbc.texts(
                attempt.doing("fetch missing rows of"),
                target,
                "select " + sql.keyAsText("m") + " from " + sql.temp("missing") + " m where "
                        + new Batch(from, from + KEYS_A_QUERY).condition(sql.number()));
    }

    private Found compare(Connection target, Digests.Buckets buckets) {
        var step = attempt.doing("compare keys of");
        var differing = digests.findDiffering(target, buckets);
        var numbers = digests.differing(target);
        attempt.tell("%,d of %,d buckets of keys differ".formatted(differing, buckets.mask() + 1));
        Jdbc.execute(
                step,
                target,
                "create temp table " + sql.newTemp("source_key") + " on commit drop as select " + sql.key() + " from "
                        + sql.target() + " with no data");
        var query = "select " + sql.key() + " from " + sql.source() + sql.filtered(digests.inBuckets(buckets, numbers));
        try (var rows = RowStream.open(step, attempt.source(), query, sql.format());
                var sink = RowSink.open(step, target, sql.temp("source_key") + " (" + sql.key() + ")", sql.format())) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                sink.write(row);
            }
            sink.finish();
        }
        Jdbc.execute(step, target, "analyze " + sql.temp("source_key"));
        refuseDoubles(step, target);
        Jdbc.execute(step, target, "analyze " + sql.temp("bucket"));
        var extra = Jdbc.execute(
                step,
                target,
                "create temp table " + sql.newTemp("extra")
                        + " on commit drop as select row_number() over () as " + sql.number() + ", "
                        // The filter may name the table, so it has no other name where the filter stands.
                        + sql.key() + " from (select " + sql.key() + " from " + sql.target()
                        + sql.filtered(digests.inDifferingBuckets(buckets))
                        + ") pgsync_t where not exists (select 1 from "
                        + sql.temp("source_key") + " pgsync_s where " + sql.sameKey("pgsync_s", "pgsync_t") + ")");
        var missing = Jdbc.execute(
                step,
                target,
                "create temp table " + sql.newTemp("missing")
                        + " on commit drop as select row_number() over () as " + sql.number() + ", "
                        + sql.key() + " from " + sql.temp("source_key") + " pgsync_s where not exists (select 1 from "
                        + sql.target() + " pgsync_t where " + sql.sameKey("pgsync_s", "pgsync_t") + ")");
        if (extra > KEYS_A_QUERY) {
            Jdbc.execute(step, target, "create index on " + sql.temp("extra") + " (" + sql.number() + ")");
        }
        return new Found(extra, missing, numbers);
    }

    /** A unique index that is damaged (an upgrade of the system's collations does it) lets rows share a key, of which only one can arrive. */
    private void refuseDoubles(String step, Connection target) {
        var doubles = Jdbc.one(step, target, sql.countDoubles("source_key"), row -> row.getLong(1));
        if (doubles > 0) {
            var reason =
                    "%,d keys of the source belong to several rows: its unique index is damaged".formatted(doubles);
            throw new StepFailed(Trouble.UNIQUE_VIOLATION, step, reason, new IllegalStateException(reason));
        }
    }

    private void delete(Connection found, long extra) {
        if (extra == 0) {
            return;
        }
        var size = new BatchSize(attempt.claim().spec());
        try (var now = attempt.sourceNow()) {
            for (var from = 0L; from < extra; ) {
                var batch = new Batch(from, Math.min(from + size.rows(), extra));
                var began = System.nanoTime();
                attempt.write(target -> new Written(Counts.deleted(delete(target, found, now, batch)), false));
                size.took(java.time.Duration.ofNanos(System.nanoTime() - began));
                from = batch.upTo();
            }
        }
    }

    /** Numbers of keys that were found: those above {@code after}, up to {@code upTo}. */
    private record Batch(long after, long upTo) {
        String condition(String number) {
            return number + " > " + after + " and " + number + " <= " + upTo;
        }
    }

    private long delete(Connection target, Connection found, SourceSession now, Batch batch) {
        attempt.enterNow(now);
        var step = attempt.doing("delete from");
        Jdbc.execute(
                step,
                target,
                "create temp table " + sql.newTemp("gone") + " on commit drop as select " + sql.key() + " from "
                        + sql.target() + " with no data");
        var query = "select " + sql.key() + " from " + sql.temp("extra") + " where " + batch.condition(sql.number());
        try (var keys = RowStream.open(step, found, query, sql.format());
                var sink = RowSink.open(step, target, sql.temp("gone") + " (" + sql.key() + ")", sql.format())) {
            for (var key = keys.next(); key != null; key = keys.next()) {
                sink.write(key);
            }
            sink.finish();
        }
        for (var from = batch.after(); from < batch.upTo(); from += KEYS_A_QUERY) {
            var some = new Batch(from, Math.min(from + KEYS_A_QUERY, batch.upTo()));
            keepWhatTheSourceHasNow(found, now, some, target, sql.temp("gone"));
        }
        Cascades.refuseDelete(List.of(new Cascades.Doomed(attempt, sql.temp("gone"))), target);
        var bystanders = Bystanders.of(attempt, target);
        var removed = Jdbc.execute(step, target, removal("gone"));
        bystanders.refuseIfTouched(0, removed, false);
        if (bystanders.oursFollowed()) {
            new PutRight(List.of(attempt)).runAfterDeletes(target);
        }
        refuseIfStillThere(target, "gone");
        return removed;
    }

    /** As {@link Merge#refuseIfChanged}, for rows that were to go. */
    void refuseIfStillThere(Connection target, String doomed) {
        if (attempt.table().triggers().isEmpty()) {
            return;
        }
        var step = attempt.doing("look again at");
        var rows = Jdbc.one(step, target, sql.countRemaining(doomed), row -> row.getLong(1));
        if (rows > 0) {
            throw Merge.changed(attempt, step, rows);
        }
    }

    /**
     * Asked right before the DELETE, outside the snapshot: a key that the source has by now (put there since, and perhaps put
     * into the target by somebody else too) is not ours to delete. The next run decides about it.
     */
    private void keepWhatTheSourceHasNow(
            Connection found, SourceSession now, Batch batch, Connection target, String doomed) {
        var step = attempt.doing("check again before deleting from");
        var keys = Jdbc.texts(
                step,
                found,
                "select " + sql.keyAsText("e") + " from " + sql.temp("extra") + " e where "
                        + batch.condition(sql.number()));
        var alive = new HashSet<>(Jdbc.texts(
                step,
                now.connection(),
                "select " + sql.keyAsText("pgsync_t") + " from (select " + sql.key() + " from " + sql.source()
                        + sql.filtered(sql.keyInOnSource(keys)) + ") pgsync_t"));
        if (!alive.isEmpty()) {
            Jdbc.execute(step, target, "delete from " + doomed + " where " + sql.keyInOnTarget(List.copyOf(alive)));
        }
    }

    /**
     * For tables that delete together: finds and checks, in the transaction that will delete, what {@link #removal} then takes
     * away. Empty when there is nothing.
     */
    Optional<String> findRemoval(Connection target, Digests.Totals totals) {
        var extra = compare(target, digests.buckets(totals, false)).extra();
        attempt.deleteGuard().refuse(extra, totals, target);
        if (extra == 0) {
            return Optional.empty();
        }
        try (var now = attempt.sourceNow()) {
            for (var from = 0L; from < extra; from += KEYS_A_QUERY) {
                keepWhatTheSourceHasNow(
                        target, now, new Batch(from, Math.min(from + KEYS_A_QUERY, extra)), target, sql.temp("extra"));
            }
        }
        return Optional.of(removal("extra") + " returning 1");
    }

    private String removal(String doomed) {
        return "delete from " + sql.target() + " pgsync_t using " + sql.temp(doomed) + " pgsync_e where "
                + sql.sameKey("pgsync_e", "pgsync_t");
    }

    private void fetch(Connection beside, Found found, Digests.Buckets buckets) {
        if (found.missing() == 0) {
            return;
        }
        attempt.tell("%,d rows of the source are missing on the target, whatever their stamp: fetching them"
                .formatted(found.missing()));
        if (found.missing() > MANY_MISSING) {
            upsert(digests.inBuckets(buckets, found.buckets()));
            return;
        }
        for (var from = 0L; from < found.missing(); from += KEYS_A_QUERY) {
            upsert(sql.keyInOnSource(missingKeys(beside, from)));
        }
    }

    private void upsert(String condition) {
        try (var rows = RowStream.open(
                attempt.doing("fetch missing rows of"), attempt.source(), sql.select(condition), sql.format())) {
            new StagedUpsert(attempt).part(rows);
        }
    }
}
