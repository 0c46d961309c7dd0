package pgsync.cli.output;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws text over itself on standard output. One thread. */
public final class Screenful {
    private final PrintStream out;
    private final TerminalLook look;
    private boolean drawn;

    private Screenful(PrintStream out, TerminalLook look) {
        this.out = out;
        this.look = look;
    }

    /** Empty where nothing can be drawn.. */
    public static Optional<Screenful> on(PrintStream out, boolean isTerminal, Map<String, String> environment) {
        return Optional.ofNullable(TerminalLook.of(isTerminal, environment)).map(look -> new Screenful(out, look));
    }

    public void draw(List<String> lines) {
        // Home, and what stands there goes line by line: a screen that is emptied first flickers.
        var text = new StringBuilder(drawn ? "\u001b[H" : "\u001b[2J\u001b[H");
        lines.forEach(
                line -> text.append(TerminalText.cut(line, look.columns() - 1)).append("\u001b[K\n"));
        out.print(text.append("\u001b[J"));
        out.flush();
        drawn = true;
    }
}
