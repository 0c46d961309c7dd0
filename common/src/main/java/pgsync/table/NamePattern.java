package pgsync.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import pgsync.config.InvalidConfig;

/**
 * One name or wildcard as a person writes it. {@code *} stands for any characters, {@code ?} for one, {@code [abc]},
 * {@code [a-z]} and {@code [!a]} for one of a set; case counts. In double quotes every character stands for itself.
 */
public final class NamePattern {
    private final String text;
    private final List<Part> parts;

    private NamePattern(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /** One character of a name, or any run of them. */
    private sealed interface Part {
        record Exactly(int codePoint) implements Part {}

        record AnyOne() implements Part {}

        record AnyRun() implements Part {}

        record OneOf(boolean negated, List<Range> ranges) implements Part {}
    }

    /** Both ends included. */
    private record Range(int first, int last) {}

    /** Throws {@link InvalidConfig} naming {@code key}, the pattern and the position where it stops making sense. */
    public static NamePattern parse(String key, String text) {
        if (text.isEmpty()) {
            throw new InvalidConfig(key, "empty", "a name, or a pattern of * ? [abc] [a-z]");
        }
        return text.charAt(0) == '"' ? quoted(key, text) : wildcards(key, text);
    }

    /** The name itself; no character of it is a wildcard. */
    static NamePattern exactly(String name) {
        return new NamePattern(
                name, name.codePoints().<Part>mapToObj(Part.Exactly::new).toList());
    }

    private static NamePattern quoted(String key, String text) {
        var inside = new StringBuilder();
        var at = 1;
        while (at < text.length()) {
            if (text.charAt(at) != '"') {
                inside.append(text.charAt(at));
                at++;
            } else if (text.startsWith("\"\"", at)) {
                inside.append('"');
                at += 2;
            } else if (at == text.length() - 1 && !inside.isEmpty()) {
                return exactly(inside.toString());
            } else {
                throw bad(key, text, at, "a quoted name ends here, then a dot or nothing");
            }
        }
        throw bad(key, text, 0, "this double quote needs a second one");
    }

    private static NamePattern wildcards(String key, String text) {
        var codePoints = text.codePoints().toArray();
        var parts = new ArrayList<Part>();
        var at = 0;
        while (at < codePoints.length) {
            switch (codePoints[at]) {
                case '*' -> {
                    // Two stars mean what one means; keeping one bounds the work of matching.
                    if (parts.isEmpty() || !(parts.getLast() instanceof Part.AnyRun)) {
                        parts.add(new Part.AnyRun());
                    }
                    at++;
                }
                case '?' -> {
                    parts.add(new Part.AnyOne());
                    at++;
                }
                case '[' -> at = set(key, text, codePoints, at, parts);
                case '"' -> throw bad(key, text, at, "quote a whole name, as in \"a b\" or schema.\"a b\"");
                default -> {
                    parts.add(new Part.Exactly(codePoints[at]));
                    at++;
                }
            }
        }
        return new NamePattern(text, parts);
    }

    /** Reads {@code [...]} that begins at {@code open} and returns the position after it. A {@code ]} that comes first stands for itself. */
    private static int set(String key, String text, int[] codePoints, int open, List<Part> parts) {
        var at = open + 1;
        var negated = at < codePoints.length && codePoints[at] == '!';
        if (negated) {
            at++;
        }
        var ranges = new ArrayList<Range>();
        while (at < codePoints.length && (codePoints[at] != ']' || ranges.isEmpty())) {
            var first = codePoints[at];
            var isRange = at + 2 < codePoints.length && codePoints[at + 1] == '-' && codePoints[at + 2] != ']';
            var last = isRange ? codePoints[at + 2] : first;
            if (first > last) {
                throw bad(key, text, at, "a range runs from the lower to the higher character, as in [a-z]");
            }
            ranges.add(new Range(first, last));
            at += isRange ? 3 : 1;
        }
        if (at >= codePoints.length) {
            throw bad(key, text, open, "[ needs a closing ]; a name with [ in it is written in double quotes");
        }
        parts.add(new Part.OneOf(negated, List.copyOf(ranges)));
        return at + 1;
    }

    private static InvalidConfig bad(String key, String text, int index, String allowed) {
        return new InvalidConfig("%s: pattern %s, position %d: %s".formatted(key, text, index + 1, allowed));
    }

    public boolean hasWildcards() {
        return parts.stream().anyMatch(part -> !(part instanceof Part.Exactly));
    }

    public boolean matches(String name) {
        var codePoints = name.codePoints().toArray();
        var at = 0;
        var part = 0;
        var lastRun = -1;
        var resumeAt = 0;
        // The usual wildcard match that goes back only to the last star: time is name × pattern at worst, never
        // exponential.
        while (at < codePoints.length) {
            if (part < parts.size() && parts.get(part) instanceof Part.AnyRun) {
                lastRun = part++;
                resumeAt = at;
            } else if (part < parts.size() && accepts(parts.get(part), codePoints[at])) {
                part++;
                at++;
            } else if (lastRun >= 0) {
                part = lastRun + 1;
                at = ++resumeAt;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) instanceof Part.AnyRun) {
            part++;
        }
        return part == parts.size();
    }

    private static boolean accepts(Part part, int codePoint) {
        return switch (part) {
            case Part.Exactly exactly -> exactly.codePoint() == codePoint;
            case Part.AnyOne ignored -> true;
            case Part.AnyRun ignored -> false;
            case Part.OneOf set ->
                set.negated() != set.ranges().stream().anyMatch(r -> r.first() <= codePoint && codePoint <= r.last());
        };
    }

    /** Those of the names that are meant: the one that is spelled exactly like the pattern, otherwise all that match. */
    public List<String> among(Collection<String> names) {
        return names.contains(text)
                ? List.of(text)
                : names.stream().filter(this::matches).toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
