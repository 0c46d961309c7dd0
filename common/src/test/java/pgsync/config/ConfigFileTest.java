package pgsync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    private static final String JSON = """
            // how we do it
            {
              /* the usual */ "schema": "public",
              "parallel": 8, # more
              "include": ["a", "b",],
              "cluster": {"name": "blue"},
            }
            """;
    private static final String YAML = """
            # how we do it
            schema: public
            parallel: 8
            include: [a, b]
            cluster:
              name: blue
            """;
    private static final String TOML = """
            # how we do it
            schema = "public"
            parallel = 8
            include = ["a", "b"]
            [cluster]
            name = "blue"
            """;

    @Test
    void json_with_comments_yaml_and_toml_say_the_same() {
        for (var file : List.of(
                new ConfigFile("c.json", JSON),
                new ConfigFile("c.yaml", YAML),
                new ConfigFile("c.yml", YAML),
                new ConfigFile("c.toml", TOML),
                new ConfigFile("settings", JSON),
                new ConfigFile("settings", YAML),
                new ConfigFile("settings.conf", TOML),
                new ConfigFile("c.json", "\uFEFF" + JSON))) {
            assertThat(text(file.read())).isEqualTo("{schema=public, parallel=8, include=[a, b], cluster={name=blue}}");
        }
    }

    @Test
    void values_know_their_line_and_column() {
        assertThat(place(new ConfigFile("c.json", JSON), "parallel")).isEqualTo("c.json:4:15");
        assertThat(place(new ConfigFile("c.yaml", YAML), "parallel")).isEqualTo("c.yaml:3:11");
        assertThat(place(new ConfigFile("c.toml", TOML), "parallel")).isEqualTo("c.toml:3:1");
    }

    @Test
    void a_nested_key_of_toml_knows_its_line() {
        var file = new ConfigFile("c.toml", TOML).read();

        assertThat(field((Node.Fields) field(file, "cluster"), "name").place().text())
                .isEqualTo("c.toml:6:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.json", "c.yaml", "c.toml"})
    void a_file_with_nothing_in_it_sets_nothing(String name) {
        assertThat(new ConfigFile(name, " \n").read().fields()).isEmpty();
    }

    @Test
    void what_does_not_parse_says_where() {
        assertThatThrownBy(new ConfigFile("c.json", "{\n  \"a\": abc\n}")::read)
                .hasMessage("c.json:2:8: not valid JSON: text needs double quotes");
        assertThatThrownBy(new ConfigFile("c.json", "{\n  \"a\": 1")::read)
                .hasMessageMatching("c.json:2:\\d+: not valid JSON: the file ends before a bracket or quote is closed");
        assertThatThrownBy(new ConfigFile("c.json", "{\"a\": 1; \"b\": 2}")::read)
                .hasMessage("c.json:1:8: not valid JSON: unexpected character ;");
        assertThatThrownBy(new ConfigFile("c.yaml", "a: 1\n  b: 2\n")::read)
                .hasMessageMatching("c.yaml:2:\\d+: not valid YAML");
        assertThatThrownBy(new ConfigFile("c.toml", "a = 1\nb 2\n")::read)
                .hasMessageMatching("c.toml:2:\\d+: not valid TOML");
    }

    @Test
    void a_key_that_stands_there_twice_is_an_error() {
        assertThatThrownBy(new ConfigFile("c.json", "{\"a\": 1,\n\"a\": 2}")::read)
                .hasMessage("c.json:2:1: a stands here a second time; allowed: each key once");
        assertThatThrownBy(new ConfigFile("c.toml", "a = 1\na = 2\n")::read).isInstanceOf(InvalidConfig.class);
        assertThatThrownBy(new ConfigFile("c.yaml", "a: 1\na: 2\n")::read).isInstanceOf(InvalidConfig.class);
    }

    @Test
    void the_top_has_to_be_keys_and_values() {
        assertThatThrownBy(new ConfigFile("c.json", "[1]")::read)
                .hasMessage("c.json:1:1: the file holds a list; allowed: keys and values");
        assertThatThrownBy(new ConfigFile("c.yaml", "hello")::read)
                .hasMessage("c.yaml:1:1: the file holds a single value; allowed: keys and values");
        assertThatThrownBy(new ConfigFile("c.json", "{} {}")::read).hasMessageContaining("allowed: one document");
    }

    @Test
    void a_plain_word_of_yaml_has_the_type_its_reader_wants() {
        var file = new ConfigFile("c.yaml", "schema: 2024\n").read();

        assertThat(Values.asText(field(file, "schema"))).contains("2024");
    }

    @Test
    void a_connection_in_the_place_of_a_file_is_told_without_its_password() {
        for (var wrong : List.of("postgres://u:geheim@db1/shop", "host=db1 password=geheim")) {
            assertThatThrownBy(() -> ConfigFile.load(Path.of(wrong)))
                    .hasMessageEndingWith("does not exist; pgsync init writes one")
                    .hasMessageNotContaining("geheim");
        }
    }

    @Test
    void a_missing_file_says_so(@TempDir Path folder) {
        assertThatThrownBy(() -> ConfigFile.load(folder.resolve("no.json")))
                .hasMessageEndingWith("no.json does not exist; pgsync init writes one");
        assertThatThrownBy(() -> ConfigFile.load(folder)).hasMessageEndingWith("is a directory");
    }

    private static Node field(Node.Fields fields, String key) {
        var field = fields.fields().get(key);
        assertThat(field).as(key).isNotNull();
        return java.util.Objects.requireNonNull(field).value();
    }

    private static String place(ConfigFile file, String key) {
        return field(file.read(), key).place().text();
    }

    private static String text(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Items items ->
                items.items().stream().map(ConfigFileTest::text).toList().toString();
            case Node.Nothing nothing -> "null";
            case Node.Fields fields -> {
                var texts = new java.util.LinkedHashMap<String, String>();
                fields.fields().forEach((key, field) -> texts.put(key, text(field.value())));
                yield texts.toString();
            }
        };
    }
}
