package pgsync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pgsync.config.Kind;
import pgsync.config.Setting;

/** The JSON Schema of the configuration file, for editors: completes keys and underlines mistakes. */
final class ConfigSchema {
    private static final Map<String, Object> TEXT_OR_LIST = Map.of(
            "anyOf", List.of(Map.of("type", "string"), Map.of("type", "array", "items", Map.of("type", "string"))));

    private ConfigSchema() {}

    static String text() {
        var root = object();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "pgsync");
        for (var setting : Setting.values()) {
            if (setting.isInFile()) {
                place(root, List.of(setting.key().split("\\.")), property(setting));
                setting.aliases().forEach(alias -> place(root, List.of(alias), property(setting)));
            }
        }
        place(root, List.of("tables"), tables());
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers is always JSON", e);
        }
    }

    private static Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        object.put("type", "object");
        object.put("additionalProperties", false);
        object.put("properties", new LinkedHashMap<String, Object>());
        return object;
    }

    @SuppressWarnings("unchecked")
    private static void place(Map<String, Object> object, List<String> path, Map<String, Object> property) {
        var properties = (Map<String, Object>) object.getOrDefault("properties", Map.of());
        if (path.size() == 1) {
            properties.put(path.getFirst(), property);
        } else {
            var inner = (Map<String, Object>) properties.computeIfAbsent(path.getFirst(), key -> object());
            place(inner, path.subList(1, path.size()), property);
        }
    }

    private static Map<String, Object> property(Setting setting) {
        var property = new LinkedHashMap<String, Object>();
        switch (setting.kind()) {
            case Kind.Flag flag -> property.put("type", "boolean");
            case Kind.Whole whole -> {
                property.put("type", "integer");
                property.put("minimum", whole.least());
                property.put("maximum", whole.most());
            }
            case Kind.Choice choice -> property.put("enum", choice.values());
            case Kind.Names names -> property.putAll(TEXT_OR_LIST);
            case Kind.Span span -> property.put("type", "string");
            case Kind.Text text -> property.put("type", "string");
            case Kind.Hidden hidden -> property.put("type", "string");
        }
        property.put("description", setting.help() + "; " + setting.kind().allowed());
        return property;
    }

    private static Map<String, Object> tables() {
        var rule = object();
        place(rule, List.of("timestamp"), Map.of("type", "string"));
        place(rule, List.of("where"), Map.of("type", "string"));
        place(rule, List.of("key"), TEXT_OR_LIST);
        place(rule, List.of("columns"), TEXT_OR_LIST);
        place(rule, List.of("exclude"), TEXT_OR_LIST);
        place(rule, List.of("mode"), Map.of("enum", List.of("incremental", "reconcile", "replace")));
        place(
                rule,
                List.of("fixed"),
                Map.of(
                        "type",
                        "object",
                        "additionalProperties",
                        Map.of("type", List.of("string", "number", "boolean", "null"))));
        return Map.of("type", "object", "additionalProperties", rule);
    }
}
