package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that people download, unpacked where nothing of the build is. */
class DistributionIT {
    @TempDir
    Path directory;

    @Test
    void runs_from_where_it_was_unpacked_without_maven() throws Exception {
        var home = unpacked();

        assertThat(run(home, home.resolve("pgsync").toString(), "version")).startsWith("pgsync ");
        assertThat(run(home, home.resolve("pgsync").toString(), "-help")).contains("-source");
        assertThat(Files.exists(home.resolve("pom.xml"))).isFalse();
    }

    @Test
    void runs_through_a_link_and_from_a_path_with_a_space() throws Exception {
        var home = Files.move(unpacked(), directory.resolve("with a space"));
        var link = Files.createSymbolicLink(directory.resolve("pgsync-link"), home.resolve("pgsync"));

        assertThat(run(directory, link.toString(), "version")).startsWith("pgsync ");
    }

    @Test
    void says_how_to_see_the_demo_which_is_not_in_it() throws Exception {
        var home = unpacked();

        assertThat(run(home, home.resolve("pgsync").toString(), "demo")).contains("./pgsync demo");
    }

    @Test
    void holds_what_a_person_needs_to_run_it() throws Exception {
        var home = unpacked();

        assertThat(home.resolve("LICENSE")).isNotEmptyFile();
        assertThat(home.resolve("README.md")).isNotEmptyFile();
        assertThat(home.resolve("docs/cluster.md")).isNotEmptyFile();
        assertThat(home.resolve("deploy/grants.sql")).isNotEmptyFile();
        assertThat(home.resolve("deploy/systemd/pgsync-worker.service")).isNotEmptyFile();
        assertThat(home.resolve("deploy/compose/compose.yaml")).isNotEmptyFile();
        assertThat(home.resolve("deploy/kubernetes/pgsync.yaml")).isNotEmptyFile();
        assertThat(home.resolve("deploy/container/Containerfile")).isNotEmptyFile();
        assertThat(home.resolve("deploy/container/probe")).isExecutable();
    }

    @Test
    void the_zip_holds_the_same_files() throws Exception {
        var home = unpacked();
        List<String> unpacked;
        try (var files = Files.walk(home)) {
            unpacked = files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }

        try (var zip = new ZipFile(archive(".zip").toFile())) {
            assertThat(zip.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(Object::toString)
                            .sorted())
                    .containsExactlyElementsOf(unpacked);
        }
    }

    private Path unpacked() throws IOException, InterruptedException {
        run(directory, "tar", "-xzf", archive(".tar.gz").toString());
        try (var folders = Files.list(directory)) {
            return folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static Path archive(String ending) throws IOException {
        var target = LauncherTest.checkout().resolve("target");
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().startsWith("pgsync-"))
                    .filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            "no pgsync-*" + ending + " in " + target + ": package without -Dquick first"));
        }
    }

    /** Both streams, of a program that finds no Maven and nothing that was set for this build. */
    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("M"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PATH", "/usr/bin:/bin");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }
}
