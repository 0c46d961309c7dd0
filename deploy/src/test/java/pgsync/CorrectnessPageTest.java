package pgsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/correctness.md} names a test for each promise: all of them exist. */
class CorrectnessPageTest {
    private static final Path ROOT = Checkout.root();
    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+(?:Test|IT))#([a-z0-9_]+)`");
    private static final Pattern CASE = Pattern.compile("`(cases/[a-z0-9/-]+)`");
    /** A line of a table whose last column names nothing that could fail. */
    private static final Pattern UNPROVED =
            Pattern.compile("(?m)^\\|(?! danger |---)(?:[^|]*\\|){2}(?![^|]*`[^`]*(?:#|cases/)).*$");

    @Test
    void every_test_and_every_case_that_it_names_exists() throws IOException {
        var page = Files.readString(ROOT.resolve("docs/correctness.md"));
        var sources = testSources();
        var missing = new TreeSet<String>();
        var named = 0;
        for (var test = TEST.matcher(page); test.find(); named++) {
            if (!sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "(")) {
                missing.add(test.group());
            }
        }
        for (var directory = CASE.matcher(page); directory.find(); named++) {
            if (!Files.exists(ROOT.resolve(directory.group(1)).resolve("run.json"))) {
                missing.add(directory.group());
            }
        }

        assertThat(named).isGreaterThan(80);
        assertThat(missing).isEmpty();
        assertThat(UNPROVED.matcher(page).results().map(r -> r.group())).isEmpty();
    }

    private static TreeMap<String, String> testSources() throws IOException {
        var sources = new TreeMap<String, String>();
        try (var files = Files.walk(ROOT)) {
            for (var file : files.filter(f -> f.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
                    .toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }
}
