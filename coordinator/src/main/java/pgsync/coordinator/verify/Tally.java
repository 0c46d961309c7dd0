package pgsync.coordinator.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pgsync.task.TableDifferences;
import pgsync.task.TableDifferences.Example;
import pgsync.task.TableDifferences.Kind;

/** Counts differences and keeps a few of each kind. */
final class Tally {
    private static final int EXAMPLES_A_KIND = 5;
    /** A key may be a text of any length. */
    private static final int LONGEST_KEY = 200;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final List<Example> examples = new ArrayList<>();
    private long newer;

    /** @param key null when rows have no names */
    void add(Kind kind, boolean isNewer, @Nullable String key, List<String> columns) {
        var number = counts.merge(kind, 1L, Long::sum);
        newer += isNewer ? 1 : 0;
        if (key != null && number <= EXAMPLES_A_KIND) {
            var cut = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key;
            examples.add(new Example(kind, cut, columns));
        }
    }

    TableDifferences of(long sourceRows, long targetRows) {
        return new TableDifferences(
                sourceRows, targetRows, count(Kind.DIFFERENT), count(Kind.MISSING), count(Kind.EXTRA), newer, examples);
    }

    private long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }
}
