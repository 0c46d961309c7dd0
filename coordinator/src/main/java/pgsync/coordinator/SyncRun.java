package pgsync.coordinator;

import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pgsync.board.TaskBoard;
import pgsync.claim.Rehearsal;
import pgsync.config.InvalidConfig;
import pgsync.config.SyncConfig;
import pgsync.coordinator.discover.Discovered;
import pgsync.coordinator.discover.Discovery;
import pgsync.coordinator.discover.EmptyTables;
import pgsync.coordinator.discover.RowsReferredTo;
import pgsync.coordinator.discover.StagingCheck;
import pgsync.coordinator.discover.TablePair;
import pgsync.coordinator.examine.Examination;
import pgsync.coordinator.ledger.DeadRuns;
import pgsync.coordinator.ledger.Ledger;
import pgsync.coordinator.ledger.TableState;
import pgsync.coordinator.ledger.VerifiedTables;
import pgsync.coordinator.moment.Horizon;
import pgsync.coordinator.moment.HorizonRule;
import pgsync.coordinator.moment.SourceMoment;
import pgsync.coordinator.plan.Facts;
import pgsync.coordinator.plan.Plan;
import pgsync.coordinator.plan.Planner;
import pgsync.coordinator.verify.Verifier;
import pgsync.error.Refused;
import pgsync.error.RunHeld;
import pgsync.error.StepFailed;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.state.StateSchema;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.time.Pause;

/** One synchronization, from what is there to what became of it. Runs on one virtual thread; workers take the tasks it publishes. */
public final class SyncRun {
    private final Settings settings;
    private final Databases databases;
    private final TaskBoard board;
    private final RunEvents events;

    /**
     * What one run is asked to do, and by whom.
     *
     * @param requestedBy a person or a schedule, for people who look at {@code pgsync.run}
     * @param cluster whose nodes work on the run and whose coordinators may take it over; null when this process is all there is
     * @param atStop what becomes of the run when this process is asked to stop in the middle of it
     */
    public record Settings(
            SyncConfig config,
            HorizonRule horizon,
            NodeId me,
            RunId run,
            String requestedBy,
            @Nullable String cluster,
            AtStop atStop,
            Pause pause) {}

    /** What becomes of a run whose coordinator is asked to stop. */
    public enum AtStop {
        /** It ends: what is not done is recorded as cancelled. */
        CANCEL,
        /** It stays open for the next coordinator, and workers go on with what they have. */
        LEAVE
    }

    public SyncRun(Settings settings, Databases databases, TaskBoard board, RunEvents events) {
        this.settings = settings;
        this.databases = databases;
        this.board = board;
        this.events = events;
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
     * written, {@link StepFailed} when a server cannot be reached, {@link Superseded} when another coordinator drives the run now.
     */
    public RunReport run(Slots slots) {
        var found = discover(this::toWrite);
        prepareState(found);
        var states = states(found);
        try (var moment = SourceMoment.open(databases.source(), settings.horizon(), config().consistentRun())) {
            var plan = plan(found, states, moment);
            if (config().dryRun()) {
                return new DryRun(settings.run(), events).play(plan, moment, slots);
            }
            publish(found, plan, moment, states);
            return new RunDriver(settings, databases, board, events).drive(moment, slots);
        }
    }

    /**
     * Compares the same rows that {@link #run} would bring over, and changes none. Writes nothing but when a table was found equal, into
     * its state. Waits and throws as {@link #run} does.
     */
    public RunReport verify(Verifier verifier) {
        var began = System.nanoTime();
        var found = discover(new Discovery(config())::of);
        var books = VerifiedTables.in(databases.target());
        var states = books.isPresent() ? states(found) : Map.<TableName, TableState>of();
        books.flatMap(kept -> kept.runInTheWay(names(found.pairs())))
                .ifPresent(run -> warn(
                        "run %s is writing some of these tables".formatted(run),
                        "differences may be its unfinished work: verify again when it has ended"));
        var asOf = books.map(VerifiedTables::now);
        try (var moment = SourceMoment.open(databases.source(), settings.horizon(), config().consistentRun())) {
            var facts = facts(found, states, Set.of(), moment);
            var compared = new Planner(config()).toCompare(found.pairs(), facts);
            events.on(new RunEvent.Planned(
                    settings.run(),
                    compared.size(),
                    compared.size(),
                    compared.stream().mapToLong(c -> c.table().estimatedRows()).sum()));
            var reports = new ArrayList<>(verifier.compare(compared, moment.snapshot()));
            found.refusals().forEach(refusal -> {
                var skipped = TableReport.unverified(
                        refusal.table(), TableReport.Status.SKIPPED, refusal.reason(), refusal.remedy(), Duration.ZERO);
                events.on(new RunEvent.TableEnded(skipped));
                reports.add(skipped);
            });
            reports.sort(Comparator.comparing(TableReport::table));
            books.ifPresent(kept -> kept.record(reports, asOf.orElseThrow(), events));
            var report = new RunReport(settings.run(), true, reports, Duration.ofNanos(System.nanoTime() - began));
            events.on(new RunEvent.Ended(report));
            return report;
        }
    }

    /**
     * Looks at everything that {@link #run} would begin with, and writes nothing. What it finds goes to the examination, which hears the
     * events of this run as well. Throws as {@link #run} does where that could not begin at all.
     */
    public void examine(Examination examination) {
        var found = discover(new Discovery(config())::toWrite);
        examination.servers(found, databases.source(), databases.target());
        var books = VerifiedTables.in(databases.target());
        var states = books.isPresent() ? states(found) : Map.<TableName, TableState>of();
        books.flatMap(kept -> kept.runInTheWay(names(found.pairs())))
                .ifPresent(run -> warn(
                        "run %s holds some of these tables".formatted(run),
                        "nothing to do when it is at work, or is continued by the next run; pgsync status tells more"));
        try (var moment = SourceMoment.open(databases.source(), settings.horizon(), config().consistentRun())) {
            examination.tables(plan(found, states, moment), databases.source());
        }
    }

    /** Throws {@link Refused} where {@link #run} would, for whoever has to write to the target before it: a node says that it lives. */
    public void preflight() {
        refuseOneDatabase(databases.withConnections(this::toWrite));
    }

    private Discovered toWrite(SqlConnection source, SqlConnection target) {
        var found = new Discovery(config()).toWrite(source, target);
        if (!config().dryRun()) {
            StagingCheck.refusal(target, found.target().server()).ifPresent(refused -> {
                throw refused;
            });
        }
        return found;
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

    private Discovered discover(Databases.Both<Discovered> discovery) {
        var found = databases.withConnections(discovery);
        refuseOneDatabase(found);
        for (var unmatched : found.unmatched()) {
            if (unmatched.wildcard() || unmatched.key().equals("exclude")) {
                warn(unmatched.message(), "check the spelling");
            } else {
                throw new InvalidConfig(unmatched.message());
            }
        }
        if (!found.leftOut().isEmpty()) {
            events.on(new RunEvent.LeftOutOfRun(found.leftOut()));
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
            var takesOver = settings.atStop() == AtStop.LEAVE;
            new DeadRuns(databases.target(), settings.me(), takesOver, settings.pause(), events)
                    .close(names(found.pairs()));
        }
    }

    private Map<TableName, TableState> states(Discovered found) {
        if (config().dryRun() && StateSchema.version(databases.target()) == 0) {
            return Map.of();
        }
        return new Ledger(databases.target(), settings.me()).states(names(found.pairs()));
    }

    private Plan plan(Discovered found, Map<TableName, TableState> states, SourceMoment moment) {
        var facts = facts(found, states, emptyAmong(found.pairs(), states), moment);
        switch (moment.horizon()) {
            case Horizon.Known(var at, var doubt) -> {
                if (doubt != null) {
                    warn(doubt.warning(), doubt.remedy());
                }
                events.on(new RunEvent.Detail("horizon " + at + ", snapshot " + moment.snapshot()));
            }
            case Horizon.Unknown(var reason, var remedy) -> warn(reason + ": watermarks stay where they are", remedy);
        }
        var plan = withoutLostReferences(found, facts, moment);
        plan.warnings().forEach(warning -> warn(warning.text(), warning.remedy()));
        events.on(new RunEvent.Planned(settings.run(), plan.tables().size(), plan.taskCount(), plan.estimatedRows()));
        return plan;
    }

    /** A table that cannot be written because others are refused is refused as well, and that may be one that others refer to. */
    private Plan withoutLostReferences(Discovered found, Facts facts, SourceMoment moment) {
        var planner = new Planner(config());
        var plan = planner.plan(found.pairs(), found.refusals(), facts);
        if (facts.target().maySetReplicationRole() || plan.refusals().isEmpty()) {
            return plan;
        }
        var more = databases.withConnections((source, target) ->
                new RowsReferredTo(found, source, target, moment.snapshot()).missing(plan.refusals()));
        if (more.isEmpty()) {
            return plan;
        }
        var left = found.without(more);
        return planner.plan(left.pairs(), left.refusals(), facts);
    }

    private static Facts facts(
            Discovered found, Map<TableName, TableState> states, Set<TableName> empty, SourceMoment moment) {
        return new Facts(
                found.source().server(),
                found.target().server(),
                found.target().foreignKeys(),
                states,
                empty,
                moment.horizon(),
                moment.position());
    }

    /** Only a table that no run ever completed is asked whether it is empty. */
    private Set<TableName> emptyAmong(List<TablePair> pairs, Map<TableName, TableState> states) {
        var candidates = pairs.stream()
                .map(TablePair::target)
                .filter(t ->
                        states.get(t.name()) == null || states.get(t.name()).phase() != TableState.Phase.LIVE)
                .toList();
        return EmptyTables.among(databases.target(), candidates, events);
    }

    private void publish(Discovered found, Plan plan, SourceMoment moment, Map<TableName, TableState> states) {
        new Ledger(databases.target(), settings.me())
                .publish(
                        new Ledger.Opening(
                                settings.run(),
                                config().reconcile() ? "reconcile" : "sync",
                                settings.requestedBy(),
                                settings.cluster(),
                                found.source().server().identity(),
                                Integer.toHexString(config().toString().hashCode()),
                                moment.horizon() instanceof Horizon.Known known ? known.at() : null,
                                moment.snapshot(),
                                moment.reached()),
                        plan,
                        states);
    }

    private static List<TableName> names(List<TablePair> pairs) {
        return pairs.stream().map(TablePair::name).toList();
    }

    private void warn(String message, String remedy) {
        events.on(new RunEvent.Warning(null, message, remedy));
    }
}
