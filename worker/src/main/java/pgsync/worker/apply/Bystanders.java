package pgsync.worker.apply;

import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;
import pgsync.task.TableName;

/**
 * The net under everything that a write may do besides what we asked for: triggers that stay on, cascades of whatever length. PostgreSQL
 * counts for each table what a transaction does to its rows, so we need not know how it came about. For one statement or several in a
 * transaction; a savepoint that is rolled back in between would count as well.
 */
final class Bystanders {
    private final List<Attempt> own;
    private final Connection target;
    private final boolean needed;
    private final boolean withTriggers;
    private final Map<Long, Count> before;
    private boolean followed;

    private record Count(boolean ours, long inserted, long updated, long deleted) {
        Count minus(Count earlier) {
            return new Count(ours, inserted - earlier.inserted, updated - earlier.updated, deleted - earlier.deleted);
        }

        boolean none() {
            return inserted == 0 && updated == 0 && deleted == 0;
        }
    }

    private Bystanders(List<Attempt> own, Connection target) {
        this.own = own;
        this.target = target;
        this.withTriggers = own.stream().anyMatch(one -> !one.table().triggers().isEmpty());
        this.needed = withTriggers
                || own.stream()
                        .flatMap(one -> one.referring(target).stream())
                        .anyMatch(key -> key.actsOnDelete() || key.actsOnUpdate());
        this.before = needed ? counts() : Map.of();
    }

    /** Looks before the write. */
    static Bystanders of(Attempt own, Connection target) {
        return of(List.of(own), target);
    }

    /** The same for a write of several tables. */
    static Bystanders of(List<Attempt> own, Connection target) {
        return new Bystanders(own, target);
    }

    private String names() {
        return own.stream()
                .map(one -> Quoted.literal(one.table().table().quoted()))
                .collect(Collectors.joining(", "));
    }

    /** What waits for the end of the transaction happens now, where it is still seen. */
    private void fireDeferred() {
        var deferred = Jdbc.texts(step(), target, BystandersSql.deferred(names()));
        if (!deferred.isEmpty()) {
            Jdbc.execute(
                    step(),
                    target,
                    deferred.stream()
                            .map(List::getFirst)
                            .collect(Collectors.joining(", ", "set constraints ", " immediate")));
        }
    }

    private Map<Long, Count> counts() {
        var names = names();
        var counts = new HashMap<Long, Count>();
        for (var row : Jdbc.texts(step(), target, BystandersSql.counts(names))) {
            counts.put(
                    Long.valueOf(row.get(0)),
                    new Count(
                            row.get(1).equals("t"),
                            Long.parseLong(row.get(2)),
                            Long.parseLong(row.get(3)),
                            Long.parseLong(row.get(4))));
        }
        return counts;
    }

    private String step() {
        return own.getFirst().doing("look for what else changed with");
    }

    /**
     * Throws {@link StepFailed} when the write did more than to insert or update and to delete that many rows of our tables.
     *
     * @param forAMoment rows went, or were emptied, that are back now: nothing that somebody does about that can be meant
     */
    void refuseIfTouched(long written, long deleted, boolean forAMoment) {
        if (!needed) {
            return;
        }
        if (withTriggers) {
            fireDeferred();
        }
        var ours = new Count(true, 0, 0, 0);
        for (var count : counts().entrySet()) {
            var did = count.getValue().minus(before.getOrDefault(count.getKey(), new Count(false, 0, 0, 0)));
            if (did.ours) {
                ours = new Count(
                        true, ours.inserted + did.inserted, ours.updated + did.updated, ours.deleted + did.deleted);
            } else if (!did.none()) {
                refuseOther(count.getKey(), did, forAMoment);
            }
        }
        // What triggers do to rows of the same table is looked at row by row, and right when it is as on the source.
        // With track_counts off nothing is counted at all, so that less than we did means as little as more.
        if (withTriggers) {
            followed = ours.inserted + ours.updated != written || ours.deleted != deleted;
            return;
        }
        followed = ours.inserted + ours.updated > written
                && own.stream().anyMatch(one -> one.referring(target).stream().anyMatch(this::changesOurs));
        if (ours.deleted > deleted) {
            throw touched("rows of the same table that the source still has would go with it");
        }
        if (ours.inserted + ours.updated > written
                && own.stream()
                        .flatMap(one -> one.referring(target).stream().filter(key -> follows(one, key)))
                        .noneMatch(key ->
                                own.stream().anyMatch(one -> one.table().table().equals(key.child())))) {
            throw touched("other rows of the same table would change with it");
        }
    }

    /**
     * Rows of our tables may have changed that we did not write, as far as {@link #refuseIfTouched} saw: by a key from one of them to
     * another, or by a trigger. Then {@link PutRight} looks.
     */
    boolean oursFollowed() {
        return followed;
    }

    private boolean changesOurs(Cascades.Referring key) {
        return key.actsOnUpdate()
                && own.stream().anyMatch(one -> one.table().table().equals(key.child()));
    }

    private void refuseOther(long oid, Count did, boolean forAMoment) {
        var found = Jdbc.texts(step(), target, BystandersSql.name(oid)).getFirst();
        var name = new TableName(found.get(0), found.get(1));
        var kept = Boolean.parseBoolean(found.get(2));
        var follows = did.inserted == 0 && did.deleted == 0 && followers().contains(name);
        // What triggers of the target write into tables that are the target's alone is what they are there for.
        var meant = !kept && !forAMoment && (withTriggers || did.deleted == 0);
        if (!follows && !meant && (kept || did.updated + did.deleted > 0)) {
            throw touched("rows of %s would change with it".formatted(name));
        }
    }

    /** Tables whose rows follow ours, and those whose rows follow theirs. */
    private Set<TableName> followers() {
        var found = new HashSet<TableName>();
        var open = new ArrayDeque<TableName>();
        for (var one : own) {
            for (var key : one.referring(target)) {
                if (follows(one, key) && found.add(key.child())) {
                    open.add(key.child());
                }
            }
        }
        for (var parent = open.poll(); parent != null; parent = open.poll()) {
            for (var key : Cascades.referring(parent, target)) {
                if (key.actsOnUpdate() && own.getFirst().doesTheSame(key) && found.add(key.child())) {
                    open.add(key.child());
                }
            }
        }
        return found;
    }

    /** Rows follow by a key that the source has as well: what it did to them there, it does here. */
    private static boolean follows(Attempt attempt, Cascades.Referring key) {
        return attempt.leavesBehindWhatTheSourceDid(key) || (key.actsOnUpdate() && attempt.doesTheSame(key));
    }

    private StepFailed touched(String what) {
        var tables = own.stream().map(one -> one.table().table().toString()).collect(Collectors.joining(" and "));
        var reason = withTriggers
                ? "%s, by a trigger or a foreign key of the target".formatted(what)
                : "%s, by a foreign key of the target".formatted(what);
        return new StepFailed(
                withTriggers ? Trouble.CHANGED_BY_TRIGGER : Trouble.STILL_REFERRED_TO,
                "write " + tables,
                reason,
                new IllegalStateException("the write had a side effect"));
    }
}
