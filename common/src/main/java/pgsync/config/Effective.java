package pgsync.config;

import java.util.List;

/** The settings, and where each came from. */
public record Effective(Settings settings, List<Line> lines) {
    public Effective {
        lines = List.copyOf(lines);
    }

    /**
     * One setting for people: {@code value} is {@code ***} for a secret and empty when unset; {@code origin} is a flag, a variable,
     * {@code file:line:column} or {@code default}.
     */
    public record Line(String key, String value, String origin) {}
}
