package pgsync.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import pgsync.time.Pause;

/**
 * What the shell that started us gives.
 *
 * @param outIsTerminal whether {@code out} ends on a screen that can be drawn on
 * @param errIsTerminal whether {@code err} ends on a screen that a bar can be drawn on
 */
public record Shell(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        InstantSource clock,
        Pause pause,
        boolean outIsTerminal,
        boolean errIsTerminal) {
    public Shell {
        environment = Map.copyOf(environment);
    }
}
