package pgsync.worker.apply;

import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.worker.apply.Merge.Merged;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;

/**
 * Finds the target rows that stand in the way of the staged ones, and takes them into the batch with what the source has for them now.
 * First link by link, since most chains of moved values are short; then all rows of the table at once. Owned by one thread.
 */
final class Gather {
    /** From here on links cost more than the table: each is a query on either side. */
    private static final int LINKS = 20;

    private static final int MANY_IN_A_LINK = 100_000;
    private static final int KEYS_A_QUERY = 1_000;

    private final Attempt attempt;
    private final TableSql sql;
    private final Rivals rivals;

    Gather(Attempt attempt, Rivals rivals) {
        this.attempt = attempt;
        this.sql = attempt.sql();
        this.rivals = rivals;
    }

    /** What is about to be written. The keys of rows in the way are left in {@code taken}. */
    Merged run(Connection target) {
        Jdbc.execute(step(), target, "analyze " + sql.stage());
        createOfKeys(target, "taken");
        var different = countDifferent(target);
        var taken = new InTheWay(0, 0);
        for (var link = 0; link < LINKS; link++) {
            var more = takeInTheWay(target);
            if (more == null) {
                return everything(target);
            }
            if (more.found() == 0) {
                return merged(different + taken.staged(), taken.found() - taken.staged(), target);
            }
            taken = taken.plus(more);
        }
        return everything(target);
    }

    private Merged merged(long upserted, long removed, Connection target) {
        attempt.deleteGuard().refuseInTheWay(removed, target);
        return new Merged(upserted, removed);
    }

    private String step() {
        return attempt.doing("replace rows of");
    }

    private void createOfKeys(Connection target, String name) {
        Jdbc.execute(step(), target, "drop table if exists " + sql.temp(name));
        Jdbc.execute(
                step(),
                target,
                "create temp table " + sql.newTemp(name) + " on commit drop as select " + sql.key() + " from "
                        + sql.target() + " with no data");
    }

    private long countDifferent(Connection target) {
        return Jdbc.one(step(), target, sql.countDifferent(), row -> row.getLong(1));
    }

    // --- link by link

    /** @param staged those of the found rows that the source still has */
    private record InTheWay(long found, long staged) {
        InTheWay plus(InTheWay more) {
            return new InTheWay(found + more.found, staged + more.staged);
        }
    }

    /** Target rows in the way are noted, and staged if the source has them. None found: the way is free. Null: they are too many. */
    private @Nullable InTheWay takeInTheWay(Connection target) {
        if (rivals.none()) {
            return new InTheWay(0, 0);
        }
        var step = attempt.doing("find rows in the way of");
        Jdbc.execute(step, target, "drop table if exists " + sql.temp("in_the_way"));
        var found = Jdbc.execute(
                step, target, "create temp table " + sql.newTemp("in_the_way") + " on commit drop as " + inTheWay());
        if (found == 0) {
            return new InTheWay(0, 0);
        }
        if (found > MANY_IN_A_LINK) {
            return null;
        }
        var keys = Jdbc.texts(step, target, "select " + sql.keyAsText("w") + " from " + sql.temp("in_the_way") + " w");
        Jdbc.execute(
                step,
                target,
                "insert into %2$s (%1$s) select %1$s from %3$s"
                        .formatted(sql.key(), sql.temp("taken"), sql.temp("in_the_way")));
        var staged = stage(attempt, target, keys);
        refuseToRemove(found - staged);
        return new InTheWay(found, staged);
    }

    /** Keys of target rows that are not staged and that a staged row cannot stand beside. */
    private String inTheWay() {
        return "select distinct * from (" + rivals.inTheWay() + ") pgsync_w where not " + isIn("stage") + " and not "
                + isIn("taken");
    }

    /** A condition on {@code pgsync_w}, the key of a target row. */
    private String isIn(String temp) {
        return "exists (select 1 from %s pgsync_x where %s)"
                .formatted(sql.temp(temp), sql.sameKey("pgsync_x", "pgsync_w"));
    }

    // --- all rows at once

    /**
     * The batch becomes all rows in which the sides differ. Whoever stands in the way of one of those has another value on the source,
     * and so is among them, or has no row there and goes. The batches after this one find their rows in place.
     */
    private Merged everything(Connection target) {
        attempt.tell("unique values moved through many rows: comparing all rows of the table");
        Jdbc.execute(step(), target, "truncate " + sql.stage());
        stage(attempt, target, sql.select(null));
        Jdbc.execute(step(), target, "analyze " + sql.stage());
        createOfKeys(target, "absent");
        Jdbc.execute(
                step(),
                target,
                "insert into %1$s (%2$s) select %2$s from %3$s pgsync_w where not %4$s"
                        .formatted(sql.temp("absent"), sql.key(), sql.target(), isIn("stage")));
        Jdbc.execute(step(), target, "analyze " + sql.temp("absent"));
        Jdbc.execute(step(), target, sql.unstageSame());
        Jdbc.execute(step(), target, "analyze " + sql.stage());
        createOfKeys(target, "taken");
        var taken = Jdbc.execute(
                step(),
                target,
                "insert into %s (%s) %s and %s".formatted(sql.temp("taken"), sql.key(), inTheWay(), isIn("absent")));
        refuseToRemove(taken);
        return merged(countDifferent(target), taken, target);
    }

    /** Rows that nobody may delete stay, even where a row of the source wants their value; the table says so and stops. */
    private void refuseToRemove(long rows) {
        if (rows == 0 || (attempt.claim().spec().delete() && attempt.table().where() == null)) {
            return;
        }
        throw new StepFailed(
                Trouble.UNIQUE_VIOLATION,
                step(),
                "%,d target rows that are not among the source's rows hold unique values these need, and %s"
                        .formatted(
                                rows,
                                attempt.table().where() == null
                                        ? "-delete never keeps them"
                                        : "the rule's where keeps them out of reach"),
                new IllegalStateException("rows in the way that may not go"));
    }

    /** Adds to the batch what the run's moment has under these keys; gives how many rows. */
    static long stage(Attempt attempt, Connection target, List<List<String>> keys) {
        var sql = attempt.sql();
        var staged = 0L;
        for (var from = 0; from < keys.size(); from += KEYS_A_QUERY) {
            var some = keys.subList(from, Math.min(from + KEYS_A_QUERY, keys.size()));
            staged += stage(attempt, target, sql.select(sql.keyInOnSource(some)));
        }
        return staged;
    }

    private static long stage(Attempt attempt, Connection target, String query) {
        var sql = attempt.sql();
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
