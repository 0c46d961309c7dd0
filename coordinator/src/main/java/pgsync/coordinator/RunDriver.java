package pgsync.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pgsync.board.TaskBoard;
import pgsync.coordinator.check.ForeignKeyCheck;
import pgsync.coordinator.ledger.Ledger;
import pgsync.coordinator.ledger.OldRuns;
import pgsync.coordinator.ledger.Orphans;
import pgsync.coordinator.ledger.Superseded;
import pgsync.coordinator.moment.SourceMoment;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableReport;

/**
 * Drives a published run to its end: keeps a snapshot for it, offers what is due, takes tasks from the dead, tells what ended,
 * closes the books. What it knows stands in the target, so that another coordinator can go on from any point. Runs on one virtual
 * thread.
 */
public final class RunDriver {
    private static final Duration TICK = Duration.ofMillis(250);
    static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    /** Dead nodes, a lost snapshot and the number of slots are looked for this often. */
    private static final Duration BETWEEN_CHORES = Duration.ofSeconds(1);
    /** Who asks to cancel wants it soon; tasks that end by themselves meanwhile are spared. */
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

    /** Looking takes at most this share of the time, however many tasks end. */
    private static final int LOOKS_COST = 20;

    private static final int LEAST_WINDOW = 16;
    private static final int MOST_WINDOW = 512;
    private static final int IDS_FOR_A_SLOT = 4;

    private final SyncRun.Settings settings;
    private final OldRuns oldRuns;
    private final TaskBoard board;
    private final RunEvents events;
    private final Ledger ledger;
    private final Orphans orphans;
    private final ForeignKeyCheck foreignKeys;
    private final RunId id;
    private final long began = System.nanoTime();
    private long lastChores = began - BETWEEN_CHORES.toNanos();
    private int window;
    private boolean offered;
    private boolean unpublished;
    private long lastLook = began;
    private @Nullable Long cancelSeen;

    public RunDriver(SyncRun.Settings settings, Databases databases, TaskBoard board, RunEvents events) {
        this.settings = settings;
        this.board = board;
        this.events = events;
        this.ledger = new Ledger(databases.target(), settings.me());
        this.oldRuns = new OldRuns(databases.target(), settings.config().keepHistory());
        this.orphans = new Orphans(databases.target(), settings.me(), events);
        this.foreignKeys = new ForeignKeyCheck(databases.source(), databases.target(), events);
        this.id = settings.run();
        this.window = windowFor(settings.config().parallel());
    }

    /** A few ids for each slot, so that nobody waits for the next look. */
    public static int windowFor(int slots) {
        return Math.max(LEAST_WINDOW, IDS_FOR_A_SLOT * slots);
    }

    /**
     * Waits until every task of the run has ended. Throws {@link Superseded} when another coordinator drives it now. A moment
     * without its snapshot, as of a run that is taken over, gets a new one: what is left is read in that.
     */
    public RunReport drive(SourceMoment moment, SyncRun.Slots slots) {
        try {
            var reports = foreignKeys.after(id, awaitAll(moment));
            var report = new RunReport(id, false, reports, Duration.ofNanos(System.nanoTime() - began));
            ledger.finish(id, report.state());
            forgetOldRuns();
            events.on(new RunEvent.Ended(report));
            return report;
        } catch (Superseded other) {
            throw other;
        } catch (Stopped stop) {
            if (settings.atStop() == SyncRun.AtStop.CANCEL) {
                cancel(slots);
            }
            throw stop;
        } catch (RuntimeException e) {
            slots.stop();
            abandon(e);
            throw e;
        }
    }

    private void cancel(SyncRun.Slots slots) {
        // The flag would stop the closing statements too; whoever waits for us is told afterwards.
        var interrupted = Thread.interrupted();
        stopAtOnce(slots);
        ledger.abandon(id, "cancelled", "cancelled", "stopped on request");
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A statement that was sent runs on in the server whatever becomes of its slot, and the slot gives its task back behind that
     * statement's lock. So while slots stop, their transactions are ended, again and again: one may just have begun a batch.
     */
    private void stopAtOnce(SyncRun.Slots slots) {
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
        var failures = new FailedLooks();
        while (true) {
            try {
                if (look(moment, told)) {
                    return told.reports;
                }
                failures.forget();
                awaitChange();
            } catch (StepFailed e) {
                // A server that restarts takes its connections with it. Slots try again by themselves, and so do we.
                if (failures.tooMany(e.trouble())) {
                    throw e;
                }
                if (failures.isNews(e.trouble())) {
                    events.on(
                            new RunEvent.Warning(null, String.valueOf(e.getMessage()), "nothing to do: looking again"));
                }
                sleep(AFTER_FAILURE, "wait for a server to come back");
            }
        }
    }

    /**
     * Many small tables end in a second, and looking after each would keep the target busier than the tables do. In a short run
     * every change is looked at nearly at once, in a long one four times a second.
     */
    private void awaitChange() {
        board.awaitChange(TICK);
        var now = System.nanoTime();
        var gap = Math.min(TICK.toNanos(), (now - began) / LOOKS_COST) - (now - lastLook);
        if (gap > 0) {
            sleep(Duration.ofNanos(gap), "wait for tasks to end");
        }
        lastLook = System.nanoTime();
    }

    /** Which tables were told already. Owned by the thread of the run. */
    private static final class Told {
        private final List<TableReport> reports = new ArrayList<>();
        private final Set<Long> seen = new HashSet<>();
        private long last;
    }

    /** One look at the run; true when every task has ended and every table was told. */
    private boolean look(SourceMoment moment, Told told) {
        // First, so that whoever is not in charge any more touches nothing, and a run is cancelled without its source.
        var progress = ledger.progress(id);
        chores(moment);
        if (!moment.alive() && !progress.cancelRequested()) {
            events.on(new RunEvent.Warning(
                    null, "the connection that held the run's snapshot is gone: taking a new one", "nothing to do"));
            moment.exportAgain();
            unpublished = true;
        }
        // Also when workers are told another one: publishing it may have failed, or landed late.
        if (moment.alive() && (unpublished || !Objects.equals(moment.snapshot(), progress.snapshot()))) {
            ledger.newSnapshot(id, moment.snapshot());
            unpublished = false;
        }
        if (progress.cancelRequested()) {
            ledger.cancelPending(id);
            fenceOffWhatStays(progress);
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

    private void fenceOffWhatStays(Ledger.Progress progress) {
        var now = System.nanoTime();
        if (cancelSeen == null) {
            cancelSeen = now;
        } else if (progress.open() > 0 && now - cancelSeen > CANCEL_GRACE.toNanos()) {
            ledger.abandon(id, "cancelled", "cancelled", "cancelled on request");
        }
    }

    private void chores(SourceMoment moment) {
        var now = System.nanoTime();
        if (now - lastChores < BETWEEN_CHORES.toNanos()) {
            return;
        }
        lastChores = now;
        moment.check();
        if (settings.cluster() != null) {
            orphans.requeue(id);
            window = Math.max(window, windowFor(ledger.slots(settings.cluster())));
        }
    }

    /** The run has ended, and well or not: a history that is too long changes nothing in that. */
    private void forgetOldRuns() {
        try {
            oldRuns.forget();
        } catch (StepFailed e) {
            events.on(new RunEvent.Warning(
                    null, String.valueOf(e.getMessage()), e.trouble().remedy()));
        }
    }

    private void sleep(Duration duration, String why) {
        try {
            settings.pause().sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(why, e);
        }
    }

    /** Tasks that end sooner than we look leave slots idle: then there are more of them on the board next time. */
    private void topUp() {
        var waiting = board.waiting();
        if (waiting == 0 && offered) {
            window = Math.min(MOST_WINDOW, window * 2);
        }
        if (waiting <= window / 2) {
            var due = ledger.due(id, window);
            due.forEach(board::offer);
            offered = due.size() == window;
        }
    }

    /** Keeps a window of due tasks on the board. Safe beside others who do the same. */
    public static void topUp(Ledger ledger, TaskBoard board, RunId run, int window) {
        if (board.waiting() <= window / 2) {
            ledger.due(run, window).forEach(board::offer);
        }
    }
}
