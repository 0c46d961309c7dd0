package pgsync.status;

import org.jspecify.annotations.Nullable;
import pgsync.task.TableName;

/**
 * Something a person should know of a run that did not stop it.
 *
 * @param table what it is about, null for the whole run
 * @param kind {@link #WARNING}, or what was left out: a {@link pgsync.table.LeftOut.Kind} in lower case
 * @param remedy what to do, null for what was left out
 */
public record RunNote(
        @Nullable TableName table,
        String kind,
        String message,
        @Nullable String remedy) {
    public static final String WARNING = "warning";
}
