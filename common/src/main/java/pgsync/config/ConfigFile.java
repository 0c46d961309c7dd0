package pgsync.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a JSON, YAML or TOML file into nodes that know their place. Its errors never quote the file: what does not parse may be half
 * a password.
 */
final class ConfigFile {
    private static final long LARGEST = 10_000_000;
    private static final int DEEPEST = 20;
    private static final Pattern TOML_LINE =
            Pattern.compile("(?m)^\\s*(\\[[^\\]\\r\\n]+\\]+\\s*(#.*)?$|[A-Za-z0-9_.\"'-]+\\s*=)");
    private static final Pattern ONE_CHARACTER =
            Pattern.compile("Unexpected character \\('.' \\(code \\d+[^)]*\\)\\)", Pattern.DOTALL);

    /** The formats, by the end of the file's name or else by what is in it. */
    enum Format {
        JSON,
        YAML,
        TOML;

        static Format of(String fileName, String text) {
            var name = fileName.toLowerCase(Locale.ROOT);
            if (name.endsWith(".json") || name.endsWith(".jsonc")) {
                return JSON;
            }
            if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                return YAML;
            }
            if (name.endsWith(".toml")) {
                return TOML;
            }
            var start = text.stripLeading();
            if (start.startsWith("{") || start.startsWith("//") || start.startsWith("/*")) {
                return JSON;
            }
            return TOML_LINE.matcher(text).find() ? TOML : YAML;
        }
    }

    private final String name;
    private final Format format;
    private final String text;

    ConfigFile(String name, String text) {
        this.name = name;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.format = Format.of(name, this.text);
    }

    static ConfigFile load(Path path) {
        // Somebody may have put a connection where the file should stand.
        var shown = "config file " + Secret.maskIn(path.toString());
        try {
            if (Files.isDirectory(path)) {
                throw new InvalidConfig(shown + " is a directory");
            }
            if (!Files.exists(path)) {
                throw new InvalidConfig(shown + " does not exist; pgsync init writes one");
            }
            if (Files.size(path) > LARGEST) {
                throw new InvalidConfig(shown + " is larger than 10 MB");
            }
            return new ConfigFile(path.toString(), Files.readString(path));
        } catch (CharacterCodingException e) {
            throw new InvalidConfig(shown + " is not UTF-8 text");
        } catch (AccessDeniedException e) {
            throw new InvalidConfig(shown + " cannot be read: permission denied");
        } catch (IOException e) {
            throw new InvalidConfig(shown + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** The keys of the file; none for a file with nothing in it. Throws {@link InvalidConfig} when it does not parse. */
    Node.Fields read() {
        if (text.isBlank()) {
            return new Node.Fields(new LinkedHashMap<>(), place(1, 1));
        }
        try {
            var root = format == Format.TOML ? readToml() : readTokens();
            return switch (root) {
                case Node.Fields fields -> fields;
                case Node.Nothing nothing -> new Node.Fields(new LinkedHashMap<>(), nothing.place());
                case Node.Scalar other -> throw notAnObject(other);
                case Node.Items other -> throw notAnObject(other);
            };
        } catch (JsonProcessingException e) {
            throw doesNotParse(e);
        } catch (IOException e) {
            throw new InvalidConfig(
                    "config file " + name + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private InvalidConfig notAnObject(Node node) {
        var kind = node instanceof Node.Items ? "a list" : "a single value";
        return new InvalidConfig(node.place().text() + ": the file holds " + kind + "; allowed: keys and values");
    }

    private Node readTokens() throws IOException {
        try (var parser = format == Format.JSON ? json() : new YAMLFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                return new Node.Nothing(place(1, 1));
            }
            var root = readNode(parser, 0);
            if (parser.nextToken() != null) {
                throw new InvalidConfig(
                        here(parser).text() + ": more follows after the end of the settings; allowed: one document");
            }
            return root;
        }
    }

    private JsonParser json() throws IOException {
        return JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .build()
                .createParser(text);
    }

    private Node readNode(JsonParser parser, int depth) throws IOException {
        var place = here(parser);
        if (depth > DEEPEST) {
            throw new InvalidConfig(place.text() + ": nested too deeply");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new InvalidConfig(place.text() + ": a YAML alias; allowed: the value itself");
        }
        // A plain YAML scalar has the type its reader wants: a token of digits is text, not a number.
        var plain = format == Format.YAML;
        return switch (parser.currentToken()) {
            case START_OBJECT -> readFields(parser, depth, place);
            case START_ARRAY -> readItems(parser, depth, place);
            case VALUE_STRING -> new Node.Scalar(Node.Written.TEXT, parser.getText(), place);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new Node.Scalar(plain ? Node.Written.WORD : Node.Written.NUMBER, parser.getText(), place);
            case VALUE_TRUE, VALUE_FALSE ->
                new Node.Scalar(plain ? Node.Written.WORD : Node.Written.FLAG, parser.getText(), place);
            case VALUE_NULL -> new Node.Nothing(place);
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new InvalidConfig(place.text() + ": this is not a value");
        };
    }

    private Node readFields(JsonParser parser, int depth, Place place) throws IOException {
        var fields = new LinkedHashMap<String, Node.Field>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = parser.currentName();
            var keyPlace = here(parser);
            parser.nextToken();
            if (fields.put(key, new Node.Field(keyPlace, readNode(parser, depth + 1))) != null) {
                throw new InvalidConfig(
                        keyPlace.subject(Shown.value(key)) + " stands here a second time; allowed: each key once");
            }
        }
        return new Node.Fields(fields, place);
    }

    private Node readItems(JsonParser parser, int depth, Place place) throws IOException {
        var items = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(readNode(parser, depth + 1));
        }
        return new Node.Items(items, place);
    }

    private Place here(JsonParser parser) {
        var at = parser.currentTokenLocation();
        return place(at.getLineNr(), at.getColumnNr());
    }

    private Place place(int line, int column) {
        return new Place.InFile(name, line, column);
    }

    private Node readToml() throws IOException {
        return tomlNode(new TomlMapper().readTree(text), "", TomlPlaces.scan(text), 0);
    }

    // Jackson gives a TOML file as a finished tree, without places: those come from a scan of the lines.
    private Node tomlNode(JsonNode node, String path, TomlPlaces places, int depth) {
        var place = places.of(path).map(at -> place(at.line(), at.column())).orElseGet(() -> place(0, 0));
        if (depth > DEEPEST) {
            throw new InvalidConfig(place.text() + ": nested too deeply");
        }
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var fields = new LinkedHashMap<String, Node.Field>();
                for (var entry : node.properties()) {
                    var value = tomlNode(entry.getValue(), TomlPlaces.join(path, entry.getKey()), places, depth + 1);
                    fields.put(entry.getKey(), new Node.Field(value.place(), value));
                }
                yield new Node.Fields(fields, place);
            }
            case ARRAY -> {
                var items = new ArrayList<Node>();
                node.forEach(item -> items.add(tomlNode(item, path, places, depth + 1)));
                yield new Node.Items(items, place);
            }
            case NUMBER -> new Node.Scalar(Node.Written.NUMBER, node.asText(), place);
            case BOOLEAN -> new Node.Scalar(Node.Written.FLAG, node.asText(), place);
            case NULL, MISSING -> new Node.Nothing(place);
            case STRING, BINARY, POJO -> new Node.Scalar(Node.Written.TEXT, node.asText(), place);
        };
    }

    private InvalidConfig doesNotParse(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        var where = at == null ? name : place(at.getLineNr(), at.getColumnNr()).text();
        return new InvalidConfig(
                "%s: not valid %s%s".formatted(where, format, reason(String.valueOf(e.getOriginalMessage()))));
    }

    private static String reason(String message) {
        if (message.startsWith("Unexpected end-of-input")) {
            return ": the file ends before a bracket or quote is closed";
        }
        if (message.startsWith("Unrecognized token")) {
            return ": text needs double quotes";
        }
        var character = ONE_CHARACTER.matcher(message);
        return character.lookingAt()
                ? ": unexpected character "
                        + message.substring("Unexpected character ('".length(), "Unexpected character ('".length() + 1)
                : "";
    }
}
