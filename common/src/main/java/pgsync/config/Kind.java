package pgsync.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pgsync.time.Durations;

/** What a setting takes. Every reader handles all of them: there is no default branch. */
public sealed interface Kind {
    /** What is allowed, in words for an error or for help. */
    String allowed();

    /** How help calls the value. */
    String placeholder();

    /** Text; {@code objection} says what is wrong with it, null when nothing is. */
    record Text(String placeholder, String allowed, Function<String, @Nullable String> objection) implements Kind {}

    /** Text that is never shown, so {@code objection} must not quote it. */
    record Hidden(String placeholder, String allowed, Function<String, @Nullable String> objection) implements Kind {}

    /** A list or a comma list; {@code objection} judges one entry. */
    record Names(String placeholder, String allowed, Function<String, @Nullable String> objection) implements Kind {}

    record Flag() implements Kind {
        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public String placeholder() {
            return "true|false";
        }
    }

    /** A whole number, both ends included. */
    record Whole(int least, int most) implements Kind {
        @Override
        public String allowed() {
            return String.format(Locale.ROOT, "%,d to %,d", least, most);
        }

        @Override
        public String placeholder() {
            return "N";
        }
    }

    /** A length of time, both ends included. */
    record Span(Duration least, Duration most) implements Kind {
        @Override
        public String allowed() {
            var examples = least.compareTo(Duration.ofDays(1)) < 0 ? "30s, 10m or 1h30m" : "7d or 90d";
            return "%s to %s, such as %s".formatted(Durations.text(least), Durations.text(most), examples);
        }

        @Override
        public String placeholder() {
            return "TIME";
        }
    }

    record Choice(List<String> values) implements Kind {
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public String allowed() {
            return String.join(", ", values);
        }

        @Override
        public String placeholder() {
            return String.join("|", values);
        }
    }
}
