package pgsync.worker;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.claim.Claim;
import pgsync.claim.TaskSource;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.task.Outcome;
import pgsync.time.Pause;
import pgsync.worker.apply.TaskRunner;

/** Claims, runs, records, until told to stop. Runs on one virtual thread, a slot of the worker; {@link #stop} may be called from any. */
public final class WorkerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final TaskSource tasks;
    private final Supplier<TaskRunner> runners;
    private final Pause pause;
    private volatile boolean stopping;

    public WorkerLoop(TaskSource tasks, Supplier<TaskRunner> runners, Pause pause) {
        this.tasks = tasks;
        this.runners = runners;
        this.pause = pause;
    }

    @Override
    public void run() {
        try (var runner = runners.get()) {
            while (!stopping && !Thread.currentThread().isInterrupted()) {
                workOnce(runner);
            }
        } catch (InterruptedException | Stopped stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOnce(TaskRunner runner) throws InterruptedException {
        try {
            var claim = tasks.next();
            if (claim.isPresent()) {
                end(claim.get(), runner.run(claim.get()));
            } else {
                runner.rest();
            }
        } catch (StepFailed e) {
            // The target cannot be asked. We hold no claim, so waiting loses nothing.
            LOG.warn("cannot take a task: {}", e.getMessage());
            pause.sleep(AFTER_FAILURE);
        } catch (Stopped stop) {
            throw stop;
        } catch (RuntimeException mistake) {
            LOG.error("a mistake in pgsync, please report it; this slot goes on", mistake);
            pause.sleep(AFTER_FAILURE);
        }
    }

    /** An interrupt stopped the task; it must not also stop us from giving the task back. */
    private void end(Claim claim, Outcome outcome) throws InterruptedException {
        var interrupted = Thread.interrupted();
        try {
            while (!recorded(claim, outcome) && !interrupted) {
                pause.sleep(AFTER_FAILURE);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As long as we live nobody takes over what we hold, so an end that cannot be told now must be told later. */
    private boolean recorded(Claim claim, Outcome outcome) {
        try {
            tasks.ended(claim, outcome);
            return true;
        } catch (StepFailed e) {
            LOG.warn("cannot record the end of {}: {}", claim.task(), e.getMessage());
            return false;
        }
    }

    /** No task is begun after this; one that runs is finished. */
    public void stop() {
        stopping = true;
    }
}
