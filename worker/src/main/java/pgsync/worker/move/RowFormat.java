package pgsync.worker.move;

/** COPY's formats that we use. Layouts: PostgreSQL manual, COPY, "File Formats". */
public enum RowFormat {
    TEXT,
    /** Text of a database that knows no encoding: the bytes as they are stored, without a look whether they are characters. */
    TEXT_AS_STORED,
    BINARY;

    public String option() {
        return switch (this) {
            case TEXT -> "";
            case TEXT_AS_STORED -> " (encoding 'SQL_ASCII')";
            case BINARY -> " (format binary)";
        };
    }
}
