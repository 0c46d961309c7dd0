package pgsync.worker.apply;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
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
        if (members.stream().allMatch(m -> m.attempt.table().uniques().isEmpty())) {
            write(step, members, false, target);
            return;
        }
        Jdbc.execute(step, target, "savepoint pgsync_merge");
        try {
            write(step, members, false, target);
        } catch (StepFailed e) {
            if (e.trouble() != Trouble.UNIQUE_VIOLATION) {
                throw e;
            }
            attempt.tell("a unique value moved to another row (" + e.reason() + "): replacing the rows concerned");
            Jdbc.execute(step, target, "rollback to savepoint pgsync_merge");
            write(step, members, true, target);
        }
    }

    private static void write(String step, List<Member> members, boolean replacing, Connection target) {
        var together = new Together();
        for (var member : members) {
            member.attempt.letTriggersFindTheirs(target, member.attempt.table());
            if (replacing && !member.attempt.table().uniques().isEmpty()) {
                member.merged = member.merge.makeWay(target);
                var removed = together.add(null, member.merge.removal());
                together.add(null, member.merge.insertionAfter(removed) + " returning 1");
            } else {
                member.merged = new Merge.Merged(0, 0);
                member.merge.parts().forEach(part -> together.add(member, part));
            }
        }
        together.run(step, target).forEach((member, rows) -> member.merged = new Merge.Merged(rows, 0));
        for (var member : members) {
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
        attempt.write(target -> {
            var together = new Together();
            for (var i = 0; i < members.size(); i++) {
                var one = members.get(i);
                one.letTriggersFindTheirs(target, one.table());
                if (!totals.get(i).same()) {
                    new CompareKeys(one)
                            .findRemoval(target, totals.get(i))
                            .ifPresent(part -> together.add(new Member(one, null), part));
                }
            }
            var own = Counts.NONE;
            for (var entry :
                    together.run("delete from " + names(members), target).entrySet()) {
                var one = entry.getKey().attempt;
                new CompareKeys(one).refuseIfStillThere(target, "extra");
                if (one.table().table().equals(attempt.table().table())) {
                    own = Counts.deleted(entry.getValue());
                } else {
                    countFor(one, Counts.deleted(entry.getValue()), target);
                }
            }
            return new Written(own, true);
        });
    }

    private static String names(List<Attempt> members) {
        return members.stream().map(one -> one.table().table().toString()).collect(Collectors.joining(" and "));
    }

    // --- one statement

    /** Data-modifying queries that become one statement. Owned by one thread. */
    private static final class Together {
        private final List<String> parts = new ArrayList<>();
        private final List<@Nullable Member> counted = new ArrayList<>();

        /** Gives the part's name, for parts after it; its rows count for the member, if there is one. */
        String add(@Nullable Member member, String part) {
            var name = "pgsync_w" + parts.size();
            parts.add(name + " as (" + part + ")");
            counted.add(member);
            return name;
        }

        /** Rows written for each member that some part counts for. */
        java.util.Map<Member, Long> run(String step, Connection target) {
            var rows = new java.util.LinkedHashMap<Member, Long>();
            if (parts.isEmpty()) {
                return rows;
            }
            var statement = "with " + String.join(", ", parts) + " select "
                    + IntStream.range(0, parts.size())
                            .mapToObj(i -> "(select count(*) from pgsync_w" + i + ")")
                            .collect(Collectors.joining(", "));
            return Jdbc.one(step, target, statement, row -> {
                for (var i = 0; i < parts.size(); i++) {
                    var member = counted.get(i);
                    if (member != null) {
                        rows.merge(member, row.getLong(i + 1), Long::sum);
                    }
                }
                return rows;
            });
        }
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
