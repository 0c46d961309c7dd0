package pgsync.table;

import java.util.Set;
import pgsync.task.TableName;

/**
 * A sequence that belongs to a column: serial, identity or {@code OWNED BY} (pg_depend deptype a or i), or that its default names.
 *
 * @param fills the column's default names it, so that whoever leaves the column out takes a value
 */
public record OwnedSequence(TableName sequence, String column, boolean fills, Set<Right> rights) {
    public OwnedSequence {
        rights = Set.copyOf(rights);
    }

    /** What our role may do with it. To read or to move it is to name it, and that takes USAGE on its schema. */
    public enum Right {
        READ,
        MOVE,
        /** Take the next value, as a default does; that names it by number. */
        TAKE
    }
}
