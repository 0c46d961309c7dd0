package pgsync.worker.apply;

import java.sql.Connection;
import pgsync.sql.Quoted;
import pgsync.task.TableName;
import pgsync.task.TableSpec.SequenceSpec;

/**
 * Moves the target's sequences to where the source's are, so that the target can take over inserting; never back, which
 * is up for one that counts down. A sequence is
 * not transactional: moved too far by a transaction that rolls back does no harm.
 */
final class Sequences {
    private Sequences() {}

    static void moveForward(Attempt attempt, Connection target) {
        for (var sequence : attempt.table().sequences()) {
            moveForward(attempt, sequence, target);
        }
    }

    /**
     * Asked first: a failure here would undo the rows that the transaction brought. By number: to name what is in a schema that we may
     * not use is such a failure.
     */
    private static boolean readable(String step, Connection connection, TableName sequence) {
        return Jdbc.one(
                step,
                connection,
                """
                select coalesce(bool_or(has_schema_privilege(n.oid, 'usage') and has_sequence_privilege(c.oid, 'select')), false)
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = %s and c.relname = %s and c.relkind = 'S'
                """.formatted(Quoted.literal(sequence.schema()), Quoted.literal(sequence.table())),
                row -> row.getBoolean(1));
    }

    /** Asked first as well: setval beyond the limits is an error. */
    private static boolean reaches(String step, Connection target, TableName sequence, long value) {
        return Jdbc.one(
                step,
                target,
                "select %d between seqmin and seqmax from pg_catalog.pg_sequence where seqrelid = %s::regclass"
                        .formatted(value, Quoted.literal(sequence.quoted())),
                row -> row.getBoolean(1));
    }

    private static void moveForward(Attempt attempt, SequenceSpec sequence, Connection target) {
        var step = attempt.doing("move sequence " + sequence.target() + " of");
        if (!readable(step, attempt.source(), sequence.source()) || !readable(step, target, sequence.target())) {
            attempt.tell(
                    "no right to read sequence %s on both sides: it stays where it is".formatted(sequence.target()));
            return;
        }
        record Value(long last, boolean called) {}
        var source = Jdbc.one(
                step,
                attempt.source(),
                "select last_value, is_called from " + sequence.source().quoted(),
                row -> new Value(row.getLong(1), row.getBoolean(2)));
        if (!reaches(step, target, sequence.target(), source.last())) {
            attempt.tell(
                    "sequence %s cannot go as far as the source's: it stays where it is".formatted(sequence.target()));
            return;
        }
        Jdbc.execute(step, target, """
                select setval(%1$s, %2$d, %3$b)
                  from %4$s, pg_catalog.pg_sequence
                 where seqrelid = %1$s::regclass and has_sequence_privilege(%1$s, 'UPDATE')
                   and (case when seqincrement > 0 then last_value < %2$d else last_value > %2$d end
                        or (last_value = %2$d and %3$b and not is_called))
                """.formatted(
                        Quoted.literal(sequence.target().quoted()),
                        source.last(),
                        source.called(),
                        sequence.target().quoted()));
    }
}
