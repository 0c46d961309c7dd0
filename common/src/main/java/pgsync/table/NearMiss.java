package pgsync.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import pgsync.task.TableName;

/** Finds the table that was meant by a name that does not exist. */
final class NearMiss {
    private static final int SUGGESTIONS = 3;

    private NearMiss() {}

    private record Suggestion(String name, int distance) {}

    /** At most three names as {@code schema.table}, nearest first, each a few typing errors or a change of case away. */
    static List<String> of(String text, Collection<TableName> tables) {
        var wanted = text.toLowerCase(Locale.ROOT);
        var allowed = Math.max(1, (wanted.length() - wanted.lastIndexOf('.') - 1) / 4);
        return tables.stream()
                .map(name -> new Suggestion(name.display(), distance(wanted, name)))
                .filter(suggestion -> suggestion.distance() <= allowed)
                .sorted(Comparator.comparingInt(Suggestion::distance).thenComparing(Suggestion::name))
                .limit(SUGGESTIONS)
                .map(Suggestion::name)
                .toList();
    }

    private static int distance(String wanted, TableName name) {
        var table = name.table().toLowerCase(Locale.ROOT);
        var qualified = name.schema().toLowerCase(Locale.ROOT) + "." + table;
        var inAnotherSchema = wanted.endsWith("." + table) ? 1 : Integer.MAX_VALUE;
        return Math.min(inAnotherSchema, Math.min(distance(wanted, table), distance(wanted, qualified)));
    }

    /** Characters inserted, deleted, replaced, or exchanged with their neighbour. */
    private static int distance(String a, String b) {
        var least = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                least[i][j] = i == 0 ? j : j == 0 ? i : least(least, a, b, i, j);
            }
        }
        return least[a.length()][b.length()];
    }

    private static int least(int[][] least, String a, String b, int i, int j) {
        var replaced = least[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        var edited = Math.min(replaced, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
        var exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(edited, least[i - 2][j - 2] + 1) : edited;
    }
}
