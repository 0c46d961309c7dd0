package pgsync.task;

import java.util.List;

/**
 * What a verification found in one table. Rows without a key are never {@code different}: each is missing, extra or equal.
 *
 * @param sourceRows rows of the source that were compared
 * @param targetRows rows of the target
 * @param different rows that both sides have by their key, and not with the same values
 * @param missing rows that only the source has
 * @param extra rows that only the target has
 * @param newer those of the different and missing ones that the source changed since the last run, as their stamps say
 * @param examples some of them, a few of each kind, by key
 */
public record TableDifferences(
        long sourceRows,
        long targetRows,
        long different,
        long missing,
        long extra,
        long newer,
        List<Example> examples) {
    public TableDifferences {
        examples = List.copyOf(examples);
    }

    /** How a row differs. */
    public enum Kind {
        DIFFERENT,
        MISSING,
        EXTRA
    }

    /**
     * One row that differs.
     *
     * @param key its key as PostgreSQL prints it, of several columns as a row
     * @param columns names of those that differ; empty unless {@link Kind#DIFFERENT}
     */
    public record Example(Kind kind, String key, List<String> columns) {
        public Example {
            columns = List.copyOf(columns);
        }
    }

    public long total() {
        return different + missing + extra;
    }
}
