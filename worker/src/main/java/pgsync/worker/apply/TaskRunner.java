package pgsync.worker.apply;

import org.jspecify.annotations.Nullable;
import pgsync.claim.Claim;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.task.Counts;
import pgsync.task.Outcome;
import pgsync.task.Work;
import pgsync.worker.session.FenceLost;
import pgsync.worker.session.SourceSession;
import pgsync.worker.session.TargetSession;

/**
 * Runs one attempt at a task after another, on connections that it keeps between tasks and gives up after a failure. Owned
 * by one thread.
 */
public final class TaskRunner implements AutoCloseable {
    private final Connector connector;
    private final Endpoint source;
    private final Endpoint target;
    private final TargetSession.FenceCheck fence;
    private final RunEvents events;
    private final Attempt.Sessions more = new More();
    private @Nullable SourceSession sourceSession;
    private @Nullable TargetSession targetSession;
    private @Nullable TargetSession besideTarget;

    public TaskRunner(
            Connector connector, Endpoint source, Endpoint target, TargetSession.FenceCheck fence, RunEvents events) {
        this.connector = connector;
        this.source = source;
        this.target = target;
        this.fence = fence;
        this.events = events;
    }

    /** Waits for both servers; never throws for what a server or the network does. */
    public Outcome run(Claim claim) {
        try {
            return new Outcome.Done(attempt(claim));
        } catch (FenceLost lost) {
            giveUpSessions();
            return new Outcome.FenceLost();
        } catch (GuardStopped guard) {
            giveUpSessions();
            return new Outcome.GuardStopped(String.valueOf(guard.getMessage()), guard.remedy());
        } catch (CircleFailed failed) {
            return new Outcome.Failed(Trouble.UNKNOWN, String.valueOf(failed.getMessage()), failed.remedy());
        } catch (Stopped stop) {
            giveUpSessions();
            return new Outcome.GivenBack(stop.getMessage());
        } catch (StepFailed failed) {
            giveUpSessions();
            if (failed.trouble() == Trouble.LOCKED) {
                // Nobody sees why nothing moves otherwise: the attempts that follow take minutes.
                events.on(new RunEvent.Warning(
                        claim.spec().table().table(),
                        String.valueOf(failed.getMessage()),
                        failed.trouble().remedy()));
            }
            return new Outcome.Failed(
                    failed.trouble(),
                    String.valueOf(failed.getMessage()),
                    failed.trouble().remedy());
        } catch (RuntimeException
                | Error mistake) { // also a row that does not fit in memory: a slot that dies leaves its claim behind

            giveUpSessions();
            return new Outcome.Failed(
                    Trouble.UNKNOWN, "a mistake in pgsync: " + mistake, "please report it with the output of -verbose");
        }
    }

    /** Connects ahead of the first task, so that this and the planning of the run go on at the same time. */
    public void connectAhead() {
        try {
            sourceSession();
            targetSession();
        } catch (StepFailed e) {
            // The first task meets the same trouble and says so with its name.
            giveUpSessions();
        }
    }

    private Counts attempt(Claim claim) {
        var from = sourceSession();
        from.enter(claim);
        var attempt = new Attempt(claim, from, targetSession(), more, events);
        events.on(new RunEvent.TableStarted(attempt.table().table(), claim.mode()));
        var all = claim.spec().steps();
        var steps = all.subList(claim.stepsDone(), all.size());
        Rewritten.refuse(attempt, steps);
        for (var step : steps) {
            switch (step) {
                case Work.Copy copy -> new CopySlice(attempt).run(copy);
                case Work.Upsert upsert -> new UpsertChanged(attempt).run(upsert);
                case Work.Reconcile() -> new ReconcileRows(attempt).run();
                case Work.Keys keys -> new CompareKeys(attempt).run(keys);
                case Work.Replace replace -> new ReplaceTable(attempt).run(replace);
                case Work.CatchUp catchUp -> new CatchUp(attempt).run(catchUp);
                case Work.UpsertCircle circle -> new Circle(attempt).upsert(circle);
                case Work.DeleteCircle circle -> new Circle(attempt).delete(circle);
                case Work.InCircle circle -> new Circle(attempt).follow(circle);
            }
            attempt.stepEnds();
        }
        return attempt.total();
    }

    /** Nothing to do for now: lets go of the snapshot, which would hold back VACUUM on the source. */
    public void rest() {
        try {
            if (sourceSession != null) {
                sourceSession.leave();
            }
        } catch (StepFailed gone) {
            giveUpSessions();
        }
    }

    private SourceSession sourceSession() {
        if (sourceSession == null) {
            sourceSession = SourceSession.open(connector, source);
        }
        return sourceSession;
    }

    private TargetSession targetSession() {
        if (targetSession == null) {
            targetSession = TargetSession.open(connector, target, fence);
        }
        return targetSession;
    }

    private final class More implements Attempt.Sessions {
        @Override
        public SourceSession openSource() {
            return SourceSession.open(connector, source);
        }

        @Override
        public TargetSession besideTarget() {
            if (besideTarget == null) {
                besideTarget = TargetSession.open(connector, target, fence);
            }
            return besideTarget;
        }
    }

    /** Whatever state a failure left a connection in, nobody meets it again. */
    private void giveUpSessions() {
        close();
    }

    @Override
    public void close() {
        if (sourceSession != null) {
            sourceSession.close();
            sourceSession = null;
        }
        if (targetSession != null) {
            targetSession.close();
            targetSession = null;
        }
        if (besideTarget != null) {
            besideTarget.close();
            besideTarget = null;
        }
    }
}
