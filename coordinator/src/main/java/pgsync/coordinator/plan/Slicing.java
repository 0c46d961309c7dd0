package pgsync.coordinator.plan;

import java.util.ArrayList;
import java.util.List;
import pgsync.table.ServerFacts;
import pgsync.table.TableShape;
import pgsync.task.Slice;

/** Cuts a large table into slices that can be copied at the same time. Stateless. */
final class Slicing {
    /** A TID range scan reads only the blocks of the slice from 14 on; before, each slice would read the whole table. */
    private static final int FIRST_WITH_TID_RANGE_SCAN = 14;
    /** 8 MB: smaller slices cost more in commits than they bring. */
    private static final long LEAST_PAGES = 1024;
    /** 256 MB: a kill throws away at most this much work. */
    private static final long MOST_PAGES = 32 * 1024;

    private Slicing() {}

    static List<Slice> of(TableShape source, ServerFacts server, int parallel) {
        if (source.kind() != TableShape.Kind.ORDINARY
                || server.major() < FIRST_WITH_TID_RANGE_SCAN
                || source.pages() < 2 * LEAST_PAGES) {
            return List.of(new Slice.Whole());
        }
        var pages = Math.clamp(source.pages() / (2L * parallel), LEAST_PAGES, MOST_PAGES);
        var slices = new ArrayList<Slice>();
        for (var from = 0L; from < source.pages(); from += pages) {
            var last = from + pages >= source.pages();
            slices.add(new Slice.Blocks(from, last ? -1 : from + pages));
        }
        return slices;
    }
}
