package pgsync.testground.random;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names that need quotes, and some that do not. Each differs from all that were given before. For one thread. */
final class Names {
    private static final List<String> FORMS = List.of(
            "plain_%d",
            "plain_%d",
            "plain_%d",
            "Mixed Case %d",
            "MIXED CASE %d",
            "quo\"te%d",
            "semi;colon -- %d",
            "per%%cent%%s %d",
            "dollar$%d",
            "quest?ion%d",
            "new\nline%d",
            "ünï–cödé😀%d",
            "back\\slash%d",
            "com'ma, (%d)",
            "dot.ted.%d",
            "star*%d",
            "%dselect",
            "select %d",
            " %d ",
            "a name that is as long as PostgreSQL allows, which is 63 b%d");

    private static final List<String> RESERVED =
            List.of("select", "order", "user", "table", "end", "group", "tableoid_", "key", "value", "position");

    private final Chance chance;
    private final Set<String> words = new HashSet<>();
    private int given = 100;

    Names(Chance chance) {
        this.chance = chance;
    }

    String next() {
        given++;
        var reserved = chance.of(RESERVED);
        return chance.oneIn(12) && words.add(reserved)
                ? reserved
                : chance.of(FORMS).formatted(given);
    }
}
