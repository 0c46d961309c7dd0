package pgsync.coordinator.discover;

import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pgsync.sql.Quoted;
import pgsync.sql.Step;
import pgsync.table.ServerFacts;
import pgsync.table.TableShape;

/** Lets both servers read the row filters of rules, without running them: a mistake in one is told before any row moves. */
final class FilterCheck {
    private final SqlConnection source;
    private final SqlConnection target;

    FilterCheck(SqlConnection source, SqlConnection target) {
        this.source = source;
        this.target = target;
    }

    /** Pairs whose filter one of the sides does not understand become refusals. Waits for the servers. */
    Discovered of(Discovered found) {
        return found.without(pair -> refusal(pair, found));
    }

    private Optional<Refusal> refusal(TablePair pair, Discovered found) {
        var where = pair.rule().where();
        if (where == null) {
            return Optional.empty();
        }
        var onSource = mistake(source, found.source().server(), pair.source(), where);
        var mistake =
                onSource != null ? onSource : mistake(target, found.target().server(), pair.target(), where);
        return Optional.ofNullable(mistake)
                .map(reason -> new Refusal(
                        pair.name(),
                        "its rule's where means nothing to the %s: %s"
                                .formatted(onSource != null ? "source" : "target", Quoted.printable(reason)),
                        "correct it; names of other schemas have to be qualified, and columns be there on both sides"));
    }

    private static @Nullable String mistake(
            SqlConnection connection, ServerFacts server, TableShape table, String where) {
        var name = "read the where of " + table.name();
        var statement = "select 1 from %s where (\n%s\n)".formatted(table.fromClause(), where);
        return Trial.on(
                connection,
                server.major(),
                name,
                () -> Trial.mistake(() -> Step.await(name, () -> connection.prepare(statement))));
    }
}
