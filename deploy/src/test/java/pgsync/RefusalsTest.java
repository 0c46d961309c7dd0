package pgsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pgsync.error.Trouble;

/** {@code docs/refusals.md} lists what pgsync refuses, in the words of the sources: each text once, none that is gone. */
class RefusalsTest {
    private static final Path ROOT = Checkout.root();
    private static final Pattern CALL = Pattern.compile("\\b(refuseIf|new Refusal|new GuardStopped|new Refused)\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern FORMAT = Pattern.compile("%[,.0-9]*[sdf]");
    private static final Pattern REMEDY = Pattern.compile("Trouble\\.([A-Z_]+)\\.remedy\\(\\)");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    private record Told(String reason, Optional<String> remedy) {}

    @Test
    void every_refusal_is_in_the_docs_and_none_that_is_gone() throws IOException {
        var docs = Files.readString(ROOT.resolve("docs/refusals.md"));
        var told = told();
        var listed = new TreeSet<String>();
        var rows = LISTED.matcher(docs);
        while (rows.find()) {
            listed.add(rows.group(1));
        }

        assertThat(told).hasSizeGreaterThan(10);
        assertThat(listed).isEqualTo(told.stream().map(Told::reason).collect(Collectors.toCollection(TreeSet::new)));
        for (var each : told) {
            each.remedy()
                    .ifPresent(remedy -> assertThat(docs)
                            .as("the remedy for: " + each.reason())
                            .contains(remedy));
        }
    }

    @Test
    void a_text_is_read_out_of_the_sources_with_a_dot_for_each_value() {
        var source = """
                refuseIf(
                    a.b(c, "x").isEmpty(), "role %s lacks %,d rows (%.1f %%) of ".formatted(f("y", 1)) + g(", "),
                    Trouble.NOT_ALLOWED.remedy());
                throw new Refused("one " + two + " three", "do this" + " and that");
                """;

        assertThat(toldIn(source))
                .containsExactly(
                        new Told("role … lacks … rows (… %) of …", Optional.of(Trouble.NOT_ALLOWED.remedy())),
                        new Told("one … three", Optional.of("do this and that")));
    }

    private static List<Told> told() throws IOException {
        var told = new ArrayList<Told>();
        for (var module : List.of("common", "coordinator", "worker")) {
            try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (var file : files.filter(f -> f.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    told.addAll(toldIn(Files.readString(file)));
                }
            }
        }
        return told;
    }

    private static List<Told> toldIn(String source) {
        var told = new ArrayList<Told>();
        var call = CALL.matcher(source);
        while (call.find()) {
            var arguments = arguments(source, call.end());
            var from = call.group(1).equals("refuseIf") || call.group(1).equals("new Refusal") ? 1 : 0;
            text(arguments.get(from))
                    .ifPresent(reason -> told.add(new Told(
                            reason, arguments.size() > from + 1 ? remedy(arguments.get(from + 1)) : Optional.empty())));
        }
        return told;
    }

    private static Optional<String> remedy(String argument) {
        var named = REMEDY.matcher(argument);
        return named.find() ? Optional.of(Trouble.valueOf(named.group(1)).remedy()) : text(argument);
    }

    /** Without values: what is between two literals, and what a format puts in, becomes three dots. Empty without a literal. */
    private static Optional<String> text(String argument) {
        var pieces = new ArrayList<String>();
        for (var piece : split(argument, '+')) {
            var literal = LITERAL.matcher(piece);
            pieces.add(literal.lookingAt() ? FORMAT.matcher(literal.group(1)).replaceAll("…") : "…");
        }
        return pieces.stream().allMatch("…"::equals)
                ? Optional.empty()
                : Optional.of(String.join("", pieces).replace("%%", "%").replace("……", "…"));
    }

    private static List<String> arguments(String source, int from) {
        var depth = 1;
        for (var at = from; at < source.length(); at++) {
            if (source.charAt(at) == '"') {
                at = endOfLiteral(source, at);
            } else if (source.charAt(at) == '(') {
                depth++;
            } else if (source.charAt(at) == ')' && --depth == 0) {
                return split(source.substring(from, at), ',');
            }
        }
        throw new AssertionError("no end of " + source.substring(from));
    }

    /** At the character where it stands outside of parentheses and literals. */
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        var depth = 0;
        var start = 0;
        for (var at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '"') {
                at = endOfLiteral(text, at);
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == separator && depth == 0) {
                parts.add(text.substring(start, at).strip());
                start = at + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    private static int endOfLiteral(String text, int open) {
        var at = open + 1;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
