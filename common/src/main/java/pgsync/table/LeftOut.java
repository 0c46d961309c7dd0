package pgsync.table;

import pgsync.task.TableName;

/**
 * Something table-like that is never synchronized, with the reason in words. Partitions stand here one by one, so that a
 * person who names one is told; whoever prints them counts them by {@code kind} instead.
 */
public record LeftOut(TableName name, Kind kind, String reason) {
    /** A partition goes with its root, so nothing of it is missing on the target. */
    public boolean belongsToATable() {
        return kind == Kind.PARTITION;
    }

    public enum Kind {
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN_TABLE,
        PARTITION,
        EXTENSION_MEMBER
    }
}
