package pgsync.coordinator.discover;

import java.util.List;
import pgsync.table.Catalog;
import pgsync.table.LeftOut;
import pgsync.table.Selection;

/**
 * Both sides and what of them belongs together. Every selected table is in {@code pairs} or in {@code refusals}, both in order
 * of name; {@code leftOut} is what is selected as well and is no table with rows of its own, {@code unmatched} what the settings
 * name in vain.
 */
public record Discovered(
        Catalog source,
        Catalog target,
        List<TablePair> pairs,
        List<Refusal> refusals,
        List<LeftOut> leftOut,
        List<Selection.Unmatched> unmatched) {
    public Discovered {
        pairs = List.copyOf(pairs);
        refusals = List.copyOf(refusals);
        leftOut = List.copyOf(leftOut);
        unmatched = List.copyOf(unmatched);
    }
}
