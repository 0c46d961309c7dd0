package pgsync.task;

import pgsync.sql.Quoted;

/** A table as PostgreSQL knows it: both parts unquoted and case-sensitive. Ordered by schema, then name. */
public record TableName(String schema, String table) implements Comparable<TableName> {
    public TableName {
        if (schema.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException("a table needs a schema and a name");
        }
    }

    /** Quoted for use in SQL text, for example {@code "public"."order ""items"""}. */
    public String quoted() {
        return Quoted.identifier(schema) + "." + Quoted.identifier(table);
    }

    /** For people and logs: {@code schema.table}, with control and bidirectional characters escaped so that no log line can be forged. */
    public String display() {
        return Quoted.printable(schema) + "." + Quoted.printable(table);
    }

    @Override
    public int compareTo(TableName other) {
        var bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    @Override
    public String toString() {
        return display();
    }
}
