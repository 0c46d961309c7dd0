package pgsync.coordinator.ledger;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pgsync.coordinator.moment.SourcePosition;
import pgsync.task.Slice;

/**
 * What earlier runs left behind about a table.
 *
 * @param sourceIdentity the source database those runs read
 * @param watermark everything stamped before it is in the target; null when never completed, or without a timestamp column
 * @param position stamp up to which an unfinished upsert has come, text in the column's type
 * @param copyHorizon horizon of the run that began a first copy which is not complete
 * @param files in which both sides had their rows when a run last completed it; null when none has
 * @param filesRead the same of the last run that began it, and of every run that worked on a first copy
 * @param sourcePosition how far the source was when a run last began it; null when an older pgsync did, or the role may not know
 * @param copied slices of that copy which are in the target
 * @param left slices of that copy which are not
 */
public record TableState(
        String sourceIdentity,
        Phase phase,
        @Nullable OffsetDateTime watermark,
        @Nullable String watermarkColumn,
        @Nullable String position,
        @Nullable OffsetDateTime copyHorizon,
        @Nullable UUID copyRun,
        @Nullable String shape,
        @Nullable String files,
        @Nullable String filesRead,
        @Nullable SourcePosition sourcePosition,
        List<Slice> copied,
        List<Slice> left) {
    public TableState {
        copied = List.copyOf(copied);
        left = List.copyOf(left);
    }

    /** {@code pgsync.table_state.phase}: durable, set when a run is published and when its books of the table are closed. */
    public enum Phase {
        NEW,
        COPYING,
        LIVE
    }
}
