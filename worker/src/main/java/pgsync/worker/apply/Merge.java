package pgsync.worker.apply;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;
import pgsync.task.TableSpec.UniquePart;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;

/** Brings the staged rows into the target inside the caller's transaction. */
final class Merge {
    /** A chain of reused values longer than this is taken for a mistake; each round is one query. */
    private static final int MAX_ROUNDS = 50;

    private static final int MAX_CONFLICTS_A_ROUND = 100_000;
    private static final int KEYS_A_QUERY = 1_000;

    private final Attempt attempt;
    private final TableSql sql;

    Merge(Attempt attempt) {
        this.attempt = attempt;
        this.sql = attempt.sql();
    }

    /** Rows inserted or updated, and rows deleted because they stood in the way and the source has them no longer. */
    record Merged(long upserted, long deleted) {}

    /** Gives what was written, or would be in a dry run. */
    Merged stageInto(Connection target) {
        if (attempt.dryRun()) {
            return new Merged(
                    Jdbc.one(attempt.doing("compare rows of"), target, sql.countDifferent(), row -> row.getLong(1)), 0);
        }
        var merged = merge(target);
        if (!attempt.table().triggers().isEmpty()) {
            refuseIfChanged(target);
        }
        return merged;
    }

    /**
     * Triggers and rules that we cannot switch off may write something else, or nothing. What they do is unknown before they
     * have done it; so we look, and the transaction takes it back.
     */
    void refuseIfChanged(Connection target) {
        var step = attempt.doing("look again at");
        var different = Jdbc.one(step, target, sql.countDifferent(), row -> row.getLong(1));
        if (different > 0) {
            throw changed(attempt, step, different);
        }
    }

    static StepFailed changed(Attempt attempt, String step, long rows) {
        var reason = "a trigger or rule of the target keeps %,d rows from being as they are on the source: %s"
                .formatted(
                        rows, Quoted.printable(String.join(", ", attempt.table().triggers())));
        return new StepFailed(Trouble.CHANGED_BY_TRIGGER, step, reason, new IllegalStateException(reason));
    }

    private Merged merge(Connection target) {
        if (sql.hasFixedColumns() && fixedColumnsDiffer(target)) {
            attempt.tell("a column GENERATED ALWAYS AS IDENTITY has other values: replacing the rows concerned");
            Jdbc.execute(attempt.doing("compare rows of"), target, sql.unstageSame());
            return deleteAndInsert(target);
        }
        // Also where there is no other unique index: an exclusion constraint objects in the same way.
        Jdbc.execute(attempt.doing("upsert into"), target, "savepoint pgsync_merge");
        try {
            return new Merged(upsert(target), 0);
        } catch (StepFailed e) {
            if (e.trouble() != Trouble.UNIQUE_VIOLATION) {
                throw e;
            }
            attempt.tell("a unique value moved to another row (" + e.reason() + "): replacing the rows concerned");
            Jdbc.execute(attempt.doing("upsert into"), target, "rollback to savepoint pgsync_merge");
            return replace(target);
        }
    }

    private boolean fixedColumnsDiffer(Connection target) {
        var step = attempt.doing("compare rows of");
        Jdbc.execute(step, target, "analyze " + sql.stage());
        return Jdbc.one(step, target, sql.countFixedDifferent(), row -> row.getLong(1)) > 0;
    }

    private long upsert(Connection target) {
        var step = attempt.doing("upsert into");
        if (attempt.table().arbiter()) {
            return Jdbc.execute(step, target, sql.upsert());
        }
        Jdbc.execute(step, target, "analyze " + sql.stage());
        var updated = sql.hasSettableColumns() ? Jdbc.execute(step, target, sql.updateFromStage()) : 0;
        return updated + Jdbc.execute(step, target, sql.insertMissingFromStage());
    }

    /** The upsert as queries that can stand in one statement; each gives a row for each row that it writes. */
    List<String> parts() {
        if (attempt.table().arbiter()) {
            return List.of(sql.upsert() + " returning 1");
        }
        return sql.hasSettableColumns()
                ? List.of(sql.updateFromStage() + " returning 1", sql.insertMissingFromStage() + " returning 1")
                : List.of(sql.insertMissingFromStage() + " returning 1");
    }

    /**
     * A value of a unique index that moved from one row to another cannot be upserted in any order (23505). So every target row
     * that stands in the way joins the batch with what the source has for it now.
     */
    private Merged replace(Connection target) {
        if (Cascades.deletesCarryMore(attempt, target)) {
            var columns = Parking.columns(attempt, target);
            if (!columns.isEmpty()) {
                return park(target, columns);
            }
        }
        return deleteAndInsert(target);
    }

    /**
     * Rows that the source has no longer are parked with the others: they go when keys are compared, children first, later in this run.
     */
    private Merged park(Connection target, List<String> columns) {
        var merged = gather(target);
        Jdbc.execute(attempt.doing("replace rows of"), target, sql.empty(columns, sql.temp("taken")));
        var unused = upsert(target);
        return new Merged(merged.upserted(), 0);
    }

    /**
     * Rows in the way that the source has no longer go. One statement: foreign keys that stay on look when it has ended, and find
     * every key that other rows refer to.
     */
    private Merged deleteAndInsert(Connection target) {
        var merged = makeWay(target);
        Jdbc.execute(
                attempt.doing("replace rows of"),
                target,
                "with pgsync_gone as (" + removal() + ") " + insertionAfter("pgsync_gone"));
        return merged;
    }

    /** Takes what is in the way into the batch, and gives what {@link #removal} and {@link #insertionAfter} are about to write. */
    Merged makeWay(Connection target) {
        Cascades.refuse(attempt, target);
        return gather(target);
    }

    private Merged gather(Connection target) {
        var step = attempt.doing("replace rows of");
        Jdbc.execute(step, target, "analyze " + sql.stage());
        Jdbc.execute(step, target, "drop table if exists " + sql.temp("taken"));
        Jdbc.execute(
                step,
                target,
                "create temp table " + sql.newTemp("taken") + " on commit drop as select " + sql.key() + " from "
                        + sql.target() + " with no data");
        var different = Jdbc.one(step, target, sql.countDifferent(), row -> row.getLong(1));
        var taken = new InTheWay(0, 0);
        var round = 0;
        for (var more = takeInTheWay(target); more.found() > 0; more = takeInTheWay(target)) {
            taken = taken.plus(more);
            if (round++ == MAX_ROUNDS) {
                throw new StepFailed(
                        Trouble.UNIQUE_VIOLATION,
                        step,
                        "more than " + MAX_ROUNDS + " rounds of rows whose unique values moved",
                        new IllegalStateException("no end of conflicting rows"));
            }
        }
        return new Merged(different + taken.staged(), taken.found() - taken.staged());
    }

    /** Takes away the rows of the batch and those in its way. */
    String removal() {
        return "delete from %1$s pgsync_t using (select %2$s from %3$s union select %2$s from %4$s) pgsync_k where %5$s returning 1"
                .formatted(
                        sql.target(), sql.key(), sql.stage(), sql.temp("taken"), sql.sameKey("pgsync_k", "pgsync_t"));
    }

    /** Inserts the batch when the query {@code removed} of the same statement has ended. */
    String insertionAfter(String removed) {
        return sql.insertAllFromStage() + " where (select count(*) from " + removed + ") >= 0";
    }

    /** @param staged those of the found rows that the source still has */
    private record InTheWay(long found, long staged) {
        InTheWay plus(InTheWay more) {
            return new InTheWay(found + more.found, staged + more.staged);
        }
    }

    /** One round: target rows in the way are noted, and staged if the source has them. None found: the way is free. */
    private InTheWay takeInTheWay(Connection target) {
        if (attempt.table().uniques().isEmpty()) {
            return new InTheWay(0, 0);
        }
        var step = attempt.doing("find rows in the way of");
        Jdbc.execute(step, target, "drop table if exists " + sql.temp("in_the_way"));
        var found = Jdbc.execute(
                step, target, "create temp table " + sql.newTemp("in_the_way") + " on commit drop as " + inTheWay());
        if (found == 0) {
            return new InTheWay(0, 0);
        }
        if (found > MAX_CONFLICTS_A_ROUND) {
            throw new StepFailed(
                    Trouble.UNIQUE_VIOLATION,
                    step,
                    "%,d target rows hold unique values that other rows have on the source".formatted(found),
                    new IllegalStateException("too many conflicting rows"));
        }
        var keys = Jdbc.texts(step, target, "select " + sql.keyAsText("w") + " from " + sql.temp("in_the_way") + " w");
        Jdbc.execute(
                step,
                target,
                "insert into %2$s (%1$s) select %1$s from %3$s"
                        .formatted(sql.key(), sql.temp("taken"), sql.temp("in_the_way")));
        var staged = 0L;
        for (var from = 0; from < keys.size(); from += KEYS_A_QUERY) {
            var some = keys.subList(from, Math.min(from + KEYS_A_QUERY, keys.size()));
            staged += stage(target, sql.select(sql.keyInOnSource(some)));
        }
        refuseToRemove(found - staged);
        return new InTheWay(found, staged);
    }

    /** Rows that nobody may delete stay, even where a row of the source wants their value; the table says so and stops. */
    private void refuseToRemove(long rows) {
        if (rows == 0 || (attempt.claim().spec().delete() && attempt.table().where() == null)) {
            return;
        }
        throw new StepFailed(
                Trouble.UNIQUE_VIOLATION,
                attempt.doing("replace rows of"),
                "%,d target rows that are not among the source's rows hold unique values these need, and %s"
                        .formatted(
                                rows,
                                attempt.table().where() == null
                                        ? "-delete never keeps them"
                                        : "the rule's where keeps them out of reach"),
                new IllegalStateException("rows in the way that may not go"));
    }

    /** Keys of target rows that are not staged and equal a staged row in some unique index. */
    private String inTheWay() {
        var parts = new ArrayList<String>();
        for (var unique : attempt.table().uniques()) {
            var equal = new ArrayList<String>();
            var aliased = new ArrayList<String>();
            for (var i = 0; i < unique.parts().size(); i++) {
                var part = unique.parts().get(i);
                var name = sql.free("pgsync_u" + i);
                equal.add(sameValue(name, part, unique.nullsAreEqual()));
                aliased.add("(" + part.expression() + ") as " + name);
            }
            parts.add(
                    "select pgsync_t.%1$s from (select %2$s, %3$s from %4$s) pgsync_t join (select %3$s from %5$s) pgsync_s on %6$s"
                            .formatted(
                                    String.join(
                                            ", pgsync_t.",
                                            attempt.table().key().stream()
                                                    .map(Quoted::identifier)
                                                    .toList()),
                                    sql.key(),
                                    String.join(", ", aliased),
                                    sql.target(),
                                    sql.stage(),
                                    String.join(" and ", equal)));
        }
        return "select distinct * from (" + String.join(" union all ", parts)
                + ") pgsync_w where not exists (select 1 from "
                + sql.stage() + " pgsync_x where " + sql.sameKey("pgsync_x", "pgsync_w")
                + ") and not exists (select 1 from " + sql.temp("taken") + " pgsync_x where "
                + sql.sameKey("pgsync_x", "pgsync_w") + ")";
    }

    /** Whether a staged and a target row collide in this column of an index, NULLs included. */
    private static String sameValue(String name, UniquePart part, boolean nullsAreEqual) {
        var same = TableSql.same("pgsync_t." + name, "pgsync_s." + name, part.asRecord() || nullsAreEqual);
        // IS DISTINCT FROM, since IS NOT NULL is false for a composite value with one NULL field (manual, 9.2).
        return nullsAreEqual ? same : same + " and pgsync_t." + name + " is distinct from null";
    }

    private long stage(Connection target, String query) {
        var format = sql.format();
        // Outside the stream that feeds the batch: that one is still open on the attempt's own source connection.
        try (var session = attempt.sourceInSnapshot();
                var rows = RowStream.open(attempt.doing("read"), session.connection(), query, format);
                var sink = RowSink.open(attempt.doing("stage rows of"), target, sql.copyInto(sql.stage()), format)) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                sink.write(row);
            }
            sink.finish();
            return sink.rows();
        }
    }
}
