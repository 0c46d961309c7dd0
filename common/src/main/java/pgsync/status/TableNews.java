package pgsync.status;

import java.util.List;
import pgsync.task.RunId;

/**
 * What happened to tables since a line of history.
 *
 * @param last number of the newest line that was read; a line with a lower one may still come, since numbers are given before commit
 */
public record TableNews(List<Item> items, long last) {
    public TableNews {
        items = List.copyOf(items);
    }

    /** A table that ended, or one that is being worked on. {@code line} is its number in the history, 0 while it is open. */
    public record Item(long line, RunId runId, TableOfRun table) {}
}
