package pgsync.coordinator.discover;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.PinnedSettings;
import pgsync.sql.Quoted;
import pgsync.sql.Step;
import pgsync.table.Column;
import pgsync.table.ForeignKey;
import pgsync.task.TableName;

/**
 * Where foreign keys stay on and a table is refused, the rows that others refer to in it come from nowhere: either the target has
 * them already, or whoever refers to them cannot be written. This finds out before anything is written, by reading what the source's
 * rows refer to and looking it up on the target.
 *
 * <p>What it cannot tell by that is let through, and ends as PostgreSQL ends it: values that a rule fixes or leaves out, keys of a single
 * partition, keys with a PERIOD, text that is stored without an encoding, a parent that may not be read.
 */
public final class RowsReferredTo {
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '5s';";
    private static final int VALUES_AT_A_TIME = 5_000;

    private final Map<TableName, TablePair> pairs;
    private final Discovered found;
    private final SqlConnection source;
    private final SqlConnection target;
    private final @Nullable String snapshot;

    /** @param snapshot exported one in which the source's rows are read, null for what is there now */
    public RowsReferredTo(Discovered found, SqlConnection source, SqlConnection target, @Nullable String snapshot) {
        this.found = found;
        this.pairs = found.pairs().stream().collect(Collectors.toMap(TablePair::name, Function.identity()));
        this.source = source;
        this.target = target;
        this.snapshot = snapshot;
    }

    /**
     * A refusal for every table with a row that refers to one which only a refused table would bring; for those that refer to that table in
     * turn as well. Waits for both servers; reads one key of a table whole, and nothing at all where nothing is refused.
     */
    public List<Refusal> missing(Collection<Refusal> refused) {
        var gone = refused.stream().map(Refusal::table).collect(Collectors.toCollection(HashSet::new));
        var more = new ArrayList<Refusal>();
        var open = new ArrayDeque<>(gone);
        for (var parent = open.poll(); parent != null; parent = open.poll()) {
            for (var key : found.target().foreignKeys()) {
                if (key.to().equals(parent) && !gone.contains(key.from()) && isMissing(key)) {
                    gone.add(key.from());
                    open.add(key.from());
                    more.add(refusal(key));
                }
            }
        }
        return more;
    }

    private static Refusal refusal(ForeignKey key) {
        return new Refusal(
                key.from(),
                "its rows refer to rows of %s that the target does not have, and that table is refused"
                        .formatted(key.to()),
                "see to it that %s can be synchronized, or grant the target's role the right to set session_replication_role"
                        .formatted(key.to()));
    }

    private boolean isMissing(ForeignKey key) {
        return question(key).map(this::answer).orElse(false);
    }

    /** What the source's rows refer to, and how to look for values that the target lacks, some at a time. */
    private record Question(TableName child, String values, String lookUp, int columns) {}

    private Optional<Question> question(ForeignKey key) {
        var pair = pairs.get(key.from());
        var parent = found.target().tables().get(key.to());
        if (pair == null
                || parent == null
                || !key.enforced()
                || key.period()
                || !key.child().equals(key.from())
                || found.source().server().storesAnyBytes()
                || found.target().server().storesAnyBytes()) {
            return Optional.empty();
        }
        var travelling = pair.columns().stream().map(Column::name).collect(Collectors.toSet());
        if (!travelling.containsAll(key.columns())) {
            return Optional.empty();
        }
        var references = key.columns().stream()
                .map(name -> pair.target().column(name).orElseThrow())
                .toList();
        var rows = key.parent().equals(key.to())
                ? parent.fromClause()
                : key.parent().quoted();
        return Optional.of(new Question(
                key.from(), values(pair, key.columns()), lookUp(references, rows, key.equal()), references.size()));
    }

    /** A reference with a NULL in it is none; where a key forbids one beside a value, no row of the parent would help. */
    private static String values(TablePair pair, List<String> columns) {
        var names = columns.stream().map(Quoted::identifier).toList();
        var where = pair.rule().where();
        return "select distinct %s from %s where %s%s"
                .formatted(
                        names.stream().map(name -> name + "::text").collect(Collectors.joining(", ")),
                        pair.source().fromClause(),
                        names.stream().map(name -> name + " is not null").collect(Collectors.joining(" and ")),
                        where == null ? "" : " and (\n" + where + "\n)");
    }

    /** The values become what the target's row would hold, and are compared as the key itself does it. */
    private static String lookUp(List<Column> references, String parent, String equal) {
        var lists = IntStream.rangeClosed(1, references.size()).mapToObj(i -> "$" + i + "::text[]");
        var names = IntStream.rangeClosed(1, references.size()).mapToObj(i -> "v" + i);
        var row = IntStream.range(0, references.size())
                .mapToObj(i -> "v.v%d::%s as %s"
                        .formatted(
                                i + 1,
                                references.get(i).type(),
                                Quoted.identifier(references.get(i).name())));
        return "select exists (select from (select %s from unnest(%s) as v(%s)) c where not exists (select from %s p where %s)) as missing"
                .formatted(
                        row.collect(Collectors.joining(", ")),
                        lists.collect(Collectors.joining(", ")),
                        names.collect(Collectors.joining(", ")),
                        parent,
                        equal);
    }

    /** No, when a server has something against the question or somebody keeps it waiting: then nobody knows, and the run tries. */
    private boolean answer(Question question) {
        return Trial.on(target, found.target().server().major(), step(question), () -> {
            try {
                Step.await(step(question), () -> target.query(LOCK_TIMEOUT).execute());
                return isAnyMissing(question);
            } catch (StepFailed e) {
                if (e.trouble().then() == Trouble.Then.STOP_TABLE || e.trouble() == Trouble.LOCKED) {
                    return false;
                }
                throw e;
            }
        });
    }

    private boolean isAnyMissing(Question question) {
        var step = step(question);
        Step.await(step, () -> source.query(begin()).execute());
        try {
            // By itself: a server reads all of one message by the settings from before it.
            Step.await(
                    step,
                    () -> source.query("declare pgsync_values no scroll cursor for " + question.values())
                            .execute());
            RowSet<Row> values;
            do {
                values = Step.await(
                        step,
                        () -> source.query("fetch forward " + VALUES_AT_A_TIME + " from pgsync_values")
                                .execute());
                var asked = columns(values, question.columns());
                if (Step.await(
                                step,
                                () -> target.preparedQuery(question.lookUp()).execute(asked))
                        .iterator()
                        .next()
                        .getBoolean("missing")) {
                    return true;
                }
            } while (values.size() == VALUES_AT_A_TIME);
            return false;
        } finally {
            Step.await(step, () -> source.query("rollback").execute());
        }
    }

    private String begin() {
        return "begin isolation level repeatable read read only;"
                + (snapshot == null ? "" : "set transaction snapshot " + Quoted.literal(snapshot) + ";")
                + PinnedSettings.sql(found.source().server().major())
                + LOCK_TIMEOUT;
    }

    private static Tuple columns(RowSet<Row> rows, int columns) {
        var tuple = Tuple.tuple();
        for (var i = 0; i < columns; i++) {
            var values = new ArrayList<String>();
            for (var row : rows) {
                values.add(row.getString(i));
            }
            tuple = tuple.addArrayOfString(values.toArray(String[]::new));
        }
        return tuple;
    }

    private static String step(Question question) {
        return "look for the rows that " + question.child() + " refers to";
    }
}
