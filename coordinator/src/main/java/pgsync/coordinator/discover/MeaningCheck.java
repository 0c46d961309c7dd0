package pgsync.coordinator.discover;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;
import pgsync.sql.Step;
import pgsync.table.Column;
import pgsync.table.ServerFacts;
import pgsync.task.TableName;

/**
 * Whether words that are the same on both sides mean the same there: those of a row filter, which has to take the same rows, and those of
 * a generated column, which has to get the same values. They may read columns of other types or collations, call functions of one name
 * with another body, or follow what the databases were made with.
 */
final class MeaningCheck {
    private static final String STEP = "read what expressions mean";

    private final SqlConnection source;
    private final SqlConnection target;

    MeaningCheck(SqlConnection source, SqlConnection target) {
        this.source = source;
        this.target = target;
    }

    /** A condition over the columns of a pair, which names it in {@code subject}; {@code tree} is how the target stored it. */
    private record Expression(
            TablePair pair,
            String subject,
            String condition,
            String remedy,
            @Nullable String tree) {}

    /** What the target found in the tree of an expression. */
    private record Meaning(
            boolean byDefaultCollation,
            boolean byCollation,
            boolean byTextSearch,
            boolean byLocale,
            List<Long> functions) {
        static Meaning of(Row row) {
            return new Meaning(
                    row.getBoolean("by_default_collation"),
                    row.getBoolean("by_collation"),
                    row.getBoolean("by_text_search"),
                    row.getBoolean("by_locale"),
                    Arrays.asList(row.getArrayOfLongs("functions")));
        }

        static final Meaning UNKNOWN = new Meaning(false, false, false, false, List.of());
    }

    /**
     * Pairs with an expression that may mean something else on the target become refusals. Waits for the servers. A target that lets nobody
     * make a temporary view says less of filters; it cannot be written either.
     */
    Discovered of(Discovered found) {
        var expressions = new ArrayList<Expression>();
        var trees = trees(found);
        for (var pair : found.pairs()) {
            filter(pair, found).ifPresent(expressions::add);
            computed(pair, trees).forEach(expressions::add);
        }
        if (expressions.isEmpty()) {
            return found;
        }
        var meanings = meanings(expressions, found);
        var refusals = new HashMap<TableName, Refusal>();
        for (var expression : expressions) {
            columns(expression, meanings.of(expression), found)
                    .or(() -> functions(expression, meanings))
                    .or(() -> surroundings(expression, meanings))
                    .ifPresent(refusal -> refusals.putIfAbsent(refusal.table(), refusal));
        }
        return found.without(pair -> Optional.ofNullable(refusals.get(pair.name())));
    }

    private Optional<Expression> filter(TablePair pair, Discovered found) {
        var where = pair.rule().where();
        return where == null
                ? Optional.empty()
                : Optional.of(new Expression(
                        pair,
                        "its rule's where",
                        where,
                        "make that the same on both sides, or filter by something else",
                        stored(pair, where, found)));
    }

    private @Nullable String stored(TablePair pair, String where, Discovered found) {
        return Trial.on(target, found.target().server().major(), STEP, () -> {
            try {
                var store = MeaningSql.store(pair.target(), where);
                return Trial.mistake(() -> ask(target, store)) == null
                        ? ask(target, MeaningSql.STORED).iterator().next().getString("tree")
                        : null;
            } catch (StepFailed e) {
                if (e.trouble() == Trouble.READ_ONLY) {
                    return null;
                }
                throw e;
            }
        });
    }

    private static Stream<Expression> computed(TablePair pair, Map<TableName, Map<String, String>> trees) {
        return pair.computedOnBoth().stream()
                .map(column -> new Expression(
                        pair,
                        "the expression of column " + Quoted.printable(column.name()),
                        "(%s) is null"
                                .formatted(pair.target()
                                        .column(column.name())
                                        .orElseThrow()
                                        .expression()),
                        "make that the same on both sides, or name the column under exclude in the table's rule",
                        trees.getOrDefault(pair.name(), Map.of()).get(column.name())));
    }

    /** The target's, of generated columns, by table and column. */
    private Map<TableName, Map<String, String>> trees(Discovered found) {
        var schemas = found.pairs().stream()
                .filter(pair -> !pair.computedOnBoth().isEmpty())
                .map(pair -> pair.name().schema())
                .distinct()
                .toArray(String[]::new);
        var trees = new HashMap<TableName, Map<String, String>>();
        if (schemas.length > 0) {
            for (var row : ask(target, MeaningSql.COMPUTED, Tuple.tuple().addArrayOfString(schemas))) {
                trees.computeIfAbsent(
                                new TableName(row.getString("schema"), row.getString("name")), table -> new HashMap<>())
                        .put(row.getString("column"), row.getString("tree"));
            }
        }
        return trees;
    }

    // --- what the servers say to all of them at once

    /**
     * @param others functions that the source defines in another way, among those that a function of the target comes down to
     * @param here the source's surroundings, {@code there} the target's
     */
    private record Meanings(
            Map<Expression, Meaning> byExpression,
            Map<Long, Set<String>> others,
            Surroundings here,
            Surroundings there) {
        Meaning of(Expression expression) {
            return byExpression.getOrDefault(expression, Meaning.UNKNOWN);
        }
    }

    private record Surroundings(String collation, String textSearch, String locale) {
        static Surroundings of(ServerFacts server, RowSet<Row> rows) {
            var row = rows.iterator().next();
            return new Surroundings(server.collation(), row.getString("text_search"), row.getString("locale"));
        }
    }

    private Meanings meanings(List<Expression> expressions, Discovered found) {
        var read = expressions.stream()
                .filter(expression -> expression.tree() != null)
                .toList();
        var onTarget = found.target().server().major();
        var onSource = found.source().server().major();
        return Trial.on(
                target,
                onTarget,
                STEP,
                () -> Trial.on(source, onSource, STEP, () -> {
                    var byExpression = new HashMap<Expression, Meaning>();
                    var trees = read.stream().map(Expression::tree).toArray(String[]::new);
                    var rows = ask(target, MeaningSql.MEANINGS, Tuple.tuple().addArrayOfString(trees))
                            .iterator();
                    read.forEach(expression -> byExpression.put(expression, Meaning.of(rows.next())));
                    var functions = byExpression.values().stream()
                            .flatMap(meaning -> meaning.functions().stream())
                            .collect(Collectors.toSet());
                    return new Meanings(
                            byExpression,
                            functions.isEmpty() ? Map.of() : others(functions),
                            Surroundings.of(found.source().server(), ask(source, MeaningSql.SURROUNDINGS)),
                            Surroundings.of(found.target().server(), ask(target, MeaningSql.SURROUNDINGS)));
                }));
    }

    /** What is not there on the source is another function of that name at most, since the source has read the expression too. */
    private Map<Long, Set<String>> others(Collection<Long> functions) {
        var reached = ask(target, MeaningSql.BODIES, Tuple.tuple().addArrayOfLong(functions.toArray(Long[]::new)));
        var signatures = new TreeSet<String>();
        reached.forEach(row -> signatures.add(row.getString("signature")));
        var bodies = new HashMap<String, String>();
        ask(source, MeaningSql.BODIES_OF, Tuple.tuple().addArrayOfString(signatures.toArray(String[]::new)))
                .forEach(row -> bodies.put(row.getString("signature"), row.getString("body")));
        var others = new HashMap<Long, Set<String>>();
        for (var row : reached) {
            var body = bodies.get(row.getString("signature"));
            if (body != null && !body.equals(row.getString("body"))) {
                others.computeIfAbsent(row.getLong("origin"), origin -> new TreeSet<>())
                        .add(row.getString("signature"));
            }
        }
        return others;
    }

    // --- what is told of one

    private Optional<Refusal> columns(Expression expression, Meaning meaning, Discovered found) {
        var pair = expression.pair();
        var suspects = pair.target().columns().stream()
                .filter(column -> pair.source()
                        .column(column.name())
                        .filter(from -> isAnother(from, column, meaning))
                        .isPresent())
                .map(Column::name)
                .toList();
        if (suspects.isEmpty() || !needs(expression, suspects, found)) {
            return Optional.empty();
        }
        var needed = suspects.stream()
                .filter(name -> needs(expression, List.of(name), found))
                .toList();
        return Optional.of(new Refusal(
                pair.name(),
                "%s reads column %s, whose type or collation is another one on the source"
                        .formatted(
                                expression.subject(),
                                (needed.isEmpty() ? suspects : needed)
                                        .stream().map(Quoted::printable).collect(Collectors.joining(", "))),
                expression.remedy()));
    }

    private static boolean isAnother(Column source, Column target, Meaning meaning) {
        return !Conversion.meansTheSame(source.values(), target.values())
                || source.deterministic() != target.deterministic()
                || (!Objects.equals(source.collation(), target.collation())
                        && (meaning.byCollation() || !target.deterministic()));
    }

    /** The target cannot read it without these columns. */
    private boolean needs(Expression expression, List<String> columns, Discovered found) {
        var table = expression.pair().target();
        var others = table.columns().stream()
                .map(Column::name)
                .filter(name -> !columns.contains(name))
                .toList();
        var without = MeaningSql.without(table, others, expression.condition());
        var major = found.target().server().major();
        return Trial.on(target, major, STEP, () -> Trial.mistake(() -> Step.await(STEP, () -> target.prepare(without))))
                != null;
    }

    private static Optional<Refusal> functions(Expression expression, Meanings meanings) {
        var others = meanings.of(expression).functions().stream()
                .flatMap(function -> meanings.others().getOrDefault(function, Set.of()).stream())
                .distinct()
                .map(Quoted::printable)
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        expression.pair().name(),
                        "%s comes down to %s, which is defined in another way on the source"
                                .formatted(expression.subject(), others),
                        expression.remedy()));
    }

    private static Optional<Refusal> surroundings(Expression expression, Meanings meanings) {
        var meaning = meanings.of(expression);
        var here = meanings.here();
        var there = meanings.there();
        return differing("default collation", meaning.byDefaultCollation(), here.collation(), there.collation())
                .or(() -> differing(
                        "default_text_search_config", meaning.byTextSearch(), here.textSearch(), there.textSearch()))
                .or(() -> differing("lc_time and lc_numeric", meaning.byLocale(), here.locale(), there.locale()))
                .map(what -> new Refusal(
                        expression.pair().name(),
                        "%s depends on the %s".formatted(expression.subject(), what),
                        expression.remedy()));
    }

    private static Optional<String> differing(String what, boolean matters, String here, String there) {
        return matters && !here.equals(there)
                ? Optional.of("%s, which is %s on the source and %s on the target"
                        .formatted(what, Quoted.printable(here), Quoted.printable(there)))
                : Optional.empty();
    }

    private static RowSet<Row> ask(SqlConnection side, String sql) {
        return Step.await(STEP, () -> side.query(sql).execute());
    }

    private static RowSet<Row> ask(SqlConnection side, String sql, Tuple parameters) {
        return Step.await(STEP, () -> side.preparedQuery(sql).execute(parameters));
    }
}
