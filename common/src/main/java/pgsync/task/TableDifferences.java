package pgsync.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
    // A newer pgsync may tell more of a table.
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

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

    /** Reads what {@link RunReport#toJson} wrote of a table; null for null. */
    public static @Nullable TableDifferences ofJson(@Nullable String json) {
        try {
            return json == null ? null : JSON.readValue(json, TableDifferences.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("pgsync.run.report holds what no pgsync wrote", e);
        }
    }

    /** The same with the texts of its examples spelled so. */
    TableDifferences spelled(UnaryOperator<String> spelled) {
        var told = examples.stream()
                .map(e -> new Example(
                        e.kind(),
                        spelled.apply(e.key()),
                        e.columns().stream().map(spelled).toList()))
                .toList();
        return new TableDifferences(sourceRows, targetRows, different, missing, extra, newer, told);
    }

    /** The same without what names single rows. */
    public TableDifferences withoutExamples() {
        return new TableDifferences(sourceRows, targetRows, different, missing, extra, newer, List.of());
    }

    public long total() {
        return different + missing + extra;
    }
}
