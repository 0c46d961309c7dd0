package pgsync.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of one table in {@code tables}; null and empty mean "as for every table".
 *
 * @param timestamp column to read changes by
 * @param where row filter, SQL, applied on both sides
 * @param key columns that identify a row, unique on both sides
 * @param columns the only columns to synchronize
 * @param exclude columns to leave alone
 * @param mode {@code incremental}, {@code reconcile}, {@code replace} or null
 * @param fixed columns of the target that hold this value in every row, whatever the source says, in order
 */
public record TableRule(
        @Nullable String timestamp,
        @Nullable String where,
        List<String> key,
        List<String> columns,
        List<String> exclude,
        @Nullable String mode,
        Map<String, FixedValue> fixed) {
    public static final TableRule NONE = new TableRule(null, null, List.of(), List.of(), List.of(), null);

    public TableRule {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        exclude = List.copyOf(exclude);
        fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
    }

    /** Without fixed values. */
    public TableRule(
            @Nullable String timestamp,
            @Nullable String where,
            List<String> key,
            List<String> columns,
            List<String> exclude,
            @Nullable String mode) {
        this(timestamp, where, key, columns, exclude, mode, Map.of());
    }

    /** The text of a value as the target's type reads it. */
    public record FixedValue(@Nullable String text) {}

    public TableRule withFixed(Map<String, FixedValue> values) {
        return new TableRule(timestamp, where, key, columns, exclude, mode, values);
    }

    public TableRule withMode(String other) {
        return new TableRule(timestamp, where, key, columns, exclude, other, fixed);
    }

    /** What is set, by key and in the order of the components, for people. */
    public Map<String, String> shown() {
        var shown = new LinkedHashMap<String, String>();
        put(shown, "timestamp", timestamp);
        put(shown, "where", where);
        put(shown, "key", String.join(",", key));
        put(shown, "columns", String.join(",", columns));
        put(shown, "exclude", String.join(",", exclude));
        put(shown, "mode", mode);
        put(
                shown,
                "fixed",
                fixed.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue().text())
                        .collect(Collectors.joining(",")));
        return shown;
    }

    private static void put(Map<String, String> shown, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            shown.put(key, value);
        }
    }
}
