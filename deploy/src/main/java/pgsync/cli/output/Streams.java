package pgsync.cli.output;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where to tell it, and what is known of the place.
 *
 * @param errIsTerminal whether {@code err} ends on a screen
 */
public record Streams(PrintStream out, PrintStream err, boolean errIsTerminal, Map<String, String> environment) {
    public Streams {
        environment = Map.copyOf(environment);
    }
}
