package pgsync.worker.apply;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.task.Counts;
import pgsync.task.Work;
import pgsync.worker.apply.Attempt.Written;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;

/**
 * Tables that refer to each other, with foreign keys on. PostgreSQL checks a key that is not deferrable when the statement that
 * broke it ends, and a statement may write several tables (manual, 7.8.4 "Data-Modifying Statements in WITH"): so all rows of
 * all tables go in one statement, whatever NOT NULL says and in whatever order rows refer to each other.
 */
final class Circle {
    private final Attempt attempt;

    Circle(Attempt attempt) {
        this.attempt = attempt;
    }

    // --- rows

    /** One table of the circle. Its temporary tables carry its number. */
    private static final class Member {
        private final Attempt attempt;
        private final Merge merge;
        private final @Nullable String condition;
        private long rows;
        private long bytes;
        private Merge.Merged merged = new Merge.Merged(0, 0);

        Member(Attempt attempt, @Nullable String condition) {
            this.attempt = attempt;
            this.merge = new Merge(attempt);
            this.condition = condition;
        }

        Counts counts() {
            return new Counts(merged.upserted(), merged.deleted(), Math.max(rows - merged.upserted(), 0), bytes);
        }
    }

    void upsert(Work.UpsertCircle work) {
        var members = new ArrayList<Member>();
        for (var member : work.members()) {
            var one = attempt.of(member.table(), "_" + members.size());
            members.add(new Member(one, condition(one, member.rows())));
        }
        attempt.write(target -> {
            members.forEach(member -> stage(member, target));
            merge(members, target);
            return new Written(count(members, target), true);
        });
    }

    /** Rows that changed and rows that are missing: one of the others may refer to any of them. */
    private static String condition(Attempt one, Work rows) {
        return switch (rows) {
            case Work.Upsert(var low, var cap) -> {
                var changed = one.sql().changedSince(low);
                var missing = differingBuckets(one, false);
                yield missing == null ? changed : "(" + changed + " or " + missing + ")";
            }
            case Work.Reconcile() -> {
                var differing = differingBuckets(one, true);
                yield differing == null ? "false" : differing;
            }
            case Work.Copy c -> throw unfit(rows);
            case Work.Keys k -> throw unfit(rows);
            case Work.Replace r -> throw unfit(rows);
            case Work.CatchUp c -> throw unfit(rows);
            case Work.UpsertCircle u -> throw unfit(rows);
            case Work.DeleteCircle d -> throw unfit(rows);
            case Work.InCircle i -> throw unfit(rows);
        };
    }

    private static IllegalStateException unfit(Work rows) {
        return new IllegalStateException("no way to bring the rows of a circle: " + rows);
    }

    private static @Nullable String differingBuckets(Attempt one, boolean wholeRows) {
        var digests = new Digests(one);
        var totals = wholeRows ? digests.ofRows() : digests.ofKeys();
        if (totals.same() || totals.source().rows() == 0) {
            return null;
        }
        if (totals.target().rows() == 0) {
            return "true";
        }
        var buckets = digests.buckets(totals, wholeRows);
        var numbers = one.look(target -> {
            var differing = digests.findDiffering(target, buckets);
            one.tell("%,d of %,d buckets differ".formatted(differing, buckets.mask() + 1));
            return digests.differing(target);
        });
        return digests.inBuckets(buckets, numbers);
    }

    private static void stage(Member member, Connection target) {
        var one = member.attempt;
        var sql = one.sql();
        var step = one.doing("stage rows of");
        Jdbc.execute(step, target, sql.createStage());
        try (var rows = RowStream.open(one.doing("read"), one.source(), sql.select(member.condition), sql.format());
                var sink = RowSink.open(step, target, sql.copyInto(sql.stage()), sql.format())) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                sink.write(row);
            }
            sink.finish();
            member.rows = sink.rows();
            member.bytes = sink.bytes();
        }
        Jdbc.execute(step, target, "analyze " + sql.stage());
    }

    private void merge(List<Member> members, Connection target) {
        var step = "upsert into " + names(members.stream().map(m -> m.attempt).toList());
        Jdbc.execute(step, target, "savepoint pgsync_merge");
        try {
            write(step, members, false, target);
        } catch (StepFailed e) {
            if (e.trouble() != Trouble.UNIQUE_VIOLATION) {
                throw e;
            }
            Jdbc.execute(step, target, "rollback to savepoint pgsync_merge");
            if (members.stream().noneMatch(member -> member.merge.hasRivals(target))) {
                throw e;
            }
            attempt.tell("a unique value moved to another row (" + e.reason() + "): replacing the rows concerned");
            write(step, members, true, target);
        }
    }

    private static void write(String step, List<Member> members, boolean replacing, Connection target) {
        var statement = new OneStatement();
        var removals = new HashSet<Integer>();
        var counted = new HashMap<Integer, Member>();
        for (var member : members) {
            member.attempt.letFunctionsFindTheirs(target);
            var inTheWay = replacing && member.merge.hasRivals(target);
            var emptied = inTheWay ? member.merge.makeWayByParking(target) : Optional.<Merge.Merged>empty();
            if (emptied.isPresent()) {
                member.merged = emptied.get();
                member.merge.parts().forEach(statement::add);
            } else if (inTheWay) {
                member.merged = member.merge.makeWay(target);
                removals.add(statement.size());
                member.merge.exchangeIn(statement, target);
            } else {
                member.merged = new Merge.Merged(0, 0);
                for (var part : member.merge.parts()) {
                    counted.put(statement.size(), member);
                    statement.add(part);
                }
            }
        }
        var bystanders = Bystanders.of(members.stream().map(m -> m.attempt).toList(), target);
        var rows = statement.run(step, target);
        var removed = 0L;
        var written = 0L;
        for (var i = 0; i < rows.size(); i++) {
            if (removals.contains(i)) {
                removed += rows.get(i);
            } else {
                written += rows.get(i);
            }
            var member = counted.get(i);
            if (member != null) {
                member.merged = new Merge.Merged(member.merged.upserted() + rows.get(i), 0);
            }
        }
        bystanders.refuseIfTouched(written, removed, replacing);
        if (bystanders.oursFollowed() || members.stream().anyMatch(member -> member.merge.oursFollowedParking())) {
            new PutRight(members.stream().map(m -> m.attempt).toList()).run(target);
        }
        for (var member : members) {
            member.merge.refuseToBreakDeferrable(target);
            if (!member.attempt.table().triggers().isEmpty()) {
                member.merge.refuseIfChanged(target);
            }
        }
    }

    private Counts count(List<Member> members, Connection target) {
        var own = Counts.NONE;
        for (var member : members) {
            if (member.attempt.table().table().equals(attempt.table().table())) {
                own = member.counts();
            } else {
                countFor(member.attempt, member.counts(), target);
            }
        }
        return own;
    }

    private void countFor(Attempt one, Counts counts, Connection target) {
        Jdbc.execute(
                one.doing("record progress of"),
                target,
                ProgressSql.countFor(one.table().table(), attempt.claim(), counts));
    }

    // --- deletes

    void delete(Work.DeleteCircle work) {
        var members = IntStream.range(0, work.members().size())
                .mapToObj(i -> attempt.of(work.members().get(i), "_" + i))
                .toList();
        var totals = members.stream().map(one -> new Digests(one).ofKeys()).toList();
        if (totals.stream().allMatch(Digests.Totals::same)) {
            return;
        }
        attempt.write(target -> new Written(delete(members, totals, target), true));
    }

    private static Optional<String> removal(Attempt one, Digests.Totals totals, Connection target) {
        try {
            return new CompareKeys(one).findRemoval(target, totals);
        } catch (GuardStopped guard) {
            // Told of every table of the circle.
            var reason = one.table().table() + " " + guard.getMessage();
            throw new GuardStopped(reason, guard.remedy());
        }
    }

    private Counts delete(List<Attempt> members, List<Digests.Totals> totals, Connection target) {
        var statement = new OneStatement();
        var doomed = new ArrayList<Cascades.Doomed>();
        for (var i = 0; i < members.size(); i++) {
            var one = members.get(i);
            one.letFunctionsFindTheirs(target);
            if (!totals.get(i).same()) {
                removal(one, totals.get(i), target).ifPresent(part -> {
                    statement.add(part);
                    doomed.add(new Cascades.Doomed(one, one.sql().temp("extra")));
                });
            }
        }
        Cascades.refuseDelete(doomed, target);
        var bystanders = Bystanders.of(members, target);
        var rows = statement.run("delete from " + names(members), target);
        bystanders.refuseIfTouched(0, rows.stream().mapToLong(Long::longValue).sum(), false);
        if (bystanders.oursFollowed()) {
            new PutRight(members).runAfterDeletes(target);
        }
        var own = Counts.NONE;
        for (var i = 0; i < rows.size(); i++) {
            var one = doomed.get(i).attempt();
            new CompareKeys(one).refuseIfStillThere(target, "extra");
            if (one.table().table().equals(attempt.table().table())) {
                own = Counts.deleted(rows.get(i));
            } else {
                countFor(one, Counts.deleted(rows.get(i)), target);
            }
        }
        return own;
    }

    private static String names(List<Attempt> members) {
        return members.stream().map(one -> one.table().table().toString()).collect(Collectors.joining(" and "));
    }

    // --- the others

    /** What became of the task that did this table's work. Throws when it failed: then nothing of this table was written either. */
    void follow(Work.InCircle work) {
        if (attempt.dryRun()) {
            return;
        }
        record End(
                boolean guard,
                @Nullable String reason,
                @Nullable String remedy) {}
        var failed = attempt.look(target -> Jdbc.first(
                attempt.doing("look at the circle of"),
                target,
                ProgressSql.failureOf(work.leader(), attempt.claim()),
                row -> new End(row.getBoolean(1), row.getString(2), row.getString(3))));
        if (failed.isEmpty()) {
            return;
        }
        var reason = "goes together with %s, to which it refers and which refers to it, and that failed: %s"
                .formatted(work.leader(), failed.get().reason());
        var remedy = String.valueOf(failed.get().remedy());
        if (failed.get().guard()) {
            throw new GuardStopped(reason, remedy);
        }
        throw new CircleFailed(reason, remedy);
    }
}
