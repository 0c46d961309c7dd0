package pgsync.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One directory of {@code cases/}.
 *
 * @param sql texts of its files by file name
 * @param settings as in a configuration file, without connections
 * @param third what the run after {@code change.sql} is to do, and in everything but counts every later one
 * @param warnings parts of warnings that the first run must give, empty for a run that gives none, null when not looked at
 * @param leftOut names, as {@code schema.table}, of what the first run says it leaves out, all of them; null when not looked at
 * @param locale of a side's database where it is not the server's
 * @param locales of the operating system; where a server does not know one, the case cannot be played
 * @param roles sides to which the product connects as a role of its own
 * @param oddNames whether databases and that role have names that need quotes
 */
record SyncCase(
        Path directory,
        String name,
        String title,
        Map<String, String> sql,
        @Nullable JsonNode settings,
        Expected first,
        Expected second,
        @Nullable List<String> warnings,
        @Nullable List<String> leftOut,
        Majors.OfBothSides majors,
        Map<Side, String> encoding,
        Map<Side, DatabaseLocale> locale,
        List<String> locales,
        List<Side> roles,
        boolean oddNames) {
    /** Those that the case names, and those of its databases. */
    List<String> localesOfTheSystem() {
        return Stream.concat(
                        locales.stream(),
                        locale.values().stream()
                                .filter(locale -> locale.provider() == DatabaseLocale.Provider.LIBC)
                                .map(DatabaseLocale::name))
                .distinct()
                .toList();
    }

    enum Side {
        SOURCE,
        TARGET
    }

    enum Outcome {
        /** Done, and the oracle finds the same rows on both sides. */
        EQUAL,
        /** Skipped before anything was written; the target's rows are as before. */
        REFUSED,
        /** Began and ended with an error; each row on the target is one that was there before or one of the source. */
        FAILED,
        /** Stopped by the delete guard; the target's rows are as before. */
        GUARD,
        /** Not reported at all; the target's rows are as before. */
        UNTOUCHED,
        /** The whole run was refused before anything was written. */
        STOPPED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean hasReason() {
            return this != EQUAL && this != UNTOUCHED;
        }
    }

    /** @param tables those that end otherwise, by {@code schema.table} */
    record Expected(
            Outcome outcome,
            @Nullable String reason,
            Map<String, TableExpected> tables,
            @Nullable Long upserted,
            @Nullable Long deleted) {
        /** The same outcome of a run that finds nothing changed. */
        Expected unchanged() {
            return new Expected(outcome, reason, tables, 0L, 0L);
        }

        /** Whether any table is to hold the same rows on both sides. */
        boolean endsEqual() {
            return outcome == Outcome.EQUAL
                    || tables.values().stream().anyMatch(table -> table.outcome() == Outcome.EQUAL);
        }

        boolean maySomeFail() {
            return outcome == Outcome.FAILED
                    || tables.values().stream().anyMatch(table -> table.outcome() == Outcome.FAILED);
        }

        boolean writesNothing() {
            return Objects.equals(upserted, 0L) && Objects.equals(deleted, 0L);
        }

        TableExpected table(String name) {
            return tables.getOrDefault(name, new TableExpected(outcome, reason, null, false));
        }
    }

    /**
     * @param compare what to compare instead of all rows and columns
     * @param anyRows whether a table that failed may hold rows that neither side had
     */
    record TableExpected(
            Outcome outcome,
            @Nullable String reason,
            @Nullable Comparison compare,
            boolean anyRows) {}

    /** Two queries that give the same rows in any order. */
    record Comparison(String source, String target) {}
}
