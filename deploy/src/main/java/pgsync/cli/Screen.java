package pgsync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a standard stream ends on a screen. */
final class Screen {
    private Screen() {}

    // Java's own System.console() speaks of standard input and output only. Linux names what the descriptor is open on;
    // where there
    // is no /proc nobody can tell, and plain lines are right everywhere.
    static boolean isOut() {
        return isTerminal(Path.of("/proc/self/fd/1"));
    }

    static boolean isErr() {
        return isTerminal(Path.of("/proc/self/fd/2"));
    }

    static boolean isTerminal(Path descriptor) {
        try {
            var open = Files.readSymbolicLink(descriptor).toString();
            return open.startsWith("/dev/pts/") || open.startsWith("/dev/tty") || open.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return false;
        }
    }
}
