package pgsync.status;

import java.util.List;

/** A part of a list, and how long the whole list is. */
public record Page<T>(List<T> items, long total) {
    public Page {
        items = List.copyOf(items);
    }
}
