package pgsync.worker.move;

/** COPY's two formats that we use. Layouts: PostgreSQL manual, COPY, "File Formats". */
public enum RowFormat {
    TEXT,
    BINARY;

    public String option() {
        return this == BINARY ? " (format binary)" : "";
    }
}
