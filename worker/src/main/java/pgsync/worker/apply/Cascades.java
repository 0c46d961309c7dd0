package pgsync.worker.apply;

import java.sql.Connection;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;

/**
 * Where foreign keys are on, a row that is deleted only to be inserted again takes rows of other tables along, or their values,
 * when a key says {@code ON DELETE CASCADE}, {@code SET NULL} or {@code SET DEFAULT}; and nobody would bring those back.
 */
final class Cascades {
    /** Of {@code pg_constraint k}. Before 18 there is no such column and every key is enforced. */
    private static final String ENFORCED = "coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)";

    private Cascades() {}

    /**
     * Whether deleting a row may do more than that or be forbidden, though it is inserted again: by {@code ON DELETE RESTRICT} at once;
     * by any foreign key when the source has the row no longer, because its children are deleted later.
     */
    static boolean deletesCarryMore(Attempt attempt, Connection target) {
        return !attempt.table().wholeRows()
                || (!attempt.table().replicaRole()
                        && Jdbc.one(
                                attempt.doing("replace rows of"),
                                target,
                                """
                                select exists (select 1 from pg_catalog.pg_constraint k
                                                where contype = 'f' and confrelid = %s::regclass and %s)
                                """.formatted(
                                        Quoted.literal(attempt.table().table().quoted()), ENFORCED),
                                row -> row.getBoolean(1)));
    }

    /** Throws {@link StepFailed} when deleting and inserting a row again would change more than its synchronized columns. */
    static void refuse(Attempt attempt, Connection target) {
        if (!attempt.table().wholeRows()) {
            throw new StepFailed(
                    Trouble.UNIQUE_VIOLATION,
                    attempt.doing("replace rows of"),
                    "deleting its rows to insert them again would empty columns that only the target has",
                    new IllegalStateException("columns of the target alone"));
        }
        if (attempt.table().replicaRole()) {
            return;
        }
        var step = attempt.doing("replace rows of");
        var dependents = Jdbc.one(
                step,
                target,
                """
                select coalesce(string_agg(distinct conrelid::regclass::text, ', '), '')
                  from pg_catalog.pg_constraint k
                 where contype = 'f' and confdeltype in ('c', 'n', 'd') and confrelid = %s::regclass and %s
                """.formatted(Quoted.literal(attempt.table().table().quoted()), ENFORCED),
                row -> row.getString(1));
        if (!dependents.isEmpty()) {
            throw new StepFailed(
                    Trouble.FOREIGN_KEY_VIOLATION,
                    step,
                    "deleting its rows to insert them again would also change " + Quoted.printable(dependents),
                    new IllegalStateException("foreign keys with ON DELETE CASCADE, SET NULL or SET DEFAULT"));
        }
    }

    /**
     * Throws {@link StepFailed} when deleting the rows whose keys are in {@code doomed} would take rows of other tables along or
     * change them. Children were deleted before, so what still refers to these rows is there on the source too.
     */
    static void refuseDelete(Attempt attempt, Connection target, String doomed) {
        if (attempt.table().replicaRole()) {
            return;
        }
        var step = attempt.doing("delete from");
        for (var key : Jdbc.texts(step, target, """
                select k.conname, k.conrelid::regclass::text,
                       (select string_agg(format('pgsync_c.%%I = pgsync_t.%%I', c.attname, p.attname), ' and ')
                          from unnest(k.conkey, k.confkey) as u (child, parent)
                          join pg_attribute c on c.attrelid = k.conrelid and c.attnum = u.child
                          join pg_attribute p on p.attrelid = k.confrelid and p.attnum = u.parent)
                  from pg_catalog.pg_constraint k
                 where k.contype = 'f' and k.confdeltype in ('c', 'n', 'd')
                   and k.confrelid = %s::regclass and k.conrelid <> k.confrelid and %s
                """.formatted(
                        Quoted.literal(attempt.table().table().quoted()), ENFORCED))) {
            var changes = Jdbc.one(
                    step,
                    target,
                    "select exists (select 1 from %s pgsync_c join %s pgsync_t on %s join %s pgsync_e on %s)"
                            .formatted(
                                    key.get(1),
                                    attempt.sql().target(),
                                    key.get(2),
                                    doomed,
                                    attempt.sql().sameKey("pgsync_e", "pgsync_t")),
                    row -> row.getBoolean(1));
            if (changes) {
                throw new StepFailed(
                        Trouble.FOREIGN_KEY_VIOLATION,
                        step,
                        "its foreign key %s would also change rows of %s that the source still has"
                                .formatted(Quoted.printable(key.get(0)), Quoted.printable(key.get(1))),
                        new IllegalStateException("foreign keys with ON DELETE CASCADE, SET NULL or SET DEFAULT"));
            }
        }
    }
}
