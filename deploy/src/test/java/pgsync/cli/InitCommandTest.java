package pgsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.config.InvalidConfig;
import pgsync.config.Setting;
import pgsync.config.Settings;
import pgsync.config.SettingsReader;

class InitCommandTest {
    private final Recorded pgsync = new Recorded();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"c.json", "c.yaml", "c.toml", "c"})
    void the_file_it_writes_is_read_back_with_every_default(String name) {
        var file = folder.resolve(name).toString();

        assertThat(pgsync.run("init", file)).isZero();

        var settings = read(file);
        assertThat(settings.requiredSource().reveal()).isEqualTo("postgres://reader@source.example:5432/shop");
        assertThat(settings.sync()).isEqualTo(Settings.DEFAULT.sync());
        assertThat(settings.cluster()).isEqualTo(Settings.DEFAULT.cluster());
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.json", "c.yaml", "c.toml"})
    void every_line_that_is_commented_out_is_right_when_it_counts(String name) throws IOException {
        var file = folder.resolve(name);
        pgsync.run("init", file.toString());
        var sign = name.endsWith(".json") ? "//" : "#";

        for (var setting : Setting.values()) {
            // These ask for a file, or for the absence of another setting.
            if (!setting.isInFile() || setting == Setting.HTTP_TOKEN_FILE) {
                continue;
            }
            var key = name.endsWith(".toml") ? setting.key() + " =" : '"' + setting.key() + "\":";
            var text = ConfigTemplate.of(name);
            var changed = Files.writeString(file, text.replace(sign + " " + key, key));
            assertThat(text).contains(key);
            assertThat(read(changed.toString())).as(setting.key()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.json", "c.yaml", "c.toml"})
    void the_example_of_a_table_rule_is_right_too(String name) throws IOException {
        var text = ConfigTemplate.of(name).replaceAll("(?://|#) (\"tables\":|tables:|tables\\.\")", "$1");
        var file = Files.writeString(folder.resolve(name), text).toString();

        assertThat(read(file).sync().tables()).containsOnlyKeys("public.orders");
    }

    @Test
    void the_file_is_for_its_owner_alone() throws IOException {
        var file = folder.resolve("c.json");

        pgsync.run("init", file.toString());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_that_is_there_is_kept_unless_forced() throws IOException {
        var file = Files.writeString(folder.resolve("c.json"), "mine");

        assertThat(pgsync.run("init", file.toString())).isEqualTo(2);
        assertThat(pgsync.err()).isEqualTo("pgsync: " + file + " exists; -force overwrites it\n");
        assertThat(file).hasContent("mine");
        assertThat(pgsync.run("init", file.toString(), "-force")).isZero();
        assertThat(Files.readString(file)).startsWith("{");
    }

    @Test
    void a_connection_in_the_place_of_a_file_is_told_without_its_password() {
        assertThat(pgsync.run("init", "postgres://u:geheim@db1/shop")).isEqualTo(2);
        assertThat(pgsync.err()).contains("cannot be written").doesNotContain("geheim");
    }

    @Test
    void a_dash_prints_it() {
        assertThat(pgsync.run("init", "-")).isZero();
        assertThat(pgsync.out()).startsWith("{\n  // Settings of pgsync.");
    }

    private static Settings read(String file) {
        try {
            return new SettingsReader(Map.of())
                    .read(Map.of(Setting.CONFIG, file))
                    .settings();
        } catch (InvalidConfig e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
