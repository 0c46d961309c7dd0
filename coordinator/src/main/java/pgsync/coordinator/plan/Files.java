package pgsync.coordinator.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pgsync.coordinator.discover.TablePair;
import pgsync.table.DataFile;

/**
 * In which files both sides have the rows of a table. Read before the snapshot is taken, so what is remembered is never newer than
 * what was compared.
 *
 * <p>An empty file that was not seen before is no reason to compare where keys are compared: a partition that was made ahead has no
 * rows yet, and those that a truncated one had are deleted or fetched by their keys. But it is only on trial then: 1. a table is
 * truncated; 2. we find it empty; 3. it is loaded, with stamps of long ago; 4. our snapshot has the keys, and no key is missing.
 * Found empty by the next run too, it was empty in that snapshot.
 *
 * @param deletes keys are compared, so that none is in the target that the source does not have
 */
record Files(List<DataFile> source, List<DataFile> target, boolean deletes) {
    private static final String BETWEEN = "|";
    private static final String ON_TRIAL = "?";

    static Files of(TablePair pair, boolean deletes) {
        return new Files(pair.source().files(), pair.target().files(), deletes);
    }

    /** Whether rows may be in a file that {@code then} does not name. Those that went took their keys along, which are compared anyway. */
    boolean areAmong(String then) {
        return seen(then, 0).containsAll(ids(source.stream().filter(file -> !file.empty())))
                && seen(then, 1).containsAll(ids(target.stream().filter(file -> !deletes || !file.empty())));
    }

    /**
     * What a run that is done leaves to the next one. Without deletes an empty file of the source counts as not seen: nobody removes
     * from the target what was in the table before it was truncated.
     *
     * @param then the same of the last run that was done, null when there is none
     * @param whole the run compares all rows
     */
    String text(@Nullable String then, boolean whole) {
        var before = then == null ? BETWEEN : then;
        return remembered(source, before, 0, whole) + BETWEEN + remembered(target, before, 1, whole || !deletes);
    }

    private String remembered(List<DataFile> files, String then, int side, boolean whole) {
        var seen = seen(then, side);
        var onTrial = onTrial(then, side);
        return files.stream()
                .filter(file -> !file.empty() || deletes || side == 1)
                .map(file -> !file.empty() || whole || seen.contains(file.id()) || onTrial.contains(file.id())
                        ? file.id()
                        : file.id() + ON_TRIAL)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static Set<String> seen(String text, int side) {
        return new TreeSet<>(
                words(text, side).filter(id -> !id.endsWith(ON_TRIAL)).toList());
    }

    private static Set<String> onTrial(String text, int side) {
        return words(text, side)
                .filter(id -> id.endsWith(ON_TRIAL))
                .map(id -> id.substring(0, id.length() - ON_TRIAL.length()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> words(String text, int side) {
        var between = text.indexOf(BETWEEN);
        var ids = side == 0 ? text.substring(0, between) : text.substring(between + 1);
        return Arrays.stream(ids.split(" ")).filter(id -> !id.isEmpty());
    }

    private static Set<String> ids(Stream<DataFile> files) {
        return files.map(DataFile::id).collect(Collectors.toSet());
    }
}
