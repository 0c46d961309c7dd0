package pgsync.worker.apply;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.worker.move.RowSink;
import pgsync.worker.move.RowStream;

/**
 * What a write of ours changed in the same tables besides, brought back to what the source has. By {@code ON UPDATE CASCADE}, {@code SET
 * NULL} or {@code SET DEFAULT}: 1. on the source a value moves on, and rows follow it; 2. another row gets that value, and one of those
 * refers to it again; 3. we write both at once, and what had followed twice follows once. By triggers of the target: whatever they do.
 * Owned by one thread.
 */
final class PutRight {
    /** What is put right can be followed once more, by keys over the same columns and by triggers; never for long. */
    private static final int ROUNDS = 10;

    private static final int KEYS_A_QUERY = 1_000;

    private final List<Attempt> tables;
    private final List<Attempt> withTriggers;

    /** @param tables that are written together */
    PutRight(List<Attempt> tables) {
        this.tables = tables;
        this.withTriggers = tables.stream()
                .filter(table -> !table.table().triggers().isEmpty())
                .toList();
    }

    /** Where rows are staged and written. */
    void run(Connection target) {
        for (var round = 0; round < ROUNDS; round++) {
            for (var table : tables) {
                stageWhatFollowed(table, target);
            }
            if (different(target) == 0) {
                refuseWhatCame(target);
                return;
            }
            var bystanders = Bystanders.of(tables, target);
            bystanders.refuseIfTouched(write(target), 0, false);
        }
        throw noEnd(target);
    }

    /** Where nothing is staged. */
    void runAfterDeletes(Connection target) {
        tables.forEach(table -> Jdbc.execute(step(), target, table.sql().createStage()));
        run(target);
        tables.forEach(table -> new Merge(table).refuseToBreakDeferrable(target));
    }

    private String step() {
        return "put right what followed in "
                + tables.stream().map(table -> table.table().table().toString()).collect(Collectors.joining(" and "));
    }

    private long write(Connection target) {
        if (tables.size() == 1) {
            // Rules do not go with a statement that writes in its WITH (manual, 7.8.4).
            return Merge.upsertAlone(tables.getFirst(), target);
        }
        var statement = new OneStatement();
        tables.stream().flatMap(table -> Merge.parts(table).stream()).forEach(statement::add);
        return statement.run(step(), target).stream().mapToLong(Long::longValue).sum();
    }

    /** A row that the source has no longer goes when keys are compared, whatever it holds by now. */
    private void stageWhatFollowed(Attempt table, Connection target) {
        var sql = table.sql();
        Gather.stage(table, target, Jdbc.texts(step(), target, sql.writtenBesides()));
        // By keys alone no row goes that we do not know of.
        if (!withTriggers.isEmpty()) {
            notePerhapsGone(table, target);
            Gather.stage(table, target, Jdbc.texts(step(), target, sql.goneBesides("went")));
        }
    }

    private void notePerhapsGone(Attempt table, Connection target) {
        var sql = table.sql();
        Jdbc.execute(step(), target, "drop table if exists " + sql.temp("went"));
        Jdbc.execute(
                step(),
                target,
                "create temp table " + sql.newTemp("went") + " on commit drop as select " + sql.key() + " from "
                        + sql.target() + " with no data");
        table.beside(before -> {
            try (var keys = RowStream.open(step(), before, sql.perhapsGone(), sql.format());
                    var sink = RowSink.open(step(), target, sql.temp("went") + " (" + sql.key() + ")", sql.format())) {
                for (var key = keys.next(); key != null; key = keys.next()) {
                    sink.write(key);
                }
                sink.finish();
            }
            return null;
        });
        Jdbc.execute(step(), target, "analyze " + sql.temp("went"));
    }

    private long different(Connection target) {
        return tables.stream().mapToLong(table -> different(table, target)).sum();
    }

    private long different(Attempt table, Connection target) {
        return Jdbc.one(step(), target, table.sql().countDifferent(), row -> row.getLong(1));
    }

    /** Rows that a trigger added and the source does not have, where nobody would find them in this run any more. */
    private void refuseWhatCame(Connection target) {
        for (var table : withTriggers) {
            if (!table.extraRowsGoLater()) {
                var keys = Jdbc.texts(step(), target, table.sql().writtenBesidesAndKept());
                var came = keys.size() - there(table, keys);
                if (came > 0) {
                    throw Merge.changed(table, step(), came);
                }
            }
        }
    }

    /** How many of the keys were there before, or came by somebody else. */
    private long there(Attempt table, List<List<String>> keys) {
        var sql = table.sql();
        return table.beside(before -> {
            table.letFunctionsFindTheirs(before);
            var there = 0L;
            for (var from = 0; from < keys.size(); from += KEYS_A_QUERY) {
                var some = keys.subList(from, Math.min(from + KEYS_A_QUERY, keys.size()));
                there += Jdbc.one(
                        step(),
                        before,
                        "select count(*) from " + sql.target() + sql.filtered(sql.keyInOnTarget(some)),
                        row -> row.getLong(1));
            }
            return there;
        });
    }

    private StepFailed noEnd(Connection target) {
        for (var table : withTriggers) {
            var rows = different(table, target);
            if (rows > 0) {
                return Merge.changed(table, step(), rows);
            }
        }
        return new StepFailed(
                Trouble.STILL_REFERRED_TO,
                step(),
                "rows that follow others by a foreign key's ON UPDATE do not come to be as they are on the source",
                new IllegalStateException("no end of cascades"));
    }
}
