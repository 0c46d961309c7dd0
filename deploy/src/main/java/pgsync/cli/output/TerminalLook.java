package pgsync.cli.output;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the screen can show. */
record TerminalLook(int columns, boolean colors) {
    private static final int NARROWEST = 20;
    private static final int USUAL = 80;

    /** Null where no bar can be drawn: not a terminal, a dumb one, or one too narrow for a line. */
    static @Nullable TerminalLook of(boolean isTerminal, Map<String, String> environment) {
        var term = environment.getOrDefault("TERM", "");
        if (!isTerminal || term.isEmpty() || term.equals("dumb")) {
            return null;
        }
        var columns = environment.getOrDefault("COLUMNS", "");
        var width = columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : USUAL;
        // https://no-color.org: any value but an empty one turns colours off.
        return width < NARROWEST
                ? null
                : new TerminalLook(
                        width, environment.getOrDefault("NO_COLOR", "").isEmpty());
    }
}
