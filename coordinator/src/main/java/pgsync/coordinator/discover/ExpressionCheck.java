package pgsync.coordinator.discover;

import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Optional;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.PinnedSettings;
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
        var pairs = new ArrayList<TablePair>();
        var refusals = new ArrayList<>(found.refusals());
        for (var pair : found.pairs()) {
            var otherwise = pair.printedOtherwise().stream()
                    .filter(column ->
                            !isTheSame(pair, column, found.target().server().major()))
                    .toList();
            PairCheck.computedOtherwise(pair, otherwise).ifPresentOrElse(refusals::add, () -> pairs.add(pair));
        }
        return new Discovered(found.source(), found.target(), pairs, refusals, found.leftOut(), found.unmatched());
    }

    private boolean isTheSame(TablePair pair, Column column, int major) {
        var step = "compare how column %s of %s is computed".formatted(column.name(), pair.name());
        Step.await(
                step, () -> target.query("begin;" + PinnedSettings.sql(major)).execute());
        try {
            var computed = pair.target().column(column.name()).orElseThrow();
            var statements = ExpressionSql.readBoth(pair.target(), expression(column), expression(computed));
            for (var statement : statements) {
                Step.await(step, () -> target.query(statement).execute());
            }
            return Step.await(
                            step, () -> target.query(ExpressionSql.ARE_THE_SAME).execute())
                    .iterator()
                    .next()
                    .getBoolean("same");
        } catch (StepFailed e) {
            // It cannot be read there at all, or we may make no temporary table: then nobody says that they are the
            // same.
            if (e.trouble().then() == Trouble.Then.STOP_TABLE) {
                return false;
            }
            throw e;
        } finally {
            Step.await(step, () -> target.query("rollback").execute());
        }
    }

    private static String expression(Column column) {
        return Optional.ofNullable(column.expression()).orElseThrow();
    }
}
