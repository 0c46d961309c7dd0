package pgsync.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pgsync.config.Setting;
import pgsync.config.Settings;
import pgsync.config.SettingsReader;

/** What the files of deploy/ set is what the program reads. */
class SettingsOfArtefactsTest {
    private static final Pattern VARIABLE = Pattern.compile("PGSYNC_[A-Z_]+");

    /** Of the launcher, the tests, or of the files themselves. */
    private static final Set<String> NO_SETTINGS = Set.of(
            "PGSYNC_HEAP",
            "PGSYNC_CACHE",
            "PGSYNC_JAVA_OPTS",
            "PGSYNC_IMAGE",
            "PGSYNC_PORT",
            "PGSYNC_TEST_PACKAGED",
            "PGSYNC_TEST_POSTGRES",
            "PGSYNC_TEST_IMAGE",
            "PGSYNC_TEST_MAJORS");

    @TempDir
    Path directory;

    @Test
    void every_variable_in_them_is_a_setting() throws IOException {
        var settings = Arrays.stream(Setting.values()).map(Setting::variable).toList();
        var found = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        for (var file : Artefacts.all()) {
            var m = VARIABLE.matcher(Files.readString(file));
            while (m.find()) {
                found.add(m.group());
                if (!settings.contains(m.group()) && !NO_SETTINGS.contains(m.group())) {
                    wrong.add(file.getFileName() + ": " + m.group());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(found)
                .contains("PGSYNC_SOURCE", "PGSYNC_CLUSTER_BIND", "PGSYNC_CLUSTER_SECRET", "PGSYNC_HTTP_TOKEN");
    }

    @Test
    void compose_nodes_know_both_coordinators_and_ask_for_a_token() {
        var read = read(Artefacts.text("compose/pgsync.json"), Map.of("PGSYNC_HTTP_TOKEN", "t"));

        assertThat(read.cluster().members()).containsExactly("coordinator.members", "standby.members");
        assertThat(read.http().token()).isNotNull();
        assertThat(read.schedule()).isEqualTo("30s");
    }

    @Test
    void machines_of_systemd_read_their_file_and_their_secrets() {
        var environment = new HashMap<String, String>();
        Artefacts.text("systemd/secrets.env")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("=", 2))
                .forEach(pair -> environment.put(pair[0], pair[1]));

        var read = read(Artefacts.text("systemd/pgsync.json"), environment);

        assertThat(read.requiredSource()).isNotNull();
        assertThat(read.requiredTarget()).isNotNull();
        assertThat(read.cluster().secret()).isNotNull();
        assertThat(read.cluster().members()).anyMatch(read.cluster().bind()::equals);
        assertThat(read.http().bind()).isEqualTo("127.0.0.1");
    }

    @Test
    void json_examples_in_the_pages_are_settings() throws IOException {
        var examples = new ArrayList<String>();
        for (var file : List.of(Artefacts.folder().resolveSibling("docs/cluster.md"))) {
            var m = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(file));
            while (m.find()) {
                examples.add(m.group(1));
            }
        }

        assertThat(examples).isNotEmpty().allSatisfy(example -> read(example, Map.of("PGSYNC_HTTP_TOKEN", "t")));
    }

    private Settings read(String json, Map<String, String> environment) {
        try {
            var file = Files.writeString(directory.resolve("pgsync.json"), json);
            return new SettingsReader(environment)
                    .read(Map.of(Setting.CONFIG, file.toString()))
                    .settings();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
