package pgsync.coordinator.discover;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /** The same with fewer pairs, or others, and more refusals. */
    Discovered with(List<TablePair> otherPairs, List<Refusal> otherRefusals) {
        return new Discovered(source, target, otherPairs, otherRefusals, leftOut, unmatched);
    }

    /** The same without the pairs of these refusals, which are added to the others. */
    public Discovered without(List<Refusal> more) {
        return without(pair -> more.stream()
                .filter(refusal -> refusal.table().equals(pair.name()))
                .findFirst());
    }

    /** The same without the pairs that {@code check} refuses. */
    Discovered without(Function<TablePair, Optional<Refusal>> check) {
        var kept = new ArrayList<TablePair>();
        var refused = new ArrayList<>(refusals);
        pairs.forEach(pair -> check.apply(pair).ifPresentOrElse(refused::add, () -> kept.add(pair)));
        return with(kept, refused);
    }
}
