package pgsync.http;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query of a request. Whatever nobody asks for is a {@link Problem}, so a misspelt name is never silently ignored. */
final class Parameters {
    private static final int MAX_LENGTH = 200;

    private final MultiMap given;
    private final Set<String> known = new HashSet<>();

    Parameters(MultiMap given) {
        this.given = given;
    }

    /** Null when it is not given. */
    @Nullable
    String text(String name) {
        known.add(name);
        var values = given.getAll(name);
        if (values.size() > 1) {
            throw Problem.bad("parameter %s is given twice".formatted(name), "give it once");
        }
        if (values.isEmpty()) {
            return null;
        }
        if (values.getFirst().length() > MAX_LENGTH || values.getFirst().indexOf('\0') >= 0) {
            throw Problem.bad("parameter %s is too long".formatted(name), "up to %d characters".formatted(MAX_LENGTH));
        }
        return values.getFirst();
    }

    int number(String name, int otherwise, int least, int most) {
        var text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, with what is allowed
        }
        throw Problem.bad(
                "parameter %s is no number that is allowed".formatted(name), "%,d to %,d".formatted(least, most));
    }

    <E extends Enum<E>> @Nullable E choice(String name, Class<E> choices) {
        var text = text(name);
        if (text == null) {
            return null;
        }
        for (var choice : choices.getEnumConstants()) {
            if (word(choice).equals(text)) {
                return choice;
            }
        }
        throw Problem.bad(
                "parameter %s is no word that is allowed".formatted(name),
                Arrays.stream(choices.getEnumConstants())
                        .map(Parameters::word)
                        .collect(Collectors.joining(", ", "one of ", "")));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    /** Call when everything was asked for. */
    void nothingElse() {
        for (var name : given.names()) {
            if (!known.contains(name)) {
                throw Problem.bad(
                        "there is a parameter that this address does not know",
                        known.isEmpty()
                                ? "send none"
                                : "known: " + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }
}
