package pgsync.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the keys of a TOML file stand, found by their lines: good enough for an error, whatever the lines between hold. */
final class TomlPlaces {
    private static final String NAME = "(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[A-Za-z0-9_-]+)";
    private static final String PATH = NAME + "(?:\\s*\\.\\s*" + NAME + ")*";
    private static final Pattern HEADER = Pattern.compile("\\s*\\[{1,2}\\s*(" + PATH + ")\\s*\\]{1,2}.*");
    private static final Pattern ASSIGNMENT = Pattern.compile("(\\s*)(" + PATH + ")\\s*=\\s*.*");
    private static final Pattern PART = Pattern.compile(NAME);

    record At(int line, int column) {}

    private final Map<String, At> places = new HashMap<>();

    private TomlPlaces() {}

    static TomlPlaces scan(String text) {
        var found = new TomlPlaces();
        var table = "";
        var lines = text.split("\\r?\\n", -1);
        for (int i = 0; i < lines.length; i++) {
            var header = HEADER.matcher(lines[i]);
            var assignment = ASSIGNMENT.matcher(lines[i]);
            if (assignment.matches()) {
                var at = new At(i + 1, assignment.group(1).length() + 1);
                found.places.putIfAbsent(joinAll(table, assignment.group(2)), at);
            } else if (header.matches()) {
                table = joinAll("", header.group(1));
                found.places.putIfAbsent(table, new At(i + 1, lines[i].indexOf('[') + 1));
            }
        }
        return found;
    }

    /** The place of the key, or of the nearest table around it. */
    Optional<At> of(String path) {
        for (var p = path; !p.isEmpty(); p = p.substring(0, Math.max(0, p.lastIndexOf('\n')))) {
            var at = places.get(p);
            if (at != null) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    // Keys may hold dots, so parts are joined by what no key of one line holds.
    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "\n" + key;
    }

    private static String joinAll(String path, String dotted) {
        var joined = path;
        var parts = PART.matcher(dotted);
        while (parts.find()) {
            var part = parts.group();
            var quoted = part.startsWith("\"") || part.startsWith("'");
            joined = join(joined, quoted ? part.substring(1, part.length() - 1) : part);
        }
        return joined;
    }
}
