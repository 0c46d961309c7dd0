package pgsync.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a worker must know of a table, so that it need not discover anything.
 *
 * @param sourceOnly the source's table has rows of its own ({@code ONLY}); false for a partition root
 * @param targetOnly the same for the target
 * @param columns the synchronized columns in the order they travel: the timestamp column first when there is one
 * @param key names of columns that are unique and not null on both sides; empty for a table without a key
 * @param arbiter a unique index of exactly these columns on the target can be named in ON CONFLICT
 * @param wholeRows the target has no column of its own that a row would lose when it is deleted and inserted again
 * @param uniques the target's other unique indexes, which an upsert may run into
 * @param timestamp name of the timestamp column, null when changes are found by digest
 * @param where row filter on both sides, null for every row
 * @param binary rows travel in COPY's binary format
 * @param overriding the target has an identity column GENERATED ALWAYS
 * @param triggers names of the target's triggers and rules that act on what we write, so it is looked at again
 * @param replicaRole the target session may switch triggers and foreign keys off
 * @param uncut changes go in one transaction: rows refer to rows of the same table, foreign keys stay on, and nobody knows an order
 *     in which every row comes after the one it refers to
 * @param hash what digests are made with
 * @param asStored neither database knows an encoding: rows and keys travel as the bytes that are stored
 */
public record TableSpec(
        TableName table,
        boolean sourceOnly,
        boolean targetOnly,
        List<ColumnSpec> columns,
        List<String> key,
        boolean arbiter,
        boolean wholeRows,
        List<UniqueSpec> uniques,
        @Nullable String timestamp,
        @Nullable String where,
        boolean binary,
        boolean overriding,
        List<String> triggers,
        boolean replicaRole,
        boolean uncut,
        Hash hash,
        boolean asStored,
        List<SequenceSpec> sequences,
        long estimatedRows) {
    public TableSpec {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        uniques = List.copyOf(uniques);
        triggers = List.copyOf(triggers);
        sequences = List.copyOf(sequences);
    }

    /** How both servers make a number of a text, the same one of the same text. */
    public enum Hash {
        /** PostgreSQL's own, of the text as it is stored. */
        EXTENDED,
        /** Of the text as it is stored: servers before 11 have no better one. */
        MD5,
        /** Of the text in UTF-8, because the databases store it in two encodings: {@link #MD5} for servers before 11. */
        UTF8_MD5,
        /** The same where both servers have it: one that keeps to FIPS 140 refuses md5. */
        UTF8_SHA256
    }

    /**
     * One column that is copied.
     *
     * @param cast type to cast the source's value to before it is hashed, null when both sides have the same type
     * @param settable false for an identity column GENERATED ALWAYS, which an UPDATE cannot set
     * @param canonical how its text is made equal for equal values when it is part of the key
     * @param keyType null unless it belongs to a key of which some type is not built in
     * @param fixed SQL of the value that stands for the source's in every row, null for what the source has
     * @param guard what must not be sent
     */
    public record ColumnSpec(
            String name,
            @Nullable String cast,
            boolean settable,
            Canonical canonical,
            @Nullable KeyType keyType,
            @Nullable String fixed,
            Guard guard) {}

    /** Values that a server of the target's major would read as others, without a word: the source stops at them with an error. */
    public enum Guard {
        NONE,
        /** From 16 a {@code "char"} beyond ASCII is printed as four characters, of which older servers take the first. */
        BYTES_BEYOND_ASCII,
        /** From 17 the longest interval that there was before is an infinite one. */
        LONGEST_INTERVALS
    }

    /**
     * Type names for literals of a key. Operators of extensions are not in {@code pg_catalog}, the only schema our sessions
     * search: citext would be compared as text there, with case, and hstore not at all.
     *
     * @param asRecord compare inside a record, where PostgreSQL takes the type's own equality and no schema is searched
     */
    public record KeyType(String onSource, String onTarget, boolean asRecord) {}

    /** Which values of a key column are equal though their text differs. */
    public enum Canonical {
        /** Equal values have equal text. */
        TEXT,
        /** An integer: hashed as such, which is the fast way. */
        INTEGER,
        /** 1.0 equals 1.00. */
        NUMERIC,
        /** -0 equals 0. */
        FLOAT,
        /** An array of floats: servers before 12 print more digits than newer ones. */
        FLOAT_ARRAY,
        /** citext: case folds. */
        FOLDED,
        /** Equal values may be stored and read differently in ways that are not folded: intervals, jsonb, ranges of numerics. */
        LOOSE
    }

    /**
     * One more unique index of the target.
     *
     * @param nullsAreEqual declared NULLS NOT DISTINCT
     */
    public record UniqueSpec(String name, List<UniquePart> parts, boolean nullsAreEqual) {
        public UniqueSpec {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A key column of a unique index.
     *
     * @param expression over the table's columns
     * @param asRecord as in {@link KeyType}
     * @param operator by which the index takes two values for one, null for {@code =}
     */
    public record UniquePart(
            String expression, boolean asRecord, @Nullable String operator) {
        public UniquePart(String expression, boolean asRecord) {
            this(expression, asRecord, null);
        }
    }

    /** Sequences that belong to the same column on both sides. */
    public record SequenceSpec(TableName source, TableName target) {}

    public TableSpec withColumns(List<ColumnSpec> others) {
        return new TableSpec(
                table,
                sourceOnly,
                targetOnly,
                others,
                key,
                arbiter,
                wholeRows,
                uniques,
                timestamp,
                where,
                binary,
                overriding,
                triggers,
                replicaRole,
                uncut,
                hash,
                asStored,
                sequences,
                estimatedRows);
    }

    public boolean keyed() {
        return !key.isEmpty();
    }

    public ColumnSpec column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }
}
