package pgsync.coordinator.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import pgsync.coordinator.discover.TablePair;
import pgsync.table.DataFile;

/**
 * In which files both sides have the rows of a table. Read before the snapshot is taken, so what is remembered is never newer than
 * what was compared.
 */
record Files(Set<String> source, Set<String> target) {
    private static final String BETWEEN = "|";

    /**
     * Without deletes an empty file of the source counts as not seen: 1. a table is truncated; 2. a run finds nothing to compare, and
     * the target keeps its rows; 3. the same file is loaded, with stamps of long ago.
     */
    static Files of(TablePair pair, boolean delete) {
        return new Files(
                ids(pair.source().files().stream().filter(file -> delete || !file.empty())),
                ids(pair.target().files().stream()));
    }

    private static Set<String> ids(Stream<DataFile> files) {
        return new TreeSet<>(files.map(DataFile::id).toList());
    }

    /** As {@link #text} made it. */
    static Files ofText(String text) {
        var between = text.indexOf(BETWEEN);
        return new Files(split(text.substring(0, between)), split(text.substring(between + 1)));
    }

    private static Set<String> split(String ids) {
        return ids.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(ids.split(" ")));
    }

    String text() {
        return join(source) + BETWEEN + join(target);
    }

    private static String join(Set<String> ids) {
        return String.join(" ", List.copyOf(ids));
    }

    /** Whether rows may be in a file that was not there then. Those that were and are gone took their keys along, which are compared anyway. */
    boolean areAmong(Files then) {
        return then.source.containsAll(source) && then.target.containsAll(target);
    }
}
