package pgsync.coordinator.discover;

import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import pgsync.sql.Step;
import pgsync.table.Column;

/**
 * Whether two servers of different majors compute a generated column in the same way. Each prints the expression in words of its own
 * ({@code btrim(a)} became {@code TRIM(BOTH FROM a)} with 14), so where the words differ the target reads both and tells what it
 * understood.
 */
final class ExpressionCheck {
    private final SqlConnection target;

    ExpressionCheck(SqlConnection target) {
        this.target = target;
    }

    /** Pairs with a column that is computed otherwise become refusals. Waits for the target, where nothing stays written. */
    Discovered of(Discovered found) {
        if (found.source().server().major() == found.target().server().major()) {
            return found;
        }
        var major = found.target().server().major();
        return found.without(pair -> PairCheck.computedOtherwise(
                pair,
                pair.printedOtherwise().stream()
                        .filter(column -> !isTheSame(pair, column, major))
                        .toList()));
    }

    private boolean isTheSame(TablePair pair, Column column, int major) {
        var step = "compare how column %s of %s is computed".formatted(column.name(), pair.name());
        var computed = pair.target().column(column.name()).orElseThrow();
        var statements = ExpressionSql.readBoth(pair.target(), expression(column), expression(computed));
        return Trial.on(target, major, step, () -> {
            // It may not be readable there at all, or we may make no temporary table: then nobody says that they are
            // the same.
            var mistake = Trial.mistake(() -> statements.forEach(
                    statement -> Step.await(step, () -> target.query(statement).execute())));
            return mistake == null
                    && Step.await(
                                    step,
                                    () -> target.query(ExpressionSql.ARE_THE_SAME)
                                            .execute())
                            .iterator()
                            .next()
                            .getBoolean("same");
        });
    }

    private static String expression(Column column) {
        return Optional.ofNullable(column.expression()).orElseThrow();
    }
}
