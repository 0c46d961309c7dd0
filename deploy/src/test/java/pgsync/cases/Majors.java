package pgsync.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Majors of PostgreSQL that have what a case is about: {@code ">=12"}, {@code ">=11 <18"}, nothing for all. */
record Majors(String text, IntPredicate test) {
    /** What a case asks of either side. */
    record OfBothSides(Majors source, Majors target) {
        boolean include(int sourceMajor, int targetMajor) {
            return source.include(sourceMajor) && target.include(targetMajor);
        }

        /** Whether the case is about two different majors, so that no single one can show it. */
        boolean needTwo() {
            return IntStream.rangeClosed(10, 99).noneMatch(major -> include(major, major));
        }

        String text() {
            return source.text().equals(target.text())
                    ? source.text()
                    : "%s to %s".formatted(source.orAny(), target.orAny());
        }
    }

    private static final Pattern CONDITION = Pattern.compile("(>=|<=|<|>|=)(\\d\\d)");

    static Majors parse(String text, Function<String, RuntimeException> wrong) {
        List<IntPredicate> all = new ArrayList<>();
        for (var word : text.isEmpty() ? new String[0] : text.strip().split("\\s+")) {
            var condition = CONDITION.matcher(word);
            if (!condition.matches()) {
                throw wrong.apply("is \"%s\"; allowed: conditions such as >=12 or >=11 <18".formatted(text));
            }
            all.add(condition(condition.group(1), Integer.parseInt(condition.group(2))));
        }
        return new Majors(text, major -> all.stream().allMatch(one -> one.test(major)));
    }

    private static IntPredicate condition(String operator, int than) {
        return switch (operator) {
            case ">=" -> major -> major >= than;
            case "<=" -> major -> major <= than;
            case "<" -> major -> major < than;
            case ">" -> major -> major > than;
            default -> major -> major == than;
        };
    }

    private String orAny() {
        return text.isEmpty() ? "any" : text;
    }

    boolean include(int major) {
        return test.test(major);
    }
}
