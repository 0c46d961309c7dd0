package pgsync.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** Shows the product at work on two servers of its own. */
@FunctionalInterface
public interface Demonstration {
    /**
     * Waits until everything is shown, and with {@code keep} until somebody presses Enter; an interrupt ends it. Gives whether both
     * sides were equal at the end. Nothing of it is left behind.
     */
    boolean show(PrintStream out, InputStream in, boolean keep);
}
