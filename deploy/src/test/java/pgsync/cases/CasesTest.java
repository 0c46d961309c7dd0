package pgsync.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import pgsync.Checkout;
import pgsync.cases.SyncCase.Side;
import pgsync.testground.GroundFailed;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/**
 * Plays every directory of {@code cases/}; the format is in {@code cases/README.md}.
 *
 * <p>{@code -Dcase=types/money,keys} plays only those whose name begins so, {@code -Dcase.majors=10,15-18} says
 * on which majors, or between which ones. When it says nothing, a case that is about two majors is played on the first pair
 * that is here and fits.
 */
class CasesTest {
    private static final Path ROOT = Checkout.root().resolve("cases");
    private static final String ASKED = "case.majors";

    /** Majors of source and target. */
    private record Pair(int source, int target) {
        static Pair parse(String text) {
            var sides = text.strip().split("-");
            var source = Integer.parseInt(sides[0]);
            return new Pair(source, sides.length == 1 ? source : Integer.parseInt(sides[1]));
        }

        boolean isHere() {
            return TestServers.majors().containsAll(List.of(source, target));
        }

        @Override
        public String toString() {
            return source == target ? "PostgreSQL " + source : "PostgreSQL %d to %d".formatted(source, target);
        }
    }

    /** Several at a time: each has databases of its own, and most of its time it waits for one server or the other. */
    @TestFactory
    @Tag("whole-run")
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicNode> every_case_ends_as_it_says() {
        return pairs().stream().map(pair -> DynamicContainer.dynamicContainer(pair.toString(), tests(pair)));
    }

    @Test
    void there_are_cases() {
        assertThat(CaseFile.directories(ROOT)).isNotEmpty();
    }

    private static List<Pair> pairs() {
        var asked = System.getProperty(ASKED, Integer.toString(TestServers.DEFAULT_MAJOR));
        return Stream.of(asked.split(",")).map(Pair::parse).toList();
    }

    /** Where a case about two majors shows what it is about, though nobody asked for that pair. */
    private static Pair fitting(Pair pair, SyncCase played) {
        if (System.getProperty(ASKED) != null || !played.majors().needTwo()) {
            return pair;
        }
        return TestServers.majors().stream()
                .flatMap(source -> TestServers.majors().stream().map(target -> new Pair(source, target)))
                .filter(other -> played.majors().include(other.source(), other.target()))
                .findFirst()
                .orElse(pair);
    }

    private static Stream<DynamicTest> tests(Pair pair) {
        var only = List.of(System.getProperty("case", "").split(","));
        var tests = new ArrayList<DynamicTest>();
        for (var directory : CaseFile.directories(ROOT)) {
            var name = ROOT.relativize(directory).toString().replace('\\', '/');
            if (only.stream().anyMatch(name::startsWith)) {
                tests.add(DynamicTest.dynamicTest(name, directory.toUri(), () -> play(directory, pair)));
            }
        }
        assertThat(tests).as("cases whose name begins with " + only).isNotEmpty();
        return tests.stream();
    }

    private static boolean knows(int major, String locale) {
        try {
            TestServers.shared(major).sql(TestServer.USER, "set lc_monetary = '%s'".formatted(locale));
            return true;
        } catch (GroundFailed e) {
            return false;
        }
    }

    private static void assumeProvider(SyncCase played, Side side, int major) {
        var locale = played.locale().get(side);
        Assumptions.assumeTrue(
                locale == null || locale.isKnownTo(major),
                () -> "PostgreSQL %d has no databases of locale %s".formatted(major, locale));
    }

    private static void play(Path directory, Pair asked) {
        var played = CaseFile.read(directory);
        var pair = fitting(asked, played);
        Assumptions.assumeTrue(
                played.majors().include(pair.source(), pair.target()),
                () -> "%s is about PostgreSQL %s"
                        .formatted(played.name(), played.majors().text()));
        Assumptions.assumeTrue(pair.isHere(), () -> pair + " is not here: -Pmajors brings every one");
        assumeProvider(played, Side.SOURCE, pair.source());
        assumeProvider(played, Side.TARGET, pair.target());
        for (var locale : played.localesOfTheSystem()) {
            Assumptions.assumeTrue(
                    knows(pair.source(), locale) && knows(pair.target(), locale),
                    () -> "locale %s is not here: package locales, localedef".formatted(locale));
        }
        try (var ground =
                new CaseGround(played, TestServers.shared(pair.source()), TestServers.shared(pair.target()))) {
            ground.play();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "cases/%s on %s: %s\n%s".formatted(played.name(), pair, played.title(), e.getMessage()), e);
        }
    }
}
