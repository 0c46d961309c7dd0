package pgsync.coordinator.plan;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pgsync.config.SyncConfig;
import pgsync.coordinator.discover.Refusal;
import pgsync.coordinator.discover.TablePair;
import pgsync.coordinator.ledger.TableState;
import pgsync.coordinator.moment.Horizon;
import pgsync.table.Column;
import pgsync.task.Slice;
import pgsync.task.TableName;
import pgsync.task.TableSpec;
import pgsync.task.TaskSpec;
import pgsync.task.Work;

/** Decides for each table what a run does with it. Stateless: the same facts give the same plan. */
public final class Planner {
    private final SyncConfig config;

    public Planner(SyncConfig config) {
        this.config = config;
    }

    /** Dearest table first, so that the last one to end is a small one. */
    public Plan plan(List<TablePair> pairs, List<Refusal> refusals, Facts facts) {
        var levels = ParentsFirst.levels(
                pairs.stream().map(p -> p.target().name()).collect(Collectors.toSet()), facts.targetForeignKeys());
        var tables = new ArrayList<PlannedTable>();
        var warnings = new ArrayList<String>();
        for (var pair : pairs) {
            tables.add(table(pair, facts, levels));
        }
        if (!facts.target().maySetReplicationRole()
                && !facts.targetForeignKeys().isEmpty()) {
            warnings.add(
                    "this role may not set session_replication_role on the target: foreign keys and triggers stay on, "
                            + "tables go in foreign key order");
        }
        tables.sort(Comparator.comparingLong(Planner::cost).reversed().thenComparing(PlannedTable::table));
        return new Plan(tables, refusals, warnings);
    }

    private static long cost(PlannedTable table) {
        return table.tasks().stream().mapToLong(PlannedTask::cost).sum();
    }

    private PlannedTable table(TablePair pair, Facts facts, Map<TableName, Integer> levels) {
        var stamp = SpecBuilder.timestamp(pair, config.timestamps()).orElse(null);
        var spec = new SpecBuilder(facts.source(), facts.target())
                .build(pair, stamp, refersToItself(pair.target().name(), facts));
        var order = new Order(
                !facts.target().maySetReplicationRole()
                        && !facts.targetForeignKeys().isEmpty(),
                levels.getOrDefault(spec.table(), 0),
                levels.values().stream().mapToInt(i -> i).max().orElse(0));
        return new TablePlanner(pair, spec, stamp, facts, order).plan();
    }

    private static boolean refersToItself(TableName table, Facts facts) {
        return facts.targetForeignKeys().stream()
                .anyMatch(key -> key.from().equals(table) && key.to().equals(table));
    }

    /**
     * In which stage a table writes. Where foreign keys are on, parents are written first and children deleted first, behind one
     * gate for the whole run; where the session switches them off every table goes by itself.
     */
    private record Order(boolean byForeignKeys, int level, int highest) {
        String gate(TableName table) {
            return byForeignKeys ? "" : table.schema() + "." + table.table();
        }

        int writes() {
            return byForeignKeys ? level : 0;
        }

        int catchesUp() {
            return byForeignKeys ? highest + 1 : 1;
        }

        int deletes() {
            return byForeignKeys ? highest + 2 + (highest - level) : 1;
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

        TablePlanner(TablePair pair, TableSpec spec, @Nullable Column stamp, Facts facts, Order order) {
            this.pair = pair;
            this.spec = spec;
            this.stamp = stamp;
            this.facts = facts;
            this.order = order;
            this.shape = SpecBuilder.shape(pair, spec);
            this.state = usable(facts.states().get(spec.table()));
        }

        /** State of runs that read another source says nothing about this one. */
        private @Nullable TableState usable(@Nullable TableState found) {
            return found != null && found.sourceIdentity().equals(facts.source().identity()) ? found : null;
        }

        PlannedTable plan() {
            if (!spec.keyed() || "replace".equals(pair.rule().mode())) {
                return planned("replace", false, List.of(task(order.writes(), new Work.Replace(config.delete()))));
            }
            if (state != null && state.phase() == TableState.Phase.COPYING && resumable(state)) {
                return resume(state);
            }
            if (state == null || state.phase() != TableState.Phase.LIVE) {
                return facts.empty().contains(spec.table()) ? copy() : compare("reconcile");
            }
            // Rows that no one touched since the last run have no values yet in a column that came after it.
            if (config.reconcile() || "reconcile".equals(pair.rule().mode()) || !shape.equals(state.shape())) {
                return compare("reconcile");
            }
            return stamp == null ? compare("digest") : incremental(stamp, state);
        }

        private boolean resumable(TableState of) {
            return !of.copied().isEmpty() && shape.equals(of.shape());
        }

        private PlannedTable incremental(Column column, TableState of) {
            if (of.watermark() == null || !column.name().equals(of.watermarkColumn())) {
                return compare("reconcile");
            }
            var low = of.position() != null ? of.position() : bound(of.watermark(), column);
            return planned("incremental", false, withDeletes(new Work.Upsert(low, cap(column))));
        }

        private PlannedTable compare(String mode) {
            return planned(mode, false, withDeletes(new Work.Reconcile()));
        }

        /** The table's rows, then its keys: one task, unless deletes have to wait for the upserts of other tables. */
        private List<PlannedTask> withDeletes(Work rows) {
            if (!config.delete()) {
                return List.of(task(order.writes(), rows));
            }
            var keys = new Work.Keys(true, rows instanceof Work.Upsert(var low, var cap) ? low : null);
            return order.byForeignKeys()
                    ? List.of(task(order.writes(), rows), task(order.deletes(), keys))
                    : List.of(task(order.writes(), rows, keys));
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
                    spec.estimatedRows(),
                    tasks);
        }
    }
}
