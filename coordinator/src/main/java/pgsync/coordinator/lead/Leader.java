package pgsync.coordinator.lead;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.board.TaskBoard;
import pgsync.config.SyncConfig;
import pgsync.coordinator.Databases;
import pgsync.coordinator.RunDriver;
import pgsync.coordinator.SyncRun;
import pgsync.coordinator.ledger.ClusterRuns;
import pgsync.coordinator.ledger.ClusterRuns.Open;
import pgsync.coordinator.ledger.ClusterRuns.Standing;
import pgsync.coordinator.ledger.Ledger;
import pgsync.coordinator.ledger.OldRuns;
import pgsync.coordinator.ledger.RunNotes;
import pgsync.coordinator.ledger.Superseded;
import pgsync.coordinator.moment.Horizon;
import pgsync.coordinator.moment.HorizonRule;
import pgsync.coordinator.moment.SourceMoment;
import pgsync.coordinator.verify.Verifier;
import pgsync.error.RunHeld;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.event.RunEvents;
import pgsync.request.RunRequest;
import pgsync.request.RunRequests;
import pgsync.schedule.Schedule;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.time.Pause;

/**
 * One coordinator of a cluster, leading or standing by. The one whose row in the target is the oldest that lives leads: it takes up
 * runs that were asked for, asks for scheduled ones, and takes over runs whose driver died or froze. Each run it drives has a
 * virtual thread of its own. {@link #run} returns when its thread is interrupted; the runs it drove are then left for the next
 * coordinator.
 */
public final class Leader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Leader.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(10);
    /** Connecting alone is patient for half a minute each time. */
    private static final int MOST_TRIES_TO_BEGIN = 6;

    private final Settings settings;
    private final Databases databases;
    private final TaskBoard board;
    private final Neighbours neighbours;
    private final SyncRun.Slots slots;
    private final Function<RunEvents, Verifier> verifiers;
    private final RunTelling telling;
    private final ClusterRuns runs;
    private final RunRequests requests;
    private final Ledger ledger;
    private final OldRuns oldRuns;
    private final Map<RunId, Thread> driven = new ConcurrentHashMap<>();
    private final Set<RunId> cancelling = ConcurrentHashMap.newKeySet();
    private final Map<RunId, Integer> triesToBegin = new ConcurrentHashMap<>();
    private @Nullable Instant firstLook;
    private long lastCleaning = System.nanoTime();

    /**
     * What a coordinator needs to know.
     *
     * @param schedule when runs begin by themselves, null when they are only asked for
     */
    public record Settings(
            SyncConfig config,
            HorizonRule horizon,
            NodeId me,
            String cluster,
            @Nullable Schedule schedule,
            Pause pause) {}

    /** {@code verifiers}: compares tables in this process, for a run that verifies. */
    public Leader(
            Settings settings,
            Databases databases,
            TaskBoard board,
            Neighbours neighbours,
            SyncRun.Slots slots,
            Function<RunEvents, Verifier> verifiers,
            RunTelling telling) {
        this.settings = settings;
        this.databases = databases;
        this.board = board;
        this.neighbours = neighbours;
        this.slots = slots;
        this.verifiers = verifiers;
        this.telling = telling;
        this.runs = new ClusterRuns(databases.target(), settings.me(), settings.cluster());
        this.requests = new RunRequests(databases.target(), settings.cluster());
        this.ledger = new Ledger(databases.target(), settings.me());
        this.oldRuns = new OldRuns(databases.target(), settings.config().keepHistory());
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                tickOrSayWhy();
                settings.pause().sleep(TICK);
            }
        } catch (InterruptedException | Stopped stop) {
            LOG.debug("leaving the lead");
        } finally {
            leave();
        }
    }

    private void tickOrSayWhy() {
        try {
            tick();
        } catch (StepFailed e) {
            LOG.warn("cannot look after the cluster: {}", e.getMessage());
        } catch (Stopped stop) {
            throw stop;
        } catch (RuntimeException mistake) {
            // A leader that lives and does nothing would be worse than one that tries again: nobody would step in.
            LOG.error("a mistake in pgsync, please report it; looking after the cluster again", mistake);
        }
    }

    private void tick() {
        var standing = runs.look();
        // Ours without a thread: driving it broke off when the target was away, and could not be recorded. Nobody else
        // sees that.
        standing.open().stream()
                .filter(open -> settings.me().equals(open.driver()))
                .forEach(this::takeUp);
        standing.open().stream()
                .filter(open -> settings.me().equals(open.heir()))
                .filter(open -> open.driver() == null || !open.driverLives())
                .forEach(this::takeUp);
        standing.open().stream()
                .filter(open -> open.stage() == ClusterRuns.Stage.PLANNING && open.cancelRequested())
                .forEach(this::interrupt);
        if (standing.coordinators().stream()
                .findFirst()
                .filter(oldest -> oldest.id().equals(settings.me()))
                .isPresent()) {
            beginScheduled(standing);
            clean();
        }
        attendToTheOtherHalf(standing);
    }

    private void takeUp(Open open) {
        if (!driven.containsKey(open.run()) && runs.take(open)) {
            LOG.info("driving run {}", open.run());
            var thread = Thread.ofVirtual().name("run-" + open.run()).unstarted(() -> driveAndForget(open));
            driven.put(open.run(), thread);
            thread.start();
        }
    }

    /** What is not published has no tasks that could be cancelled: planning, a dry run, a verification. */
    private void interrupt(Open open) {
        var thread = driven.get(open.run());
        // Once: a second interrupt would meet it while it records that it was cancelled.
        if (thread != null && cancelling.add(open.run())) {
            LOG.info("cancelling run {}", open.run());
            thread.interrupt();
        }
    }

    private void driveAndForget(Open open) {
        try {
            drive(open);
        } finally {
            driven.remove(open.run());
            cancelling.remove(open.run());
        }
    }

    private void drive(Open open) {
        try {
            var report = switch (open.stage()) {
                case PLANNING -> begin(open);
                case RUNNING -> goOn(open);
            };
            if (report.dryRun()) {
                runs.rehearsed(open.run(), report);
            }
            triesToBegin.remove(open.run());
            telling.ended(open.run(), report);
        } catch (Superseded other) {
            LOG.warn("{}", other.getMessage());
        } catch (Stopped stop) {
            leaveIfNotPublished(open.run());
        } catch (StepFailed e) {
            if (!beginsAgain(open, e)) {
                brokeOff(open.run(), e);
            }
        } catch (RuntimeException e) {
            brokeOff(open.run(), e);
        }
    }

    /** A server that restarts while a run is planned is no reason to give the run up: nothing was written, and the next look takes it up. */
    private boolean beginsAgain(Open open, StepFailed e) {
        if (open.stage() != ClusterRuns.Stage.PLANNING || e.trouble().then() != Trouble.Then.RETRY) {
            return false;
        }
        try {
            if (!runs.planned(open.run()) || triesToBegin.merge(open.run(), 1, Integer::sum) == MOST_TRIES_TO_BEGIN) {
                triesToBegin.remove(open.run());
                return false;
            }
        } catch (StepFailed targetIsGone) {
            LOG.debug("cannot ask about run {}: {}", open.run(), targetIsGone.getMessage());
        }
        LOG.warn("run {} could not begin, trying again: {}", open.run(), e.getMessage());
        return true;
    }

    private RunReport begin(Open open) {
        var asked = open.request();
        var events = eventsOf(open);
        var run = new SyncRun(settingsOf(open, asked.in(settings.config())), databases, board, events);
        return asked.mode() == RunRequest.Mode.VERIFY ? run.verify(verifiers.apply(events)) : run.run(slots);
    }

    private RunReport goOn(Open open) {
        var horizon = open.horizon() == null
                ? new Horizon.Unknown("the run began without one", "nothing to do")
                : new Horizon.Known(open.horizon(), null);
        try (var moment = SourceMoment.again(databases.source(), horizon, open.reached(), open.snapshot())) {
            return new RunDriver(
                            // What was asked for stands in the tasks.
                            settingsOf(open, settings.config()), databases, board, eventsOf(open))
                    .drive(moment, slots);
        }
    }

    private RunEvents eventsOf(Open open) {
        return new RunNotes(databases.target(), open.run(), telling.of(open.run()));
    }

    private SyncRun.Settings settingsOf(Open open, SyncConfig config) {
        return new SyncRun.Settings(
                config,
                settings.horizon(),
                settings.me(),
                open.run(),
                open.requestedBy(),
                settings.cluster(),
                SyncRun.AtStop.LEAVE,
                settings.pause());
    }

    private void leaveIfNotPublished(RunId run) {
        var interrupted = Thread.interrupted();
        try {
            if (!runs.cancelled(run)) {
                runs.letGo(run);
            }
        } catch (StepFailed e) {
            LOG.debug("the next coordinator finds run {} by our silence", run);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void brokeOff(RunId run, RuntimeException e) {
        var cause = telling.brokeOff(run, e);
        try {
            runs.failed(run, cause.exitCode(), cause.message(), cause.remedy());
        } catch (StepFailed gone) {
            LOG.warn("cannot record why run {} did not begin: {}", run, gone.getMessage());
        }
    }

    /** Never two at once, and ticks that were missed are one. A coordinator that takes the lead knows from the target when the last one was. */
    private void beginScheduled(Standing standing) {
        var schedule = settings.schedule();
        if (schedule == null || !standing.open().isEmpty()) {
            return;
        }
        if (firstLook == null) {
            firstLook = standing.now();
        }
        var due = (standing.lastScheduled().isEmpty() && schedule.beginsAtOnce())
                || !schedule.next(standing.lastScheduled().orElse(firstLook), standing.now())
                        .isAfter(standing.now());
        if (due) {
            try {
                requests.ask(RunRequest.AS_CONFIGURED, settings.config(), ClusterRuns.SCHEDULE);
            } catch (RunHeld held) {
                LOG.debug("not beginning a scheduled run: {}", held.getMessage());
            }
        }
    }

    /** A driver on the other side of a split network cannot offer tasks to the workers on ours. */
    private void attendToTheOtherHalf(Standing standing) {
        if (!neighbours.oldestHere()) {
            return;
        }
        for (var open : standing.open()) {
            var elsewhere = open.driver() != null && open.driverLives() && !neighbours.see(open.driver());
            if (elsewhere && open.stage() == ClusterRuns.Stage.RUNNING) {
                RunDriver.topUp(ledger, board, open.run(), RunDriver.windowFor(ledger.slots(settings.cluster())));
            }
        }
    }

    private void clean() {
        var now = System.nanoTime();
        if (now - lastCleaning > BETWEEN_CLEANINGS.toNanos()) {
            lastCleaning = now;
            runs.forgetNodes();
            oldRuns.forget();
        }
    }

    private void leave() {
        var interrupted = Thread.interrupted();
        var threads = List.copyOf(driven.values());
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
