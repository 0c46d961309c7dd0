package pgsync.worker.apply;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;

/**
 * What a write of ours changed in the same tables by {@code ON UPDATE CASCADE}, {@code SET NULL} or {@code SET DEFAULT}, brought back to
 * what the source has. 1. on the source a value moves on, and rows follow it; 2. another row gets that value, and one of those refers to it
 * again; 3. we write both at once, and what had followed twice follows once. Owned by one thread.
 */
final class PutRight {
    /** What is put right can be followed once more, by keys over the same columns; never for long. */
    private static final int ROUNDS = 10;

    private final List<Attempt> tables;

    /** @param tables whose rows are staged and written */
    PutRight(List<Attempt> tables) {
        this.tables = tables;
    }

    void run(Connection target) {
        for (var round = 0; round < ROUNDS; round++) {
            for (var table : tables) {
                stageWhatFollowed(table, target);
            }
            if (different(target) == 0) {
                return;
            }
            var statement = new OneStatement();
            tables.stream().flatMap(table -> Merge.parts(table).stream()).forEach(statement::add);
            statement.run(step(), target);
        }
        throw new StepFailed(
                Trouble.STILL_REFERRED_TO,
                step(),
                "rows that follow others by a foreign key's ON UPDATE do not come to be as they are on the source",
                new IllegalStateException("no end of cascades"));
    }

    private String step() {
        return "put right what followed in "
                + tables.stream().map(table -> table.table().table().toString()).collect(Collectors.joining(" and "));
    }

    /** A row that the source has no longer goes when keys are compared, whatever it holds by now. */
    private void stageWhatFollowed(Attempt table, Connection target) {
        Gather.stage(table, target, Jdbc.texts(step(), target, table.sql().writtenBesides()));
    }

    private long different(Connection target) {
        return tables.stream()
                .mapToLong(table -> Jdbc.one(step(), target, table.sql().countDifferent(), row -> row.getLong(1)))
                .sum();
    }
}
