package pgsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * House rules that no compiler checks, over the sources of every module. Each complaint names the file, the line and what to
 * write instead. What a review says twice becomes a line here; an exception is a file name beside the rule.
 */
class TidyTest {
    private static final Path ROOT = Checkout.root();

    /** {@code except}: files that may, because they are the one place for it. */
    private record Rule(Pattern banned, String instead, Set<String> except) {
        static Rule ban(String literal, String instead, String... except) {
            return new Rule(Pattern.compile(Pattern.quote(literal)), instead, Set.of(except));
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.ban("FIX" + "ME", "finish it, or describe it in an issue"),
            Rule.ban("TO" + "DO", "finish it, or describe it in an issue"),
            Rule.ban("Thread.sleep(", "a Pause that was passed in, so that tests do not wait"),
            Rule.ban("Thread::sleep", "a Pause that was passed in, so that tests do not wait", "Pause.java"),
            Rule.ban("Instant.now()", "an InstantSource that was passed in, so that tests choose the time"),
            Rule.ban("currentTimeMillis()", "an InstantSource that was passed in, so that tests choose the time"),
            Rule.ban(
                    "System.out",
                    "the stream that was passed in: stdout carries results, one place owns it",
                    "Main.java"),
            Rule.ban("System.err", "the stream or the logger that was passed in", "Main.java"),
            Rule.ban("System.exit(", "return the exit code: only Main ends the process", "Main.java"),
            Rule.ban("printStackTrace(", "throw it, or log it, once"),
            Rule.ban("catch (Throwable", "the exceptions you have thought about; Trouble.UNKNOWN is for the others"),
            Rule.ban("Math.random()", "a RandomGenerator that was passed in, so that a failure can be repeated"),
            Rule.ban(".toLowerCase()", "toLowerCase(Locale.ROOT): in Turkish an I becomes another letter"),
            Rule.ban(".toUpperCase()", "toUpperCase(Locale.ROOT): in Turkish an i becomes another letter"),
            Rule.ban(".compose(", "Step.await on a virtual thread, one line after the other"),
            // Step itself gives back a connection that opens after nobody waits for it any more.
            Rule.ban(".onSuccess(", "Step.await on a virtual thread, one line after the other", "Step.java"),
            Rule.ban(".forceUnlock(", "the fence in the target: a lock in the cluster is only a hint"));

    private static final Pattern NAME_THAT_SAYS_NOTHING =
            Pattern.compile(".*(Utils?|Helpers?|Misc|Managers?|Impl|Processor)\\.java");

    /** What Surefire runs by itself, and Failsafe. */
    private static final Pattern NAME_OF_A_TEST = Pattern.compile("(Test.*|.*(Test|Tests|TestCase|IT))\\.java");

    @Test
    void every_source_file_is_tidy() throws IOException {
        var sources = javaFilesUnder("src/main/java");
        var complaints = new ArrayList<String>();
        for (var file : sources) {
            complaints.addAll(complaintsAbout(ROOT.relativize(file).toString(), Files.readString(file)));
        }
        assertThat(sources).as("files found under " + ROOT).hasSizeGreaterThan(20);
        assertThat(complaints).isEmpty();
    }

    @Test
    void every_package_says_what_it_takes_gives_and_never_does() throws IOException {
        var complaints = new ArrayList<String>();
        for (var folder : javaFilesUnder("src/main/java").stream()
                .map(Path::getParent)
                .distinct()
                .toList()) {
            var about = folder.resolve("package-info.java");
            var text = Files.exists(about) ? Files.readString(about) : "";
            if (!text.contains("@NullMarked") || !text.contains("/**")) {
                complaints.add(ROOT.relativize(about)
                        + ": write what the package takes, gives and never does, and @NullMarked");
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void every_test_has_a_name_that_is_run() throws IOException {
        var complaints = new ArrayList<String>();
        for (var file : javaFilesUnder("src/test/java")) {
            var name = file.getFileName().toString();
            if (!NAME_OF_A_TEST.matcher(name).matches()
                    && Files.readString(file).contains("\n    @Test\n")) {
                complaints.add(ROOT.relativize(file)
                        + ": nobody runs it: its name has to end with Test, or IT when it runs the packaged product");
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_complaint_names_file_line_and_what_to_write_instead() {
        var text = "class Napper {\n    void nap() throws Exception {\n        Thread.sleep(10);\n    }\n}\n";

        assertThat(complaintsAbout("x/Napper.java", text))
                .containsExactly(
                        "x/Napper.java:3: Thread.sleep( — use a Pause that was passed in, so that tests do not wait");
    }

    @Test
    void the_one_place_for_something_may_use_it() {
        assertThat(complaintsAbout("x/Pause.java", "return Thread::sleep;")).isEmpty();
        assertThat(complaintsAbout("x/Other.java", "return Thread::sleep;")).hasSize(1);
    }

    @Test
    void a_name_that_says_nothing_is_a_complaint() {
        assertThat(complaintsAbout("x/TableUtils.java", ""))
                .containsExactly("x/TableUtils.java: name the thing it does");
    }

    private static List<String> complaintsAbout(String file, String text) {
        var name = Path.of(file).getFileName().toString();
        var complaints = new ArrayList<String>();
        for (var rule : RULES) {
            var found = rule.banned().matcher(text);
            while (found.find() && !rule.except().contains(name)) {
                var line = 1
                        + text.substring(0, found.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                complaints.add("%s:%d: %s — use %s".formatted(file, line, found.group(), rule.instead()));
            }
        }
        if (NAME_THAT_SAYS_NOTHING.matcher(name).matches()) {
            complaints.add(file + ": name the thing it does");
        }
        return complaints;
    }

    private static List<Path> javaFilesUnder(String folder) throws IOException {
        Predicate<Path> isJava = file -> file.toString().endsWith(".java");
        var found = new ArrayList<Path>();
        try (var modules = Files.list(ROOT)) {
            for (var module : modules.map(each -> each.resolve(folder))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList()) {
                try (var files = Files.walk(module)) {
                    files.filter(isJava).sorted().forEach(found::add);
                }
            }
        }
        return found;
    }
}
