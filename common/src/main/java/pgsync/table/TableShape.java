package pgsync.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import pgsync.task.TableName;

/**
 * One table as it stands: columns in their order, unique indexes (the primary key first), and what else matters for moving rows.
 *
 * @param hasInheritanceChildren other tables inherit from it (not partitions), so reads and writes need ONLY
 * @param inheritanceChild it inherits from another table
 * @param rowSecurity row security would filter or refuse what this role reads ({@code row_security_active})
 * @param rights what our role may do with the table or at least some columns of it; nothing where it may not use the schema
 * @param alwaysTriggers names of triggers that fire even with session_replication_role = replica, and of rules
 * @param userTriggers names of ordinary enabled user triggers
 * @param estimatedRows planner's estimate, at least 0; for a partitioned table the sum over its leaves
 * @param bytes heap and TOAST size, for a partitioned table the sum over its leaves; 0 when unknown
 * @param pages heap pages on disk now, 0 for a partitioned table
 * @param files its own, for a partitioned table those of its leaves
 */
public record TableShape(
        TableName name,
        Kind kind,
        List<Column> columns,
        List<UniqueIndex> uniqueIndexes,
        List<OwnedSequence> sequences,
        boolean hasInheritanceChildren,
        boolean inheritanceChild,
        boolean unlogged,
        boolean rowSecurity,
        Set<Right> rights,
        List<String> alwaysTriggers,
        List<String> userTriggers,
        long estimatedRows,
        long bytes,
        long pages,
        List<DataFile> files) {
    public TableShape {
        columns = List.copyOf(columns);
        rights = Set.copyOf(rights);
        uniqueIndexes = List.copyOf(uniqueIndexes);
        sequences = List.copyOf(sequences);
        alwaysTriggers = List.copyOf(alwaysTriggers);
        userTriggers = List.copyOf(userTriggers);
        files = List.copyOf(files);
    }

    /** {@code pg_class.relkind} r and p; everything else is named in {@link Catalog#leftOut}. */
    public enum Kind {
        ORDINARY,
        PARTITIONED
    }

    /** Table privileges by their SQL names. */
    public enum Right {
        SELECT,
        INSERT,
        UPDATE,
        DELETE
    }

    public Optional<Column> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /** {@code only "s"."t"} for an ordinary table, {@code "s"."t"} for a partitioned one, which has no rows of its own. */
    public String fromClause() {
        return kind == Kind.ORDINARY ? "only " + name.quoted() : name.quoted();
    }
}
