package pgsync.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pgsync.board.TaskBoard;
import pgsync.claim.Claim;
import pgsync.claim.Rehearsal;
import pgsync.config.InvalidConfig;
import pgsync.config.SyncConfig;
import pgsync.coordinator.discover.Discovered;
import pgsync.coordinator.discover.Discovery;
import pgsync.coordinator.discover.EmptyTables;
import pgsync.coordinator.discover.TablePair;
import pgsync.coordinator.ledger.DeadRuns;
import pgsync.coordinator.ledger.Ledger;
import pgsync.coordinator.ledger.TableState;
import pgsync.coordinator.moment.Horizon;
import pgsync.coordinator.moment.HorizonRule;
import pgsync.coordinator.moment.SourceMoment;
import pgsync.coordinator.plan.Facts;
import pgsync.coordinator.plan.Plan;
import pgsync.coordinator.plan.PlannedTable;
import pgsync.coordinator.plan.Planner;
import pgsync.error.Refused;
import pgsync.error.RunHeld;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.state.StateSchema;
import pgsync.task.Counts;
import pgsync.task.Fence;
import pgsync.task.NodeId;
import pgsync.task.Outcome;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.task.TaskId;
import pgsync.time.Pause;

/** One synchronization, from what is there to what became of it. Runs on one virtual thread; workers take the tasks it publishes. */
public final class SyncRun {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    /** In a row; connecting alone is patient for half a minute each time. */
    private static final int MAX_FAILED_LOOKS = 6;

    private final Settings settings;
    private final Databases databases;
    private final TaskBoard board;
    private final RunEvents events;
    private final Ledger ledger;
    private final RunId id;
    private final long began = System.nanoTime();

    /**
     * What one run is asked to do, and by whom.
     *
     * @param requestedBy a person or a schedule, for people who look at {@code pgsync.run}
     * @param window ids that the board may hold: 4 for each worker slot, at least 16
     */
    public record Settings(
            SyncConfig config,
            HorizonRule horizon,
            NodeId me,
            RunId run,
            String requestedBy,
            int window,
            Pause pause) {}

    public SyncRun(Settings settings, Databases databases, TaskBoard board, RunEvents events) {
        this.settings = settings;
        this.databases = databases;
        this.board = board;
        this.events = events;
        this.ledger = new Ledger(databases.target(), settings.me());
        this.id = settings.run();
    }

    /** The worker slots of this process, as far as a run has to do with them. */
    public interface Slots {
        /** Works on the tasks of a dry run; those of a real one come over the board. Returns when the last has ended. */
        void play(Rehearsal rehearsal);

        /**
         * Interrupts what runs and waits for it. Called before a run is closed early: a slot in the middle of a transaction holds
         * the row of its task, and closing would wait for it.
         */
        void stop();
    }

    /**
     * Waits until every table has ended. Throws {@link Refused}, {@link RunHeld} and {@link InvalidConfig} before anything is
     * written, {@link StepFailed} when a server cannot be reached.
     */
    public RunReport run(Slots slots) {
        var found = discover();
        prepareState(found);
        var states = states(found);
        try (var moment = SourceMoment.open(databases.source(), settings.horizon(), config().consistentRun())) {
            var plan = plan(found, states, moment);
            return config().dryRun() ? rehearse(plan, moment, slots) : carryOut(found, plan, moment, states, slots);
        }
    }

    /** Throws {@link Refused} where {@link #run} would, for whoever has to write to the target before it: a node says that it lives. */
    public void preflight() {
        refuseOneDatabase(databases.withConnections(new Discovery(config())::of));
    }

    private static void refuseOneDatabase(Discovered found) {
        if (found.source().server().isSameDatabaseAs(found.target().server())) {
            throw new Refused(
                    "source and target are the same database (%s)"
                            .formatted(found.source().server().database()),
                    "check -source and -target");
        }
    }

    private SyncConfig config() {
        return settings.config();
    }

    private Discovered discover() {
        var found = databases.withConnections(new Discovery(config())::of);
        refuseOneDatabase(found);
        for (var unmatched : found.unmatched()) {
            if (unmatched.wildcard() || unmatched.key().equals("exclude")) {
                warn(unmatched.message(), "check the spelling");
            } else {
                throw new InvalidConfig(unmatched.message());
            }
        }
        events.on(new RunEvent.Detail("discovered %,d tables on the source, %,d on the target, %,d selected"
                .formatted(
                        found.source().tables().size(),
                        found.target().tables().size(),
                        found.pairs().size() + found.refusals().size())));
        return found;
    }

    /** A dry run writes nothing, so it does not make the schema either. */
    private void prepareState(Discovered found) {
        if (!config().dryRun()) {
            StateSchema.ensure(databases.target());
            new DeadRuns(databases.target(), settings.me(), settings.pause(), events).close(names(found.pairs()));
        }
    }

    private Map<TableName, TableState> states(Discovered found) {
        if (config().dryRun() && StateSchema.version(databases.target()) == 0) {
            return Map.of();
        }
        return ledger.states(names(found.pairs()));
    }

    private Plan plan(Discovered found, Map<TableName, TableState> states, SourceMoment moment) {
        var facts = new Facts(
                found.source().server(),
                found.target().server(),
                found.target().foreignKeys(),
                states,
                emptyAmong(found.pairs(), states),
                moment.horizon());
        switch (moment.horizon()) {
            case Horizon.Known(var at, var warning) -> {
                if (warning != null) {
                    warn(warning, "grant pg_read_all_stats to the role on the source's primary");
                }
                events.on(new RunEvent.Detail("horizon " + at + ", snapshot " + moment.snapshot()));
            }
            case Horizon.Unknown(var reason) ->
                warn(reason + ": watermarks stay where they are", "commit or roll back the prepared transactions");
        }
        var plan = new Planner(config()).plan(found.pairs(), found.refusals(), facts);
        plan.warnings().forEach(warning -> warn(warning, "grant the right, see deploy/grants.sql"));
        events.on(new RunEvent.Planned(id, plan.tables().size(), plan.taskCount(), plan.estimatedRows()));
        return plan;
    }

    /** Only a table that no run ever completed is asked whether it is empty. */
    private Set<TableName> emptyAmong(List<TablePair> pairs, Map<TableName, TableState> states) {
        var candidates = pairs.stream()
                .map(TablePair::target)
                .filter(t ->
                        states.get(t.name()) == null || states.get(t.name()).phase() != TableState.Phase.LIVE)
                .toList();
        return EmptyTables.among(databases.target(), candidates);
    }

    private RunReport carryOut(
            Discovered found, Plan plan, SourceMoment moment, Map<TableName, TableState> states, Slots slots) {
        ledger.publish(
                new Ledger.Opening(
                        id,
                        config().reconcile() ? "reconcile" : "sync",
                        settings.requestedBy(),
                        found.source().server().identity(),
                        Integer.toHexString(config().toString().hashCode()),
                        moment.horizon() instanceof Horizon.Known known ? known.at() : null,
                        moment.snapshot()),
                plan,
                states);
        try {
            var reports = awaitAll(moment);
            ledger.finish(id, stateOf(reports));
            return report(reports);
        } catch (Stopped stop) {
            // The flag would stop the closing statements too; whoever waits for us is told afterwards.
            var interrupted = Thread.interrupted();
            stopAtOnce(slots);
            ledger.abandon(id, "cancelled", "cancelled", "stopped on request");
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw stop;
        } catch (RuntimeException e) {
            slots.stop();
            abandon(e);
            throw e;
        }
    }

    /**
     * A statement that was sent runs on in the server whatever becomes of its slot, and the slot gives its task back behind that
     * statement's lock. So while slots stop, their transactions are ended, again and again: one may just have begun a batch.
     */
    private void stopAtOnce(Slots slots) {
        var stopping = Thread.ofVirtual().name("stop-slots").start(slots::stop);
        try {
            do {
                ledger.endOwnTransactions();
            } while (!stopping.join(TICK));
        } catch (StepFailed targetIsGone) {
            slots.stop();
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void abandon(RuntimeException cause) {
        try {
            ledger.abandon(id, "failed", "failed", "the run broke off: " + cause.getMessage());
        } catch (RuntimeException e) {
            // The target is gone; the next run finds us dead and closes the books.
            cause.addSuppressed(e);
        }
    }

    private List<TableReport> awaitAll(SourceMoment moment) {
        var told = new Told();
        var failures = 0;
        while (true) {
            try {
                if (look(moment, told)) {
                    return told.reports;
                }
                failures = 0;
                board.awaitChange(TICK);
            } catch (StepFailed e) {
                // A server that restarts takes its connections with it. Slots try again by themselves, and so do we.
                if (e.trouble().then() != Trouble.Then.RETRY || ++failures == MAX_FAILED_LOOKS) {
                    throw e;
                }
                warn(String.valueOf(e.getMessage()), "nothing to do: looking again");
                pause();
            }
        }
    }

    /** Which tables were told already. Owned by the thread of the run. */
    private static final class Told {
        private final List<TableReport> reports = new ArrayList<>();
        private final Set<Long> seen = new HashSet<>();
        private long last;
    }

    /** One look at the run; true when every task has ended and every table was told. */
    private boolean look(SourceMoment moment, Told told) {
        if (!moment.alive()) {
            warn("the connection that held the run's snapshot is gone: taking a new one", "nothing to do");
            moment.exportAgain();
            ledger.newSnapshot(id, moment.snapshot());
        }
        var progress = ledger.progress(id);
        if (progress.cancelRequested()) {
            ledger.cancelPending(id);
        }
        // Lines get their numbers before they commit, so a lower one may come after a higher one: at the end all are
        // read.
        for (var ended : ledger.endedSince(id, progress.open() == 0 ? 0 : told.last)) {
            told.last = Math.max(told.last, ended.number());
            if (told.seen.add(ended.number())) {
                told.reports.add(ended.report());
                events.on(new RunEvent.TableEnded(ended.report()));
            }
        }
        if (progress.open() == 0) {
            return true;
        }
        topUp();
        return false;
    }

    private void pause() {
        try {
            settings.pause().sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("wait for a server to come back", e);
        }
    }

    private void topUp() {
        if (board.waiting() <= settings.window() / 2) {
            ledger.due(id, settings.window()).forEach(board::offer);
        }
    }

    private static String stateOf(List<TableReport> reports) {
        var failed = reports.stream()
                .anyMatch(r -> r.status() == TableReport.Status.FAILED || r.status() == TableReport.Status.GUARD);
        if (failed) {
            return "failed";
        }
        return reports.stream().anyMatch(r -> r.status() == TableReport.Status.CANCELLED) ? "cancelled" : "done";
    }

    private RunReport report(List<TableReport> reports) {
        var report = new RunReport(id, config().dryRun(), reports, Duration.ofNanos(System.nanoTime() - began));
        events.on(new RunEvent.Ended(report));
        return report;
    }

    private RunReport rehearse(Plan plan, SourceMoment moment, Slots slots) {
        var claims = new ArrayList<Claim>();
        for (var table : plan.tables()) {
            for (var task : table.tasks()) {
                claims.add(new Claim(
                        new TaskId(claims.size() + 1L), id, new Fence(0), 1, 0, moment.snapshot(), task.spec()));
            }
        }
        var rehearsal = new Rehearsal(claims);
        slots.play(rehearsal);
        var outcomes = rehearsal.awaitAll().stream()
                .collect(Collectors.groupingBy(
                        played -> played.claim().spec().table().table(),
                        Collectors.mapping(Rehearsal.Played::outcome, Collectors.toList())));
        var reports = new ArrayList<TableReport>();
        for (var table : plan.tables()) {
            reports.add(rehearsed(table, outcomes.getOrDefault(table.table(), List.of())));
        }
        plan.refusals()
                .forEach(r -> reports.add(new TableReport(
                        r.table(),
                        "none",
                        TableReport.Status.SKIPPED,
                        0,
                        0,
                        0,
                        0,
                        null,
                        null,
                        r.reason(),
                        r.remedy(),
                        Duration.ZERO)));
        reports.sort(Comparator.comparing(TableReport::table));
        reports.forEach(r -> events.on(new RunEvent.TableEnded(r)));
        return report(reports);
    }

    private static TableReport rehearsed(PlannedTable table, List<Outcome> outcomes) {
        var counts = Counts.NONE;
        var status = TableReport.Status.DONE;
        @Nullable String error = null;
        @Nullable String remedy = null;
        for (var outcome : outcomes) {
            switch (outcome) {
                case Outcome.Done(var more) -> counts = counts.plus(more);
                case Outcome.Failed(var trouble, var reason, var what) -> {
                    status = TableReport.Status.FAILED;
                    error = reason;
                    remedy = what;
                }
                case Outcome.GuardStopped(var reason, var what) -> {
                    status = TableReport.Status.GUARD;
                    error = reason;
                    remedy = what;
                }
                case Outcome.GivenBack(var reason) -> status = TableReport.Status.CANCELLED;
                case Outcome.FenceLost() -> status = TableReport.Status.CANCELLED;
            }
        }
        return new TableReport(
                table.table(),
                table.mode(),
                status,
                counts.upserted(),
                counts.deleted(),
                counts.unchanged(),
                counts.bytes(),
                null,
                null,
                error,
                remedy,
                Duration.ZERO);
    }

    private static List<TableName> names(List<TablePair> pairs) {
        return pairs.stream().map(TablePair::name).toList();
    }

    private void warn(String message, String remedy) {
        events.on(new RunEvent.Warning(null, message, remedy));
    }
}
