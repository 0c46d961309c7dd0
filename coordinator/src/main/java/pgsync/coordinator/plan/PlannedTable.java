package pgsync.coordinator.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.coordinator.moment.SourcePosition;
import pgsync.task.TableName;

/**
 * What a run will do with one table.
 *
 * @param mode as in {@code sync_log.mode}: copy, resume, incremental, reconcile, digest, replace
 * @param gate tasks behind one gate run stage by stage: the table's own, or one for the whole run when foreign keys decide
 * @param watermarkColumn timestamp column, null without one
 * @param copying this is a first copy, or the rest of one
 * @param adopt slices of an earlier run belong to this one now
 * @param shape fingerprint of columns and key: slices of another shape are not adopted
 * @param files in which both sides have their rows: {@link Files#text}
 * @param resumedAt stamp from which an upsert goes on that an earlier run did not finish, null when it begins at the watermark
 * @param sourcePosition how far the source has come, null where the role may not know
 * @param setBack the source may lack what the target has from it: {@link SourcePosition#mayLack}
 */
public record PlannedTable(
        TableName table,
        String mode,
        String gate,
        @Nullable String watermarkColumn,
        boolean copying,
        boolean adopt,
        String shape,
        String files,
        @Nullable String resumedAt,
        @Nullable SourcePosition sourcePosition,
        boolean setBack,
        long estimatedRows,
        List<PlannedTask> tasks) {
    public PlannedTable {
        tasks = List.copyOf(tasks);
    }
}
