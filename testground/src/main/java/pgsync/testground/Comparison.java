package pgsync.testground;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the oracle found. {@code tables} and {@code rows} count those that are equal on both sides. */
public record Comparison(int tables, long rows, List<Difference> differences) {
    public Comparison {
        differences = List.copyOf(differences);
    }

    public boolean equal() {
        return differences.isEmpty();
    }

    /** One thing that is not the same on both sides; {@code table} is quoted as in SQL. */
    public sealed interface Difference {
        String table();

        /** The table exists on one side only. */
        record Missing(String table, boolean inFirst) implements Difference {
            @Override
            public String toString() {
                return "%s exists only in the %s database".formatted(table, inFirst ? "first" : "second");
            }
        }

        /** The columns do not have the same names; their rows were not compared. */
        record OtherColumns(String table, String first, String second) implements Difference {
            @Override
            public String toString() {
                return "%s has other columns:\n    first:  %s\n    second: %s".formatted(table, first, second);
            }
        }

        /** The rows differ. The samples are rows in text form, columns by name, at most {@link Oracle#SAMPLES} each way. */
        record OtherRows(String table, long first, long second, List<String> onlyInFirst, List<String> onlyInSecond)
                implements Difference {
            public OtherRows {
                onlyInFirst = List.copyOf(onlyInFirst);
                onlyInSecond = List.copyOf(onlyInSecond);
            }

            @Override
            public String toString() {
                return "%s differs: %,d rows in the first, %,d in the second%s%s"
                        .formatted(
                                table,
                                first,
                                second,
                                listed("only in the first: ", onlyInFirst),
                                listed("only in the second:", onlyInSecond));
            }

            private static String listed(String title, List<String> rows) {
                return rows.stream().map(row -> "\n    " + title + " " + row).collect(Collectors.joining());
            }
        }
    }

    @Override
    public String toString() {
        var same = String.format(Locale.ROOT, "%d tables with %,d rows are equal", tables, rows);
        return equal()
                ? same
                : same
                        + differences.stream()
                                .map(d -> "\n  " + d)
                                .collect(Collectors.joining("", ", " + differences.size() + " differ:", ""));
    }
}
