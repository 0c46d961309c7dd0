package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.task.TableReport;
import pgsync.testground.Comparison;
import pgsync.testground.Comparison.Difference;
import pgsync.testground.Oracle;
import pgsync.testground.random.RandomSchema;
import pgsync.testground.random.RandomTable;

/**
 * Schemas made by chance: after a run each table is equal or was refused by name before a row of it was written; after changes again;
 * and a run after that writes nothing.
 *
 * <p>{@code -Drandom.seed=17} plays one seed, {@code -Drandom.seeds=300} as many from the first on; {@code -Drandom.first=301} is another
 * first one.
 */
@Tag("whole-run")
class RandomSchemasTest {
    private static final Logger LOG = LoggerFactory.getLogger(RandomSchemasTest.class);
    private static final int TABLES = 20;
    private static final int SEEDS_IN_CI = 20;
    private static final int SEEDS_UNASKED = 5;

    @TestFactory
    Stream<DynamicTest> every_table_ends_equal_or_refused() {
        return seeds().mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> play(seed)));
    }

    private static LongStream seeds() {
        var one = Long.getLong("random.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        var first = Long.getLong("random.first", 1);
        var asked = Integer.getInteger("random.seeds");
        var number = asked != null ? asked : System.getenv("CI") == null ? SEEDS_UNASKED : SEEDS_IN_CI;
        if (asked == null) {
            LOG.warn("{} random schemas; make random SEEDS=300 plays more, CI plays {}", number, SEEDS_IN_CI);
        }
        return LongStream.range(first, first + number);
    }

    private static void play(long seed) throws SQLException {
        var schema = RandomSchema.of(seed, TABLES);
        try (var game = new Game(seed, schema)) {
            game.play();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed %d, again with -Drandom.seed=%d: %s".formatted(seed, seed, e.getMessage()), e);
        }
    }

    /** One schema from its first run to its last. */
    private static final class Game implements AutoCloseable {
        private static final String PASSWORD = "random";
        private static final String ALL_SCHEMAS = "schema=*";

        private final long seed;
        private final RandomSchema schema;
        private final SyncGround ground = SyncGround.fresh();
        private final String role;
        /** Without the right to switch foreign keys off. */
        private final boolean limited;

        Game(long seed, RandomSchema schema) {
            this.seed = seed;
            this.schema = schema;
            this.role = "writer_of_" + ground.targetName();
            this.limited = seed % 2 == 0;
        }

        void play() throws SQLException {
            try (var source = ground.connectSource();
                    var target = ground.connectTarget()) {
                RandomSchema.define(source, schema.source());
                RandomSchema.define(target, schema.target());
                var refused = RandomSchema.play(source, schema.rows());
                var refusedOnTarget = RandomSchema.play(target, schema.rowsOnTarget());
                if (limited) {
                    limit();
                }
                var first = run("first run", "force-deletes");
                var refusedChanges = RandomSchema.play(source, schema.changes());
                var second = schema.truncates() ? run("second run", "force-deletes") : guarded();
                var third = run("run without changes");
                assertThat(third.upserted() + third.deleted())
                        .as("rows that the run without changes wrote: %s", written(third))
                        .isZero();
                verify(third);
                LOG.warn(
                        "seed {}{}: {} of {} and {} of {} rows' statements refused, {} of {} changes; first run {} written, second {} and {} deleted; {}",
                        seed,
                        limited ? " limited" : "",
                        refused,
                        schema.rows().size(),
                        refusedOnTarget,
                        schema.rowsOnTarget().size(),
                        refusedChanges,
                        schema.changes().size(),
                        first.upserted(),
                        second.upserted(),
                        second.deleted(),
                        outcomes(third));
            }
        }

        /** Every table that the run left equal is equal to the product's own verification too, which shares no code with the oracle. */
        private void verify(SyncGround.Ran last) {
            var done = last.report().tables().stream()
                    .filter(t -> t.status() == TableReport.Status.DONE)
                    .map(TableReport::table)
                    .collect(Collectors.toSet());
            assertThat(ground.verify(ALL_SCHEMAS).report().tables().stream().filter(t -> done.contains(t.table())))
                    .as("verification")
                    .hasSize(done.size())
                    .allSatisfy(t -> assertThat(
                                    Objects.requireNonNull(t.differences()).total())
                            .as("%s", t)
                            .isZero());
        }

        private void limit() {
            ground.onTarget(
                    "create role %s login password '%s'".formatted(role, PASSWORD),
                    "grant connect, create, temporary on database %s to %s".formatted(ground.targetName(), role));
            for (var name : ground.onTargetColumn(
                    "select quote_ident(nspname) from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'")) {
                ground.onTarget(
                        "grant usage on schema %s to %s".formatted(name, role),
                        "grant select, insert, update, delete on all tables in schema %s to %s".formatted(name, role),
                        "grant usage, select, update on all sequences in schema %s to %s".formatted(name, role));
            }
            ground.targetRole(role, PASSWORD);
        }

        /** Deletes unforced: the guard may stop a table, which then needs force to become equal. */
        private SyncGround.Ran guarded() {
            var before = rowsOnTarget();
            var ran = ground.sync(ALL_SCHEMAS, "max-delete-percent=100");
            var stopped = ran.report().tables().stream()
                    .filter(t -> t.status() == TableReport.Status.GUARD)
                    .toList();
            if (stopped.isEmpty()) {
                check("second run", ran, before);
                return ran;
            }
            return run("second run, forced", "force-deletes");
        }

        private SyncGround.Ran run(String which, String... flags) {
            var before = rowsOnTarget();
            var all = new ArrayList<>(List.of(flags));
            all.add(ALL_SCHEMAS);
            var ran = ground.sync(all.toArray(String[]::new));
            check(which, ran, before);
            return ran;
        }

        private void check(String which, SyncGround.Ran ran, TreeMap<String, String> before) {
            var found = Oracle.compare(
                    ground.sourceServer(), ground.sourceName(), ground.sourceServer(), ground.targetName());
            var after = rowsOnTarget();
            var wrong = new ArrayList<String>();
            for (var table : schema.tables()) {
                var complaint = complaint(table, report(ran, table), found, before, after);
                if (complaint != null) {
                    wrong.add("%s: %s\n%s".formatted(table.quoted(), complaint, table.ddl()));
                }
            }
            assertThat(wrong).as("%d tables after the %s", wrong.size(), which).isEmpty();
        }

        private static TableReport report(SyncGround.Ran ran, RandomTable table) {
            return ran.report().tables().stream()
                    .filter(t -> t.table().schema().equals(table.schema())
                            && t.table().table().equals(table.name()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(table.quoted() + " is not reported"));
        }

        private @Nullable String complaint(
                RandomTable table,
                TableReport report,
                Comparison found,
                TreeMap<String, String> before,
                TreeMap<String, String> after) {
            var error = Objects.requireNonNullElse(report.error(), "no reason");
            return switch (report.status()) {
                case DONE -> table.refusal() != null ? "was not refused: " + table.refusal() : difference(table, found);
                case SKIPPED -> {
                    if (!Objects.equals(before.get(table.quoted()), after.get(table.quoted()))) {
                        yield "refused, and yet written: " + error;
                    }
                    yield refusable(table, error) ? null : "refused for nothing: " + error;
                }
                case FAILED, GUARD, CANCELLED -> report.status() + ": " + error;
            };
        }

        private boolean refusable(RandomTable table, String error) {
            var isHeld = limited
                    && (error.contains("it is in a circle of foreign keys")
                            || error.contains("foreign keys that stay on refer to them")
                            || error.contains("that the target does not have, and that table is refused"));
            var isLossy = table.otherColumnsOnTarget() && error.contains("it could only be replaced whole");
            return isHeld || isLossy || table.refusal() != null && error.contains(table.refusal());
        }

        private @Nullable String difference(RandomTable table, Comparison found) {
            for (var difference : found.differences()) {
                if (difference.table().equals(unquotedWhereItCan(table))) {
                    return difference instanceof Difference.OtherColumns && table.otherColumnsOnTarget()
                            ? differenceOfCommonColumns(table)
                            : difference.toString();
                }
            }
            return null;
        }

        /** As {@code format('%I')} writes the name. */
        private String unquotedWhereItCan(RandomTable table) {
            return ground.onSourceValue("select format('%I.%I', "
                    + "'" + table.schema().replace("'", "''") + "', '"
                    + table.name().replace("'", "''") + "')");
        }

        private @Nullable String differenceOfCommonColumns(RandomTable table) {
            var query = "select row(%s)::text collate \"C\" from %s order by 1"
                    .formatted(String.join(", ", table.columns()), table.quoted());
            var expected = ground.onSourceColumn(query);
            var actual = ground.onTargetColumn(query);
            return expected.equals(actual) ? null : "source %s, target %s".formatted(expected, actual);
        }

        /** By quoted name, a text that differs when a row does. */
        private TreeMap<String, String> rowsOnTarget() {
            var tables = new TreeSet<>(ground.onTargetColumn("""
                    select format('select %L as name, md5(coalesce(string_agg(t::text, chr(10) order by t::text collate "C"), '''')) from %I.%I t',
                                  '"' || replace(nspname, '"', '""') || '"."' || replace(relname, '"', '""') || '"', nspname, relname)
                      from pg_class c join pg_namespace n on n.oid = relnamespace
                     where relkind in ('r', 'p') and not relispartition and nspname !~ '^pg_'
                       and nspname not in ('information_schema', 'pgsync')
                    """));
            var rows = new TreeMap<String, String>();
            var query = tables.stream().collect(Collectors.joining("\nunion all\n"));
            for (var line : ground.onTargetColumn("select name || e'\\x01' || md5 from (" + query + ") as every")) {
                var parts = line.split("\u0001", 2);
                rows.put(parts[0], parts[1]);
            }
            return rows;
        }

        private static List<String> written(SyncGround.Ran ran) {
            return ran.report().tables().stream()
                    .filter(t -> t.rowsUpserted() + t.rowsDeleted() > 0)
                    .map(t -> "%s %s: %d upserted, %d deleted"
                            .formatted(t.table(), t.mode(), t.rowsUpserted(), t.rowsDeleted()))
                    .toList();
        }

        private static String outcomes(SyncGround.Ran ran) {
            return ran.report().tables().stream()
                    .collect(Collectors.groupingBy(
                            t -> t.status() == TableReport.Status.DONE
                                    ? t.mode()
                                    : t.status().toString(),
                            TreeMap::new,
                            Collectors.counting()))
                    .toString();
        }

        @Override
        public void close() {
            if (limited) {
                ground.targetRole("postgres", "secret");
                ground.onTarget("drop owned by " + role + " cascade");
            }
            ground.close();
            if (limited) {
                ground.sourceServer().sql("postgres", "drop role " + role);
            }
        }
    }
}
