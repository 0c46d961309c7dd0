package pgsync.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Which rows of a table one copy task takes. The slices of a table are disjoint and together hold every row of one snapshot. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "slice")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Slice.Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = Slice.Blocks.class, name = "blocks"),
    @JsonSubTypes.Type(value = Slice.Keys.class, name = "keys")
})
public sealed interface Slice {
    record Whole() implements Slice {}

    /**
     * Heap blocks {@code from <= block < to}; {@code to} is -1 in the last slice, which has no upper end because the table may
     * grow between planning and the snapshot. Only meaningful in one snapshot: an update moves a row to another block.
     */
    record Blocks(long from, long to) implements Slice {
        public Blocks {
            if (from < 0 || (to != -1 && to <= from)) {
                throw new IllegalArgumentException("empty block range: from %d, to %d".formatted(from, to));
            }
        }
    }

    /** Values of one integer key column, {@code from <= key < to}; null is an open end. */
    record Keys(
            String column,
            @org.jspecify.annotations.Nullable Long from,
            @org.jspecify.annotations.Nullable Long to) implements Slice {}
}
