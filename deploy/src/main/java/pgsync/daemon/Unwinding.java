package pgsync.daemon;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened so far, to be closed in reverse when the rest cannot be opened. Used by one thread. */
final class Unwinding {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    void add(Runnable step) {
        steps.push(step);
    }

    /** Closes everything; what goes wrong meanwhile is kept with the cause. */
    void unwind(RuntimeException cause) {
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
