package pgsync.coordinator.discover;

import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;
import pgsync.sql.Step;
import pgsync.table.Column;
import pgsync.table.ServerFacts;
import pgsync.table.TableShape;

/**
 * Lets both servers read the row filters of rules, without running them: a mistake in one is told before any row moves, and so is
 * found which of them let other rows through though no row changed.
 */
final class FilterCheck {
    private static final Pattern OF_THE_PRESENT = Pattern.compile("(?i)'\\s*(now|today|tomorrow|yesterday)\\b");

    private final SqlConnection source;
    private final SqlConnection target;

    FilterCheck(SqlConnection source, SqlConnection target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Pairs whose filter one of the sides does not understand become refusals. Those whose filter looks at more than the row are compared
     * whole: 1. it turns a row away that the target has; 2. the row changes, and is not read; 3. the filter lets it through again, with a
     * stamp that lies behind the watermark. Waits for the servers.
     */
    Discovered of(Discovered found) {
        var understood = found.without(pair -> refusal(pair, found));
        return understood.with(
                understood.pairs().stream()
                        .map(pair -> comparedWhole(pair, found))
                        .toList(),
                understood.refusals());
    }

    private TablePair comparedWhole(TablePair pair, Discovered found) {
        var rule = pair.rule();
        return rule.where() == null
                        || rule.mode() != null
                        || new Reader("target", target, found.target().server(), pair.target(), rule.where())
                                .looksAtTheRowAlone()
                ? pair
                : pair.withRule(rule.withMode("reconcile"));
    }

    private Optional<Refusal> refusal(TablePair pair, Discovered found) {
        var where = pair.rule().where();
        if (where == null) {
            return Optional.empty();
        }
        var onSource = new Reader("source", source, found.source().server(), pair.source(), where);
        var onTarget = new Reader("target", target, found.target().server(), pair.target(), where);
        return onSource.notUnderstood()
                .or(onTarget::notUnderstood)
                .or(onSource::severalConditions)
                .or(onTarget::severalConditions)
                .or(onSource::parameters)
                .or(onTarget::parameters);
    }

    /** One side, and the filter as that side reads it. */
    private record Reader(String side, SqlConnection connection, ServerFacts server, TableShape table, String where) {
        Optional<Refusal> notUnderstood() {
            return mistake("select 1 from %s where (\n%s\n)")
                    .map(
                            reason -> new Refusal(
                                    table.name(),
                                    "its rule's where means nothing to the %s: %s".formatted(side, reason),
                                    "correct it; names of other schemas have to be qualified, and columns be there on both sides"));
        }

        /**
         * With {@code a) or (b} in the brackets where a filter stands in our statements, whatever we join to it by AND holds for b
         * alone: we would delete what differs by a. A bracket that the filter did not open closes a round one or a square one, and
         * so it is a mistake in one of the two.
         */
        Optional<Refusal> severalConditions() {
            return mistake("select array[\n%2$s\n] from %1$s")
                    .map(reason -> new Refusal(
                            table.name(),
                            "its rule's where is not one condition by itself: %s".formatted(reason),
                            "open every bracket in it that is closed in it; a select needs brackets around it"));
        }

        /**
         * A server reads {@code $1} as a value that comes with the statement, and refuses it only when none comes. EXPLAIN plans and
         * runs nothing.
         */
        Optional<Refusal> parameters() {
            return mistake("explain select 1 from %s where (\n%s\n)", this::executed)
                    .map(
                            reason -> new Refusal(
                                    table.name(),
                                    "its rule's where cannot be asked of the %s: %s".formatted(side, reason),
                                    "correct it; $1 and the like are read as values that nobody gives: write the values themselves"));
        }

        /**
         * A partial index may have no other condition (manual, CREATE INDEX): no subquery, and no function that is not IMMUTABLE. But it
         * takes texts that mean the present for what they mean when it is made (8.5.1.4). A server that lets nobody try, as a standby,
         * does not say it.
         */
        boolean looksAtTheRowAlone() {
            if (OF_THE_PRESENT.matcher(where).find()) {
                return false;
            }
            // Of the table's own name, by which the filter may call it.
            var likeIt = "create temp table %s on commit drop as select %s from %s with no data"
                    .formatted(
                            Quoted.identifier(table.name().table()),
                            Quoted.identifiers(table.columns().stream()
                                    .filter(column -> column.rights().contains(TableShape.Right.SELECT))
                                    .map(Column::name)
                                    .toList()),
                            table.fromClause());
            var index = "create index on pg_temp.%s ((1)) where (\n%s\n)"
                    .formatted(Quoted.identifier(table.name().table()), where);
            try {
                return Trial.on(
                                connection,
                                server.major(),
                                step(),
                                () -> Trial.mistake(() -> List.of(likeIt, index)
                                        .forEach(statement -> Step.await(
                                                step(),
                                                () -> connection
                                                        .query(statement)
                                                        .execute()))))
                        == null;
            } catch (StepFailed e) {
                if (e.trouble() == Trouble.READ_ONLY) {
                    return false;
                }
                throw e;
            }
        }

        private Optional<String> mistake(String statement) {
            return mistake(statement, this::prepared);
        }

        private Optional<String> mistake(String statement, Consumer<String> trial) {
            var read = statement.formatted(table.fromClause(), where);
            @Nullable
            String mistake =
                    Trial.on(connection, server.major(), step(), () -> Trial.mistake(() -> trial.accept(read)));
            return Optional.ofNullable(mistake).map(Quoted::printable);
        }

        private PreparedStatement prepared(String statement) {
            return Step.await(step(), () -> connection.prepare(statement));
        }

        private void executed(String statement) {
            var explain = prepared(statement);
            Step.await(step(), () -> explain.query().execute());
        }

        private String step() {
            return "read the where of " + table.name();
        }
    }
}
