package pgsync.claim;

import java.util.Optional;
import pgsync.task.Outcome;

/** Where a worker gets work from and tells what became of it. Every method may wait: call on a virtual thread. */
public interface TaskSource {
    /** A task to work on, or empty when none came within about a second. */
    Optional<Claim> next();

    /** Ends the attempt. Recording twice, or after another owner took over, changes nothing. */
    void ended(Claim claim, Outcome outcome);
}
