package pgsync.table;

import pgsync.task.TableName;

/** A sequence that belongs to a column: serial, identity or {@code OWNED BY} (pg_depend deptype a or i). */
public record OwnedSequence(TableName sequence, String column) {}
