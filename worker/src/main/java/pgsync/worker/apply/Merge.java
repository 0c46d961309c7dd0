package pgsync.worker.apply;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;

/** Brings the staged rows into the target inside the caller's transaction. */
final class Merge {
    private static final Set<Trouble> NOT_EVEN_FOR_A_MOMENT = Set.of(
            Trouble.UNIQUE_VIOLATION, Trouble.CONSTRAINT_VIOLATION, Trouble.FOREIGN_KEY_VIOLATION, Trouble.BAD_VALUE);

    private final Attempt attempt;
    private final TableSql sql;
    private @Nullable Rivals rivals;
    private @Nullable Set<String> deferrable;
    private boolean followedParking;

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
            var merged = gather(target);
            exchange(target);
            refuseToBreakDeferrable(target);
            return merged;
        }
        // Also where there is no other unique index: an exclusion constraint objects in the same way.
        Jdbc.execute(attempt.doing("upsert into"), target, "savepoint pgsync_merge");
        try {
            var upserted = upsert(target);
            refuseToBreakDeferrable(target);
            return new Merged(upserted, 0);
        } catch (StepFailed e) {
            if (e.trouble() != Trouble.UNIQUE_VIOLATION) {
                throw e;
            }
            attempt.tell("a unique value moved to another row (" + e.reason() + "): replacing the rows concerned");
            Jdbc.execute(attempt.doing("upsert into"), target, "rollback to savepoint pgsync_merge");
            var merged = replace(target);
            refuseToBreakDeferrable(target);
            return merged;
        }
    }

    private Rivals rivals(Connection target) {
        if (rivals == null) {
            rivals = Rivals.of(attempt, target);
        }
        return rivals;
    }

    /** Whether some constraint other than the key's may keep a staged row out. */
    boolean hasRivals(Connection target) {
        return !rivals(target).none();
    }

    /** Throws what PostgreSQL would say when the transaction ends, or would not say at all: of the staged rows. */
    void refuseToBreakDeferrable(Connection target) {
        refuseBrokenDeferrable(target, Rivals::inTheWayOfDeferrable);
    }

    /** The same of all rows, where none were staged. */
    void refuseBrokenDeferrable(Connection target) {
        refuseBrokenDeferrable(target, Rivals::besideEachOther);
    }

    private void refuseBrokenDeferrable(Connection target, Function<Rivals, String> broken) {
        if (deferrable == null) {
            deferrable = Rivals.deferrable(attempt, target);
        }
        if (deferrable.isEmpty() || !rivals(target).anyDeferrable()) {
            return;
        }
        var step = attempt.doing("look at deferrable constraints of");
        // Two slices of one copy see each other's rows only when one has committed before the other looks.
        Jdbc.execute(
                step,
                target,
                "select pg_catalog.pg_advisory_xact_lock('pg_catalog.pg_class'::pg_catalog.regclass::int, %s::pg_catalog.regclass::oid::int)"
                        .formatted(Quoted.literal(attempt.table().table().quoted())));
        var isBroken = Jdbc.one(
                step, target, "select exists (" + broken.apply(rivals(target)) + ")", row -> row.getBoolean(1));
        if (isBroken) {
            throw new StepFailed(
                    Trouble.UNIQUE_VIOLATION,
                    step,
                    "rows hold the same values by a deferrable constraint, one of "
                            + Quoted.printable(String.join(", ", deferrable)),
                    new IllegalStateException("deferrable constraint broken"));
        }
    }

    private boolean fixedColumnsDiffer(Connection target) {
        var step = attempt.doing("compare rows of");
        Jdbc.execute(step, target, "analyze " + sql.stage());
        return Jdbc.one(step, target, sql.countFixedDifferent(), row -> row.getLong(1)) > 0;
    }

    private long upsert(Connection target) {
        var bystanders = Bystanders.of(attempt, target);
        var upserted = upsertAlone(target);
        bystanders.refuseIfTouched(upserted, 0, false);
        putRight(bystanders, target);
        return upserted;
    }

    private void putRight(Bystanders bystanders, Connection target) {
        if (bystanders.oursFollowed()) {
            new PutRight(List.of(attempt)).run(target);
        }
    }

    private long upsertAlone(Connection target) {
        return upsertAlone(attempt, target);
    }

    static long upsertAlone(Attempt attempt, Connection target) {
        var sql = attempt.sql();
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
        return parts(attempt);
    }

    static List<String> parts(Attempt attempt) {
        var sql = attempt.sql();
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
        var merged = gather(target);
        if (Cascades.deletesCarryMore(attempt, target)) {
            for (var way : Parking.ways(attempt, target)) {
                if (park(target, way)) {
                    return new Merged(merged.upserted(), 0);
                }
            }
        }
        exchange(target);
        return merged;
    }

    /**
     * Rows that the source has no longer are parked with the others: they go when keys are compared, children first, later in this run.
     * False when the target does not let these columns have these values even for a moment; then nothing was done.
     */
    private boolean park(Connection target, Map<String, String> way) {
        return forAMoment(target, () -> {
            var bystanders = Bystanders.of(attempt, target);
            var parked = Jdbc.execute(parking(), target, sql.park(way, sql.temp("taken")));
            bystanders.refuseIfTouched(parked + upsertAlone(target), 0, true);
            putRight(bystanders, target);
        });
    }

    private String parking() {
        return attempt.doing("replace rows of");
    }

    private boolean forAMoment(Connection target, Runnable change) {
        Jdbc.execute(parking(), target, "savepoint pgsync_park");
        try {
            change.run();
            return true;
        } catch (StepFailed e) {
            if (!NOT_EVEN_FOR_A_MOMENT.contains(e.trouble())) {
                throw e;
            }
            Jdbc.execute(parking(), target, "rollback to savepoint pgsync_park");
            attempt.tell("its columns may not be empty or different for a moment (" + e.reason() + ")");
            return false;
        }
    }

    /**
     * Rows in the way that the source has no longer go. One statement: foreign keys that stay on look when it has ended, and find
     * every key that other rows refer to.
     */
    private void exchange(Connection target) {
        Cascades.refuse(attempt, target);
        var bystanders = Bystanders.of(attempt, target);
        var statement = new OneStatement();
        exchangeIn(statement, target);
        var rows = statement.run(attempt.doing("replace rows of"), target);
        bystanders.refuseIfTouched(
                rows.stream().skip(1).mapToLong(Long::longValue).sum(), rows.getFirst(), true);
        putRight(bystanders, target);
    }

    /**
     * For tables that are written together, where rows that go may still be referred to by rows that go later: takes what is in the way into
     * the batch and parks the columns that hold the values, so that {@link #parts} find their way free. Gives what they are about to write;
     * none when that cannot be, and then nothing was done.
     */
    Optional<Merged> makeWayByParking(Connection target) {
        if (!Cascades.deletesCarryMore(attempt, target)) {
            return Optional.empty();
        }
        var ways = Parking.ways(attempt, target);
        if (ways.isEmpty()) {
            return Optional.empty();
        }
        var merged = gather(target);
        for (var way : ways) {
            var parked = forAMoment(target, () -> {
                var bystanders = Bystanders.of(attempt, target);
                bystanders.refuseIfTouched(Jdbc.execute(parking(), target, sql.park(way, sql.temp("taken"))), 0, true);
                followedParking = bystanders.oursFollowed();
            });
            if (parked) {
                // Rows in the way that the source has no longer go when keys are compared, and are counted then.
                return Optional.of(new Merged(merged.upserted(), 0));
            }
        }
        return Optional.empty();
    }

    /** As {@link Bystanders#oursFollowed}, of {@link #makeWayByParking}. */
    boolean oursFollowedParking() {
        return followedParking;
    }

    /** Takes what is in the way into the batch, and gives what {@link #exchangeIn} is about to write. */
    Merged makeWay(Connection target) {
        Cascades.refuse(attempt, target);
        return gather(target);
    }

    /**
     * Adds to the statement: first that the rows of the batch and those in its way go, then that the batch comes, with what only the
     * target had of its rows.
     */
    void exchangeIn(OneStatement statement, Connection target) {
        var own = attempt.table().wholeRows() ? List.<String>of() : ownColumns(target);
        var removed = statement.add(removal(own));
        // Nothing comes before all that goes has gone.
        var gone = "(select count(*) from " + removed + ") >= 0";
        if (own.isEmpty()) {
            statement.add(sql.insertAllFromStage() + " where " + gone + " returning 1");
            return;
        }
        statement.add(sql.insertFromStageAnd(removed, own) + " where " + gone + " returning 1");
        statement.add(sql.insertAllFromStage() + " where " + gone + " and " + sql.notIn(removed) + " returning 1");
    }

    /** Columns that only the target fills. */
    private List<String> ownColumns(Connection target) {
        return Jdbc.texts(attempt.doing("look at the columns of"), target, """
                select a.attname::text
                  from pg_catalog.pg_attribute a
                 where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped
                   and coalesce(to_jsonb(a) ->> 'attgenerated', '') = '' and a.attname <> all (array[%s]::name[])
                """.formatted(
                                Quoted.literal(attempt.table().table().quoted()),
                                attempt.table().columns().stream()
                                        .map(column -> Quoted.literal(column.name()))
                                        .collect(Collectors.joining(", "))))
                .stream()
                .map(List::getFirst)
                .toList();
    }

    private Merged gather(Connection target) {
        return new Gather(attempt, rivals(target)).run(target);
    }

    /** Takes away the rows of the batch and those in its way; gives their keys and the columns {@code own}. */
    private String removal(List<String> own) {
        var kept = own.isEmpty()
                ? "1"
                : sql.keyOf("pgsync_t") + ", "
                        + own.stream()
                                .map(column -> "pgsync_t." + Quoted.identifier(column))
                                .collect(Collectors.joining(", "));
        return "delete from %1$s pgsync_t using (select %2$s from %3$s union select %2$s from %4$s) pgsync_k where %5$s returning %6$s"
                .formatted(
                        sql.target(),
                        sql.key(),
                        sql.stage(),
                        sql.temp("taken"),
                        sql.sameKey("pgsync_k", "pgsync_t"),
                        kept);
    }
}
