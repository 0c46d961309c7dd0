package pgsync.coordinator.plan;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pgsync.config.SyncConfig;
import pgsync.coordinator.discover.Refusal;
import pgsync.coordinator.discover.TablePair;
import pgsync.coordinator.ledger.TableState;
import pgsync.coordinator.moment.Horizon;
import pgsync.coordinator.moment.OldestTransaction;
import pgsync.coordinator.moment.SourcePosition;
import pgsync.coordinator.verify.Verifier.Compared;
import pgsync.sql.Quoted;
import pgsync.table.Column;
import pgsync.task.Slice;
import pgsync.task.TableName;
import pgsync.task.TableSpec;
import pgsync.task.TaskSpec;
import pgsync.task.Work;

/** Decides for each table what a run does with it. Stateless: the same facts give the same plan. */
public final class Planner {
    /** Of a list that may be long. */
    private static final int NAMED_AT_MOST = 10;

    private final SyncConfig config;

    public Planner(SyncConfig config) {
        this.config = config;
    }

    /** Dearest table first, so that the last one to end is a small one. */
    public Plan plan(List<TablePair> pairs, List<Refusal> refusals, Facts facts) {
        var order = ParentsFirst.among(
                pairs.stream().map(p -> p.target().name()).collect(Collectors.toSet()), facts.targetForeignKeys());
        var keys = new Keys(order, order.highest(), referringToThemselves(facts));
        var planners = new TreeMap<TableName, TablePlanner>();
        pairs.forEach(pair -> planners.put(pair.target().name(), planner(pair, facts, keys)));
        var tables = new ArrayList<PlannedTable>();
        var refused = new ArrayList<>(refusals);
        var warnings = new ArrayList<Plan.Warning>();
        fromAnotherSource(pairs, facts).ifPresent(warnings::add);
        largeObjects(pairs, facts).ifPresent(warnings::add);
        writtenAnew(planners.values()).ifPresent(warnings::add);
        setBack(planners.values()).ifPresent(warnings::add);
        aheadOfTheClock(planners.values()).ifPresent(warnings::add);
        sequencesThatStay(pairs).ifPresent(warnings::add);
        if (foreignKeysStayOn(facts)) {
            warnings.add(new Plan.Warning(
                    "this role may not set session_replication_role on the target: foreign keys and triggers stay on, "
                            + "tables go in foreign key order",
                    "grant the right, see deploy/grants.sql"));
        }
        if (foreignKeysStayOn(facts)) {
            order.circles().forEach(circle -> plan(circle, planners, tables, refused));
            planners.values().removeIf(planner -> refusesToReplace(planner, facts, refused));
        }
        for (var planner : planners.values()) {
            planner.obstacle().ifPresentOrElse(refused::add, () -> tables.add(planner.plan()));
        }
        tables.sort(Comparator.comparingLong(Planner::cost).reversed().thenComparing(PlannedTable::table));
        refused.sort(Comparator.comparing(Refusal::table));
        return new Plan(tables, refused, warnings);
    }

    /** By mistake or on purpose: rows that differ are about to be overwritten, and nobody should find out afterwards. */
    private static Optional<Plan.Warning> fromAnotherSource(List<TablePair> pairs, Facts facts) {
        var tables = pairs.stream()
                .map(pair -> facts.states().get(pair.target().name()))
                .filter(state -> state != null && state.phase() == TableState.Phase.LIVE)
                .filter(state -> !state.sourceIdentity().equals(facts.source().identity()))
                .count();
        return tables == 0
                ? Optional.empty()
                : Optional.of(new Plan.Warning(
                        "%,d tables were synchronized from another database before: all their rows are compared with this one's"
                                .formatted(tables),
                        "check -source; nothing to do when the source has moved"));
    }

    private static Optional<Plan.Warning> writtenAnew(Collection<TablePlanner> planners) {
        return comparedWhole(
                planners,
                TablePlanner::isComparedForItsFiles,
                "truncated, written anew or replaced since the last run, on the source or the target",
                "nothing to do; VACUUM FULL, CLUSTER and a partition that came with rows have the same effect");
    }

    /** A standby that was promoted may lack what its primary had committed last, and a backup what came after it. */
    private static Optional<Plan.Warning> setBack(Collection<TablePlanner> planners) {
        return comparedWhole(
                planners,
                TablePlanner::isComparedForItsSource,
                "the source failed over or was restored since the last run and may lack what the target has from it",
                "nothing to do; a table is read by timestamps again when a run has completed it");
    }

    /** Nobody knows since when the clock was behind, and which stamps are of before that. */
    private static Optional<Plan.Warning> aheadOfTheClock(Collection<TablePlanner> planners) {
        return comparedWhole(
                planners,
                TablePlanner::isAheadOfTheClock,
                "the source is not as far as it was in the last run",
                "nothing to do after -overlap grew or the source became a standby; otherwise look at the source's clock");
    }

    /** A table that takes longer than it usually does should say why. */
    private static Optional<Plan.Warning> comparedWhole(
            Collection<TablePlanner> planners, Predicate<TablePlanner> which, String why, String remedy) {
        var tables = planners.stream()
                .filter(which)
                .map(planner -> planner.spec.table().toString())
                .sorted()
                .toList();
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plan.Warning(
                        "%s, so that all rows are compared: %s".formatted(why, named(tables)), remedy));
    }

    /** Whoever switches to the target later would meet numbers that are taken. */
    private static Optional<Plan.Warning> sequencesThatStay(List<TablePair> pairs) {
        var sequences = pairs.stream()
                .flatMap(pair -> SpecBuilder.sequencesOutOfReach(pair).stream())
                .map(TableName::toString)
                .distinct()
                .sorted()
                .toList();
        return sequences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plan.Warning(
                        "sequences stay where they are, because this role may not read them on the source or not move them on the target: "
                                + named(sequences),
                        "grant usage on their schemas, select on them on the source, select and update on the target"));
    }

    private static String named(List<String> names) {
        var more = names.size() - NAMED_AT_MOST;
        return names.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "))
                + (more > 0 ? " and %,d more".formatted(more) : "");
    }

    /** Numbers that name large objects arrive, and name nothing on the target. */
    private static Optional<Plan.Warning> largeObjects(List<TablePair> pairs, Facts facts) {
        var columns = pairs.stream()
                .flatMap(pair -> pair.columns().stream()
                        .filter(column -> column.baseTypeName().equals("oid"))
                        .map(column -> pair.target().name() + "." + Quoted.printable(column.name())))
                .sorted()
                .toList();
        return columns.isEmpty() || !facts.source().hasLargeObjects()
                ? Optional.empty()
                : Optional.of(new Plan.Warning(
                        "large objects are not copied, only the numbers of them in " + String.join(", ", columns),
                        "copy them by other means, or store them as bytea"));
    }

    /** What a verification compares: the same tables, columns and rows that a run would bring over. In the order of names. */
    public List<Compared> toCompare(List<TablePair> pairs, Facts facts) {
        var order = ParentsFirst.among(Set.of(), List.of());
        var keys = new Keys(order, order.highest(), Set.of());
        return pairs.stream()
                .map(pair -> planner(pair, facts, keys).compared())
                .sorted(Comparator.comparing(compared -> compared.table().table()))
                .toList();
    }

    private static boolean foreignKeysStayOn(Facts facts) {
        return !facts.target().maySetReplicationRole()
                && !facts.targetForeignKeys().isEmpty();
    }

    /**
     * Whose rows have no names, they are deleted and inserted again when they change; between the two nothing is there that other
     * rows refer to, and a cascade would take those along.
     */
    private static boolean refusesToReplace(TablePlanner planner, Facts facts, List<Refusal> refused) {
        var name = planner.spec.table();
        var children = facts.targetForeignKeys().stream()
                .filter(key -> key.to().equals(name))
                .map(key -> key.from().toString())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!planner.isReplaced() || children.isEmpty()) {
            return false;
        }
        refused.add(
                new Refusal(
                        name,
                        "its rows can only be replaced, and foreign keys that stay on refer to them (%s)"
                                .formatted(children),
                        "grant the target's role the right to set session_replication_role, or give it a primary key on both sides"));
        return true;
    }

    /** Plans the tables of a circle as one, or refuses all of them, and takes them out of the others; in a rehearsal only refuses. */
    private void plan(
            List<TableName> circle,
            Map<TableName, TablePlanner> planners,
            List<PlannedTable> tables,
            List<Refusal> refused) {
        var members = circle.stream()
                .map(name -> java.util.Objects.requireNonNull(planners.get(name)))
                .toList();
        var obstacle = members.stream()
                .flatMap(member -> member.circleObstacle().stream())
                .findFirst();
        var names = circle.stream().map(TableName::toString).collect(Collectors.joining(", "));
        if (obstacle.isEmpty() && config.dryRun()) {
            // A rehearsal writes nothing, so each goes by itself.
            return;
        }
        circle.forEach(planners::remove);
        if (obstacle.isPresent()) {
            circle.forEach(name -> refused.add(new Refusal(
                    name,
                    "it is in a circle of foreign keys (%s) whose rows go in one statement, and %s"
                            .formatted(names, obstacle.get()),
                    "grant the target's role the right to set session_replication_role, or exclude one of them")));
            return;
        }
        var leader = members.getFirst();
        tables.add(leader.leadCircle(members));
        members.subList(1, members.size()).forEach(member -> tables.add(member.followCircle(circle.getFirst())));
    }

    /** What foreign keys mean for all tables, worked out once: a run may have ten thousand of them. */
    private record Keys(ParentsFirst.Found order, int highest, Set<TableName> referringToThemselves) {}

    private static Set<TableName> referringToThemselves(Facts facts) {
        return facts.targetForeignKeys().stream()
                .filter(key -> key.from().equals(key.to()))
                .map(key -> key.from())
                .collect(Collectors.toSet());
    }

    private TablePlanner planner(TablePair pair, Facts facts, Keys keys) {
        var stamp = SpecBuilder.timestamp(pair, config.timestamps()).orElse(null);
        var spec = new SpecBuilder(facts.source(), facts.target())
                .build(
                        pair,
                        stamp,
                        keys.referringToThemselves().contains(pair.target().name()));
        return new TablePlanner(
                pair,
                spec,
                stamp,
                facts,
                new Order(foreignKeysStayOn(facts), keys.order().level(spec.table()), keys.highest()));
    }

    private static long cost(PlannedTable table) {
        return table.tasks().stream().mapToLong(PlannedTask::cost).sum();
    }

    /**
     * In which stage a table writes. Where foreign keys are on, parents are written first and children deleted first, behind one
     * gate for the whole run; where the session switches them off every table goes by itself. Every other stage is for tables
     * whose work another one of their circle does.
     */
    private record Order(boolean byForeignKeys, int level, int highest) {
        String gate(TableName table) {
            return byForeignKeys ? "" : table.schema() + "." + table.table();
        }

        int writes() {
            return byForeignKeys ? 2 * level : 0;
        }

        int catchesUp() {
            return byForeignKeys ? 2 * (highest + 1) : 1;
        }

        int deletes() {
            return byForeignKeys ? 2 * (highest + 2 + (highest - level)) : 1;
        }
    }

    /** What to do with one table. */
    private final class TablePlanner {
        private final TablePair pair;
        private final TableSpec spec;
        private final @Nullable Column stamp;
        private final Facts facts;
        private final Order order;
        private final @Nullable TableState state;
        private final String shape;
        private final Files files;

        TablePlanner(TablePair pair, TableSpec spec, @Nullable Column stamp, Facts facts, Order order) {
            this.pair = pair;
            this.spec = spec;
            this.stamp = stamp;
            this.facts = facts;
            this.order = order;
            this.shape = SpecBuilder.shape(pair, spec);
            this.files = Files.of(pair, config.delete());
            this.state = usable(facts.states().get(spec.table()));
        }

        /** State of runs that read another source says nothing about this one. */
        private @Nullable TableState usable(@Nullable TableState found) {
            return found != null && found.sourceIdentity().equals(facts.source().identity()) ? found : null;
        }

        /** Why it cannot be done as it is or as its rule wants, if so. */
        Optional<Refusal> obstacle() {
            if ("incremental".equals(pair.rule().mode()) && (stamp == null || !spec.keyed())) {
                return Optional.of(new Refusal(
                        spec.table(),
                        "its rule wants mode incremental, and it has no timestamp column or no key on both sides",
                        "name its timestamp column or key in the rule, or leave the mode to pgsync"));
            }
            if (isReplaced() && !spec.wholeRows()) {
                return Optional.of(new Refusal(
                        spec.table(),
                        "it could only be replaced whole, and that would empty columns that only the target fills",
                        "give it a primary key on both sides, synchronize those columns, or exclude it"));
            }
            return Optional.empty();
        }

        boolean isReplaced() {
            return !spec.keyed() || "replace".equals(pair.rule().mode());
        }

        PlannedTable plan() {
            if (isReplaced()) {
                return planned("replace", false, List.of(task(order.writes(), new Work.Replace(config.delete()))));
            }
            if (state != null && state.phase() == TableState.Phase.COPYING && resumable(state)) {
                return resume(state);
            }
            if (state == null || state.phase() != TableState.Phase.LIVE) {
                return facts.empty().contains(spec.table()) ? copy() : compare("reconcile");
            }
            // Rows that no one touched since the last run have no values yet in a column that came after it.
            // Rows that were loaded have the stamps of those they replace.
            if (config.reconcile()
                    || "reconcile".equals(pair.rule().mode())
                    || !shape.equals(state.shape())
                    || isWrittenAnew(state)
                    || isSetBack()
                    || isAheadOfTheClock()) {
                return compare("reconcile");
            }
            return stamp == null ? compare("digest") : incremental(stamp, state);
        }

        Compared compared() {
            var known = state == null || stamp == null || !stamp.name().equals(state.watermarkColumn())
                    ? null
                    : state.watermark();
            return new Compared(
                    new SpecBuilder(facts.source(), facts.target()).withComputed(pair, spec),
                    known == null || stamp == null ? null : bound(known, stamp));
        }

        private boolean resumable(TableState of) {
            return !of.copied().isEmpty() && shape.equals(of.shape()) && !isWrittenAnew(of) && !isSetBack();
        }

        /** Nothing is known of the files of a table that an older pgsync brought over. */
        private boolean isWrittenAnew(TableState of) {
            var then = switch (of.phase()) {
                case NEW -> null;
                case COPYING -> of.filesRead();
                case LIVE -> of.files();
            };
            return then != null && !files.areAmong(then);
        }

        boolean isComparedForItsFiles() {
            return state != null && stamp != null && !isReplaced() && isWrittenAnew(state);
        }

        /** What the target has may be newer than what the source has now. */
        boolean isSetBack() {
            var now = facts.position();
            return state != null
                    && state.sourcePosition() != null
                    && now != null
                    && now.mayLack(state.sourcePosition());
        }

        /** Rows are found by their stamps as a rule, so that comparing them all is something to tell. */
        boolean isComparedForItsSource() {
            return state != null
                    && state.phase() == TableState.Phase.LIVE
                    && stamp != null
                    && !isReplaced()
                    && isSetBack();
        }

        private @Nullable SourcePosition sourcePosition() {
            var now = facts.position();
            var earlier = state == null ? null : state.sourcePosition();
            return now == null ? earlier : now.since(earlier);
        }

        /** What changed since the clock went back, has stamps that the watermark has passed. */
        boolean isAheadOfTheClock() {
            var horizon = knownHorizon();
            return horizon != null
                    && state != null
                    && stamp != null
                    && state.watermark() != null
                    && stamp.name().equals(state.watermarkColumn())
                    && !isReplaced()
                    && horizon.plus(OldestTransaction.MARGIN).isBefore(state.watermark());
        }

        private PlannedTable incremental(Column column, TableState of) {
            if (of.watermark() == null || !column.name().equals(of.watermarkColumn())) {
                return compare("reconcile");
            }
            var unfinished = resumedAt(of, column);
            var low = unfinished != null ? unfinished : bound(of.watermark(), column);
            return planned("incremental", false, withDeletes(new Work.Upsert(low, cap(column))));
        }

        /** Not a place that the source's clock has yet to reach: it went back, and since then rows get stamps from before it. */
        private @Nullable String resumedAt(TableState of, Column column) {
            var cap = cap(column);
            return of.position() == null || cap == null || Bounds.isAfter(of.position(), cap) ? null : of.position();
        }

        private PlannedTable compare(String mode) {
            return planned(mode, false, withDeletes(new Work.Reconcile()));
        }

        /** The table's rows, then its keys: one task, unless deletes have to wait for the upserts of other tables. */
        private List<PlannedTask> withDeletes(Work rows) {
            if (!config.delete()) {
                return List.of(task(order.writes(), rows));
            }
            var low = rows instanceof Work.Upsert(var from, var cap) ? from : null;
            if (!order.byForeignKeys()) {
                return List.of(task(order.writes(), rows, new Work.Keys(true, low)));
            }
            // Rows that are missing whatever their stamp are fetched with the others: when the keys are compared for
            // the
            // deletes, children come first, and would miss their parents.
            var writes =
                    low == null ? task(order.writes(), rows) : task(order.writes(), rows, new Work.Keys(false, low));
            return List.of(writes, task(order.deletes(), new Work.Keys(true, null)));
        }

        // --- circles

        /** Why it cannot be written together with others, if so. */
        Optional<String> circleObstacle() {
            if (!spec.keyed()) {
                return Optional.of(spec.table() + " has no key on both sides");
            }
            if ("replace".equals(pair.rule().mode())) {
                return Optional.of("a rule wants %s replaced".formatted(spec.table()));
            }
            var fixed = spec.columns().stream()
                    .filter(c -> !c.settable() && !spec.key().contains(c.name()))
                    .findFirst();
            if (fixed.isPresent()) {
                return Optional.of("%s has an identity column outside its key, %s"
                        .formatted(spec.table(), Quoted.printable(fixed.get().name())));
            }
            // Manual, 7.8.4: no rules where WITH writes.
            return pair.target().alwaysTriggers().stream()
                    .filter(name -> name.startsWith("rule "))
                    .findFirst()
                    .map(rule -> "%s has %s on the target".formatted(spec.table(), Quoted.printable(rule)));
        }

        private Work rowsInCircle() {
            var usual = state == null || state.phase() != TableState.Phase.LIVE ? compare("reconcile") : plan();
            return usual.tasks().getFirst().spec().steps().getFirst();
        }

        private String modeInCircle() {
            return switch (rowsInCircle()) {
                case Work.Upsert u -> "incremental";
                case Work.Reconcile() -> stamp == null && state != null ? "digest" : "reconcile";
                case Work.Copy c -> throw notInCircle();
                case Work.Keys k -> throw notInCircle();
                case Work.Replace r -> throw notInCircle();
                case Work.CatchUp c -> throw notInCircle();
                case Work.UpsertCircle u -> throw notInCircle();
                case Work.DeleteCircle d -> throw notInCircle();
                case Work.InCircle i -> throw notInCircle();
            };
        }

        private IllegalStateException notInCircle() {
            return new IllegalStateException(spec.table() + " cannot go with others");
        }

        PlannedTable leadCircle(List<TablePlanner> members) {
            var tasks = new ArrayList<PlannedTask>();
            tasks.add(task(
                    order.writes(),
                    new Work.UpsertCircle(members.stream()
                            .map(m -> new Work.UpsertCircle.Member(m.spec, m.rowsInCircle()))
                            .toList())));
            if (config.delete()) {
                tasks.add(task(
                        order.deletes(),
                        new Work.DeleteCircle(members.stream().map(m -> m.spec).toList())));
            }
            return planned(modeInCircle(), false, tasks);
        }

        PlannedTable followCircle(TableName leader) {
            var tasks = new ArrayList<PlannedTask>();
            tasks.add(task(order.writes() + 1, new Work.InCircle(leader)));
            if (config.delete()) {
                tasks.add(task(order.deletes() + 1, new Work.InCircle(leader)));
            }
            return planned(modeInCircle(), false, tasks);
        }

        private PlannedTable copy() {
            var slices = config.consistentRun() && !spec.uncut()
                    ? Slicing.of(pair.source(), facts.source(), config.parallel())
                    : List.<Slice>of(new Slice.Whole());
            var tasks = slices(slices, true);
            if (slices.size() > 1) {
                tasks.add(task(order.catchesUp(), catchUp(knownHorizon())));
            }
            return planned("copy", true, tasks);
        }

        /** The slices that are left go through the stage: rows may have moved there from slices that are done. */
        private PlannedTable resume(TableState of) {
            var tasks = slices(of.left(), false);
            tasks.add(task(order.catchesUp(), catchUp(of.copyHorizon())));
            return new PlannedTable(
                    spec.table(),
                    "resume",
                    order.gate(spec.table()),
                    stamp == null ? null : stamp.name(),
                    true,
                    true,
                    shape,
                    files.text(null, true),
                    null,
                    sourcePosition(),
                    isSetBack(),
                    spec.estimatedRows(),
                    tasks);
        }

        private List<PlannedTask> slices(List<Slice> slices, boolean straight) {
            var tasks = new ArrayList<PlannedTask>();
            for (var slice : slices) {
                tasks.add(new PlannedTask(
                        "COPY",
                        order.writes(),
                        Math.max(pair.source().bytes() / Math.max(slices.size(), 1), 1),
                        taskSpec(new Work.Copy(slice, straight))));
            }
            return tasks;
        }

        private Work catchUp(@Nullable OffsetDateTime from) {
            var low = from == null || stamp == null ? null : bound(from, stamp);
            return new Work.CatchUp(low, null, config.delete());
        }

        private @Nullable OffsetDateTime knownHorizon() {
            return facts.horizon() instanceof Horizon.Known known ? known.at() : null;
        }

        private @Nullable String cap(Column column) {
            var horizon = knownHorizon();
            return horizon == null ? null : bound(horizon, column);
        }

        private String bound(OffsetDateTime horizon, Column column) {
            return Bounds.of(horizon, column.baseTypeName(), config.timestampZone());
        }

        private PlannedTask task(int stage, Work... steps) {
            return new PlannedTask(
                    steps[0].getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT),
                    stage,
                    Math.max(pair.source().bytes(), 1),
                    taskSpec(steps));
        }

        private TaskSpec taskSpec(Work... steps) {
            return new TaskSpec(
                    spec,
                    List.of(steps),
                    config.batchSize(),
                    config.delete(),
                    config.maxDeletePercent(),
                    config.forceDeletes(),
                    config.dryRun());
        }

        private PlannedTable planned(String mode, boolean copying, List<PlannedTask> tasks) {
            return new PlannedTable(
                    spec.table(),
                    mode,
                    order.gate(spec.table()),
                    stamp == null ? null : stamp.name(),
                    copying,
                    false,
                    shape,
                    files.text(state == null ? null : state.files(), !mode.equals("incremental")),
                    mode.equals("incremental") && state != null && stamp != null ? resumedAt(state, stamp) : null,
                    sourcePosition(),
                    isSetBack(),
                    spec.estimatedRows(),
                    tasks);
        }
    }
}
