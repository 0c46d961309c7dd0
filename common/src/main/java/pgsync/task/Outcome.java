package pgsync.task;

import org.jspecify.annotations.Nullable;
import pgsync.error.Trouble;

/** What became of one attempt at a task. Every reader handles all of them: there is no default branch. */
public sealed interface Outcome {
    /** Recorded already, in the transaction of the last rows. The counts are of this attempt. */
    record Done(Counts counts) implements Outcome {}

    record Failed(Trouble trouble, String reason, String remedy) implements Outcome {}

    /** The delete guard refused: nothing was deleted. */
    record GuardStopped(String reason, String remedy) implements Outcome {}

    /** Another owner holds the task now, so nothing may be recorded. */
    record FenceLost() implements Outcome {}

    /** We were asked to stop; the task goes back. */
    record GivenBack(@Nullable String reason) implements Outcome {}
}
