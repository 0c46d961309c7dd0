package pgsync.coordinator.discover;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import pgsync.config.TableRule.FixedValue;
import pgsync.sql.Quoted;
import pgsync.sql.Step;
import pgsync.table.Column;

/**
 * Lets the target read the fixed values of rules into columns of their types, in a temporary table that is gone at once. A value that
 * it does not take is told before any row moves; of the others we learn the text in which the target prints them.
 */
final class FixedCheck {
    private final SqlConnection source;
    private final SqlConnection target;

    FixedCheck(SqlConnection source, SqlConnection target) {
        this.source = source;
        this.target = target;
    }

    /** Pairs whose values do not fit become refusals; rules of the others hold values as the target prints them. Waits for the servers. */
    Discovered of(Discovered found) {
        var pairs = new ArrayList<TablePair>();
        var refusals = new ArrayList<>(found.refusals());
        for (var pair : found.pairs()) {
            var printed = new LinkedHashMap<String, FixedValue>();
            var refusal = pair.fixed().isEmpty() ? Optional.<Refusal>empty() : refusal(pair, found, printed);
            refusal.ifPresentOrElse(
                    refusals::add, () -> pairs.add(pair.withRule(pair.rule().withFixed(printed))));
        }
        return found.with(pairs, refusals);
    }

    private Optional<Refusal> refusal(TablePair pair, Discovered found, Map<String, FixedValue> printed) {
        var onTarget = found.target().server().major();
        return Trial.on(target, onTarget, step(pair), () -> filter(pair))
                .or(() -> Trial.on(target, onTarget, step(pair), () -> read(pair, printed)))
                .or(() -> Trial.on(source, found.source().server().major(), step(pair), () -> send(pair, printed)));
    }

    /** On the two sides a fixed column has different values, so a filter by it would let different rows through. */
    private Optional<Refusal> filter(TablePair pair) {
        var where = pair.rule().where();
        if (where == null) {
            return Optional.empty();
        }
        var others = pair.target().columns().stream()
                .map(Column::name)
                .filter(name -> !pair.rule().fixed().containsKey(name))
                .toList();
        var without = MeaningSql.without(pair.target(), others, where);
        return Optional.ofNullable(Trial.mistake(() -> Step.await(step(pair), () -> target.prepare(without))))
                .map(reason -> new Refusal(
                        pair.name(),
                        "its rule's where needs a column that its fixed gives another value: %s"
                                .formatted(Quoted.printable(reason)),
                        "filter by columns that are not fixed, and name them without their table"));
    }

    private Optional<Refusal> read(TablePair pair, Map<String, FixedValue> printed) {
        var names = pair.fixed().stream().map(Column::name).toList();
        var created = Trial.mistake(() -> ask(
                target,
                pair,
                "create temp table pgsync_fixed on commit drop as select %s from %s with no data"
                        .formatted(Quoted.identifiers(names), pair.target().fromClause())));
        if (created != null) {
            return notTaken(pair, names.getFirst(), created);
        }
        for (var name : names) {
            var text = Objects.requireNonNull(pair.rule().fixed().get(name)).text();
            // format and not a cast: it prints as COPY does, a cast takes the blanks off a char(n).
            var insert = "insert into pg_temp.pgsync_fixed (%1$s) values (%2$s) returning format('%%s', %1$s)"
                    .formatted(Quoted.identifier(name), text == null ? "null" : Quoted.literal(text));
            var refused = Trial.mistake(() -> {
                var row = ask(target, pair, insert).iterator().next();
                printed.put(name, new FixedValue(text == null ? null : row.getString(0)));
            });
            if (refused != null) {
                return notTaken(pair, name, refused);
            }
        }
        return Optional.empty();
    }

    /** The source reads them in its statements, and its encoding may lack a character. */
    private Optional<Refusal> send(TablePair pair, Map<String, FixedValue> printed) {
        for (var value : printed.entrySet()) {
            var text = value.getValue().text();
            var refused = text == null
                    ? null
                    : Trial.mistake(() -> ask(source, pair, "select " + Quoted.literal(text) + "::text"));
            if (refused != null) {
                return notTaken(pair, value.getKey(), refused);
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> notTaken(TablePair pair, String column, String reason) {
        return Optional.of(new Refusal(
                pair.name(),
                "the value that its rule fixes for column %s is not taken: %s"
                        .formatted(Quoted.printable(column), Quoted.printable(reason)),
                "write one under fixed that the column's type on the target takes"));
    }

    private static RowSet<Row> ask(SqlConnection side, TablePair pair, String sql) {
        return Step.await(step(pair), () -> side.query(sql).execute());
    }

    private static String step(TablePair pair) {
        return "read the fixed values of " + pair.name();
    }
}
