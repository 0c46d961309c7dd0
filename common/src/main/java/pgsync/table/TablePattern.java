package pgsync.table;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import pgsync.config.InvalidConfig;
import pgsync.task.TableName;

/** {@code table} or {@code schema.table}, each part a {@link NamePattern}. The dot counts outside quotes and brackets only. */
final class TablePattern {
    private final String text;
    private final @Nullable NamePattern schema;
    private final NamePattern table;

    private TablePattern(String text, @Nullable NamePattern schema, NamePattern table) {
        this.text = text;
        this.schema = schema;
        this.table = table;
    }

    /** Throws {@link InvalidConfig} naming {@code key}, the pattern and the position. */
    static TablePattern parse(String key, String text) {
        return of(key, text, NamePattern::parse);
    }

    /** As {@link #parse}, but {@code * ? [} are ordinary characters: for a place where one table is meant. */
    static TablePattern exactly(String key, String text) {
        return of(
                key, text, (k, part) -> part.startsWith("\"") ? NamePattern.parse(k, part) : NamePattern.exactly(part));
    }

    private static TablePattern of(String key, String text, BiFunction<String, String, NamePattern> part) {
        var dot = dot(text, 0);
        if (dot < 0) {
            return new TablePattern(text, null, part.apply(key, text));
        }
        if (dot == 0 || dot == text.length() - 1) {
            throw new InvalidConfig("%s: pattern %s, position %d: a dot stands between a schema and a table"
                    .formatted(key, text, dot + 1));
        }
        var second = dot(text, dot + 1);
        if (second >= 0) {
            throw new InvalidConfig(
                    "%s: pattern %s, position %d: a dot in a name is written in double quotes, as in schema.\"a.b\""
                            .formatted(key, text, second + 1));
        }
        return new TablePattern(
                text, part.apply(key, text.substring(0, dot)), part.apply(key, text.substring(dot + 1)));
    }

    /** Position of the first dot that parts names, from {@code start}; -1 when there is none. */
    private static int dot(String text, int start) {
        var inQuotes = false;
        var inSet = false;
        for (var at = start; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '"' -> inQuotes = !inQuotes;
                case '[' -> inSet = !inQuotes;
                case ']' -> inSet = false;
                case '.' -> {
                    if (!inQuotes && !inSet) {
                        return at;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    boolean hasWildcards() {
        return table.hasWildcards() || (schema != null && schema.hasWildcards());
    }

    boolean namesSchema() {
        return schema != null;
    }

    /** Whether the schema that it names, if any, is none of these. */
    boolean meansNoneOf(List<String> schemas) {
        return schema != null && schema.among(schemas).isEmpty();
    }

    /** Those of the tables that are meant; one that is called exactly like the whole text is among them, dot or not. */
    List<TableName> among(Collection<TableName> tables) {
        var schemas = tables.stream().map(TableName::schema).distinct().toList();
        var inSchemas = new HashSet<>(schema == null ? schemas : schema.among(schemas));
        var candidates = tables.stream()
                .filter(name -> inSchemas.contains(name.schema()))
                .toList();
        var meant = new HashSet<>(
                table.among(candidates.stream().map(TableName::table).distinct().toList()));
        var inMeantSchemas = new HashSet<>(candidates);
        return tables.stream()
                .filter(name ->
                        name.table().equals(text) || (inMeantSchemas.contains(name) && meant.contains(name.table())))
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
