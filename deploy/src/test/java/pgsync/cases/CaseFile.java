package pgsync.cases;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pgsync.cases.SyncCase.Comparison;
import pgsync.cases.SyncCase.Expected;
import pgsync.cases.SyncCase.Outcome;
import pgsync.cases.SyncCase.Side;
import pgsync.cases.SyncCase.TableExpected;

/** Reads the directories of {@code cases/}. What it does not understand it refuses, with file and key: see {@code cases/README.md}. */
final class CaseFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static final String RUN = "run.json";
    private static final List<String> FILES =
            List.of(RUN, "both.sql", "source.sql", "target.sql", "change.sql", "change-target.sql");
    private static final List<String> KEYS = List.of(
            "title",
            "settings",
            "expect",
            "reason",
            "tables",
            "warnings",
            "leftOut",
            "first",
            "second",
            "majors",
            "encoding",
            "locale",
            "locales",
            "role",
            "names");
    private static final List<String> FIRST_KEYS = List.of("upserted", "deleted");
    private static final List<String> SECOND_KEYS = List.of("upserted", "deleted", "expect", "reason", "tables");
    private static final List<String> TABLE_KEYS = List.of("expect", "reason", "compare", "rows");
    private static final List<String> SIDES = List.of("source", "target");

    private final Path directory;
    private final String name;

    private CaseFile(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** A case that cannot be read. Its message names the directory and the key. */
    static final class NotACase extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotACase(String message) {
            super(message);
        }
    }

    /** Directories {@code root/area/name} in order of their names, whether they can be read or not. */
    static List<Path> directories(Path root) {
        try (var areas = Files.list(root)) {
            var found = new ArrayList<Path>();
            for (var area : areas.filter(Files::isDirectory).sorted().toList()) {
                try (var cases = Files.list(area)) {
                    found.addAll(cases.sorted().toList());
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SyncCase read(Path directory) {
        return new CaseFile(directory, directory.getParent().getFileName() + "/" + directory.getFileName()).read();
    }

    private SyncCase read() {
        refuseStrangeFiles();
        var root = fields(json(), "run.json", KEYS);
        var sql = new LinkedHashMap<String, String>();
        FILES.stream()
                .filter(file -> !file.equals(RUN))
                .forEach(file -> text(file).ifPresent(t -> sql.put(file, t)));
        if (!sql.containsKey("both.sql") && !sql.containsKey("source.sql")) {
            throw wrong("", "has neither source.sql nor both.sql");
        }
        var first = first(root);
        var changes = sql.containsKey("change.sql") || sql.containsKey("change-target.sql");
        if (changes != root.containsKey("second")) {
            throw wrong(
                    "second",
                    changes
                            ? "is missing: say what the run after change.sql reports, {\"upserted\": 1, \"deleted\": 0}"
                            : "stands there without change.sql or change-target.sql");
        }
        var read = new SyncCase(
                directory,
                name,
                required(root, "title"),
                sql,
                root.get("settings"),
                first,
                changes ? second(root.get("second"), first) : first.unchanged(),
                anyStrings(root, "warnings"),
                anyStrings(root, "leftOut"),
                majors(root.get("majors")),
                sides(root, "encoding"),
                locales(root),
                strings(root, "locales"),
                side(root),
                hasOddNames(root));
        if (!changes && first.endsEqual()) {
            throw wrong(
                    "second",
                    "is missing: add change.sql, and say how many rows it changed in a table that ends equal");
        }
        return read;
    }

    private void refuseStrangeFiles() {
        if (!Files.isDirectory(directory)) {
            throw wrong("", "is not a directory; a case is cases/area/name/");
        }
        if (!Files.exists(directory.resolve(RUN))) {
            throw wrong("", "has no " + RUN);
        }
        try (var files = Files.list(directory)) {
            var strange = files.map(file -> file.getFileName().toString())
                    .filter(file -> !FILES.contains(file))
                    .sorted()
                    .toList();
            if (!strange.isEmpty()) {
                throw wrong("", "holds %s; a case has only %s".formatted(strange, FILES));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> text(String file) {
        var path = directory.resolve(file);
        try {
            return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode json() {
        try {
            return JSON.readTree(text(RUN).orElseThrow());
        } catch (JsonProcessingException e) {
            throw wrong(
                    RUN,
                    "is not JSON: " + e.getOriginalMessage() + " at line "
                            + e.getLocation().getLineNr());
        }
    }

    private Expected first(Map<String, JsonNode> root) {
        var outcome = outcome(root, "expect").orElseThrow(() -> wrong("expect", "is missing: " + allowed()));
        var counts =
                root.containsKey("first") ? fields(root.get("first"), "first", FIRST_KEYS) : Map.<String, JsonNode>of();
        return expected("", outcome, root, counts);
    }

    /** Says only what is other than in the first run. */
    private Expected second(JsonNode node, Expected first) {
        var second = fields(node, "second", SECOND_KEYS);
        for (var count : FIRST_KEYS) {
            if (!second.containsKey(count)) {
                throw wrong("second." + count, "is missing: the second run writes exactly the changed rows");
            }
        }
        var outcome = outcome(second, "expect");
        if (outcome.isEmpty() && !second.containsKey("tables") && !second.containsKey("reason")) {
            return new Expected(
                    first.outcome(),
                    first.reason(),
                    first.tables(),
                    number(second, "second.", "upserted"),
                    number(second, "second.", "deleted"));
        }
        return expected("second.", outcome.orElse(first.outcome()), second, second);
    }

    private Expected expected(
            String prefix, Outcome outcome, Map<String, JsonNode> from, Map<String, JsonNode> counts) {
        if (outcome == Outcome.UNTOUCHED) {
            throw wrong(prefix + "expect", "cannot be untouched: that is for one of the tables");
        }
        var reason = optional(from, "reason").orElse(null);
        if (outcome == Outcome.EQUAL == (reason != null)) {
            throw wrong(
                    prefix + "reason",
                    reason == null ? "is missing: a part of what the product says" : "is not told when all is equal");
        }
        return new Expected(
                outcome,
                reason,
                tables(prefix, from.get("tables")),
                number(counts, prefix, "upserted"),
                number(counts, prefix, "deleted"));
    }

    private Map<String, TableExpected> tables(String prefix, @Nullable JsonNode node) {
        var tables = new LinkedHashMap<String, TableExpected>();
        if (node != null) {
            object(node, prefix + "tables").forEach((table, what) -> {
                var key = prefix + "tables." + table;
                tables.put(table.contains(".") ? table : "public." + table, table(key, fields(what, key, TABLE_KEYS)));
            });
        }
        return tables;
    }

    private TableExpected table(String key, Map<String, JsonNode> node) {
        var outcome = outcome(node, "expect").orElse(Outcome.EQUAL);
        var reason = optional(node, "reason").orElse(null);
        if (outcome.hasReason() != (reason != null)) {
            throw wrong(key + ".reason", reason == null ? "is missing" : "is not told of such a table");
        }
        if (outcome == Outcome.STOPPED) {
            throw wrong(key + ".expect", "cannot be stopped: that is for the whole run");
        }
        var anyRows = optional(node, "rows").orElse("");
        if (!anyRows.isEmpty() && !(anyRows.equals("any") && outcome == Outcome.FAILED)) {
            throw wrong(key + ".rows", "is \"%s\"; allowed: any, of a table that failed".formatted(anyRows));
        }
        var compare = node.get("compare");
        if (compare == null) {
            return new TableExpected(outcome, reason, null, !anyRows.isEmpty());
        }
        if (outcome != Outcome.EQUAL) {
            throw wrong(key + ".compare", "has nothing to compare when equality is not expected");
        }
        if (compare.isTextual()) {
            return new TableExpected(outcome, reason, new Comparison(compare.asText(), compare.asText()), false);
        }
        var sides = fields(compare, key + ".compare", SIDES);
        return new TableExpected(
                outcome, reason, new Comparison(required(sides, "source"), required(sides, "target")), false);
    }

    private Optional<Outcome> outcome(Map<String, JsonNode> from, String key) {
        return optional(from, key)
                .map(text -> Stream.of(Outcome.values())
                        .filter(outcome -> outcome.text().equals(text))
                        .findFirst()
                        .orElseThrow(() -> wrong(key, "is \"%s\"; %s".formatted(text, allowed()))));
    }

    private static String allowed() {
        return Stream.of(Outcome.values()).map(Outcome::text).collect(Collectors.joining(", ", "allowed: ", ""));
    }

    private Map<Side, String> sides(Map<String, JsonNode> root, String key) {
        if (!root.containsKey(key)) {
            return Map.of();
        }
        var named = new LinkedHashMap<Side, String>();
        var given = fields(root.get(key), key, SIDES);
        given.keySet().forEach(side -> named.put(Side.valueOf(side.toUpperCase(Locale.ROOT)), required(given, side)));
        return named;
    }

    private Map<Side, DatabaseLocale> locales(Map<String, JsonNode> root) {
        var locales = new LinkedHashMap<Side, DatabaseLocale>();
        sides(root, "locale")
                .forEach((side, text) -> locales.put(side, DatabaseLocale.parse(text, what -> wrong("locale", what))));
        return locales;
    }

    /** One condition for both sides, or one for each. */
    private Majors.OfBothSides majors(@Nullable JsonNode node) {
        if (node == null || !node.isObject()) {
            var both = Majors.parse(node == null ? "" : text(node, "majors"), text -> wrong("majors", text));
            return new Majors.OfBothSides(both, both);
        }
        var sides = fields(node, "majors", SIDES);
        return new Majors.OfBothSides(majors(sides, "source"), majors(sides, "target"));
    }

    private Majors majors(Map<String, JsonNode> sides, String side) {
        return Majors.parse(optional(sides, side).orElse(""), text -> wrong("majors." + side, text));
    }

    private List<Side> side(Map<String, JsonNode> root) {
        var text = optional(root, "role").orElse("");
        return switch (text) {
            case "" -> List.of();
            case "source" -> List.of(Side.SOURCE);
            case "target" -> List.of(Side.TARGET);
            case "both" -> List.of(Side.SOURCE, Side.TARGET);
            default -> throw wrong("role", "is \"%s\"; allowed: source, target, both".formatted(text));
        };
    }

    private boolean hasOddNames(Map<String, JsonNode> root) {
        var text = optional(root, "names").orElse("");
        if (!text.isEmpty() && !text.equals("odd")) {
            throw wrong("names", "is \"%s\"; allowed: odd".formatted(text));
        }
        return !text.isEmpty();
    }

    private @Nullable List<String> anyStrings(Map<String, JsonNode> from, String key) {
        var node = from.get(key);
        if (node == null) {
            return null;
        }
        return node.isArray() && node.isEmpty() ? List.of() : strings(from, key);
    }

    private List<String> strings(Map<String, JsonNode> from, String key) {
        var node = from.get(key);
        var strings = new ArrayList<String>();
        if (node != null) {
            if (!node.isArray() || node.isEmpty()) {
                throw wrong(key, "is not a list of texts");
            }
            node.forEach(item -> strings.add(text(item, key)));
        }
        return strings;
    }

    private @Nullable Long number(Map<String, JsonNode> from, String prefix, String key) {
        var node = from.get(key);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || node.asLong() < 0) {
            throw wrong(prefix + key, "is not a number of rows");
        }
        return node.asLong();
    }

    private String required(Map<String, JsonNode> from, String key) {
        return optional(from, key).orElseThrow(() -> wrong(key, "is missing"));
    }

    private Optional<String> optional(Map<String, JsonNode> from, String key) {
        return Optional.ofNullable(from.get(key)).map(node -> text(node, key));
    }

    private String text(JsonNode node, String key) {
        if (!node.isTextual() || node.asText().isBlank()) {
            throw wrong(key, "is not a text");
        }
        return node.asText();
    }

    private Map<String, JsonNode> fields(JsonNode node, String key, Collection<String> known) {
        var fields = object(node, key);
        var unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw wrong(key, "has the unknown key %s; known: %s".formatted(unknown, known));
        }
        return fields;
    }

    private Map<String, JsonNode> object(JsonNode node, String key) {
        if (!node.isObject()) {
            throw wrong(key, "is not an object");
        }
        var fields = new LinkedHashMap<String, JsonNode>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private NotACase wrong(String key, String what) {
        return new NotACase("cases/%s: %s".formatted(name, key.isEmpty() ? what : key + " " + what));
    }
}
