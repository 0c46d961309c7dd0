package pgsync.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a task. Every step may be repeated from its beginning: what is already right is written again by nobody. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Work.Copy.class, name = "copy"),
    @JsonSubTypes.Type(value = Work.Upsert.class, name = "upsert"),
    @JsonSubTypes.Type(value = Work.Reconcile.class, name = "reconcile"),
    @JsonSubTypes.Type(value = Work.Keys.class, name = "keys"),
    @JsonSubTypes.Type(value = Work.Replace.class, name = "replace"),
    @JsonSubTypes.Type(value = Work.CatchUp.class, name = "catch-up"),
    @JsonSubTypes.Type(value = Work.UpsertCircle.class, name = "upsert-circle"),
    @JsonSubTypes.Type(value = Work.DeleteCircle.class, name = "delete-circle"),
    @JsonSubTypes.Type(value = Work.InCircle.class, name = "in-circle")
})
public sealed interface Work {
    /** Copies a slice. Straight into the table while nobody else can have put its rows there, else through the stage. */
    record Copy(Slice slice, boolean straight) implements Work {}

    /**
     * Copies and upserts the rows whose stamp is null or at least {@code low}. Both bounds are PostgreSQL text in the type of
     * the timestamp column.
     *
     * @param cap the run's horizon: progress is never recorded beyond it, null when there is none to record
     */
    record Upsert(String low, @Nullable String cap) implements Work {}

    /** Compares whole rows by digest and upserts those that differ or are missing; deletes nothing. */
    record Reconcile() implements Work {}

    /**
     * Compares keys by digest; deletes what the source no longer has when {@code delete}, always fetches rows that are missing.
     *
     * @param changedSince low bound of the upsert before, null when that compared everything: a rehearsal, in which the upsert
     *     brought nothing, tells by it which of the missing rows are left for this step
     */
    record Keys(boolean delete, @Nullable String changedSince) implements Work {}

    /**
     * A table without a key: compared as a multiset and replaced in one transaction when it differs. Without {@code delete} only an
     * empty target is filled.
     */
    record Replace(boolean delete) implements Work {}

    /**
     * When the slices of a table were read in more than one snapshot, a row that moved in between may be in none or in two of
     * them: brings the table to the present snapshot. Does nothing when all slices share one.
     *
     * @param low where the first of those snapshots may have missed changes, null for a table without a timestamp column
     */
    record CatchUp(@Nullable String low, @Nullable String cap, boolean delete) implements Work {}

    /**
     * Tables that refer to each other while foreign keys stay on: none can come first, so one statement writes the rows of all.
     * Every table but the task's own has a task with {@link InCircle}.
     */
    record UpsertCircle(List<Member> members) implements Work {
        public UpsertCircle {
            members = List.copyOf(members);
        }

        /**
         * One table of the circle.
         *
         * @param rows {@link Upsert} or {@link Reconcile}: which rows to bring
         */
        public record Member(TableSpec table, Work rows) {}
    }

    /** Deletes what the source no longer has from all tables of a circle, in one statement. */
    record DeleteCircle(List<TableSpec> members) implements Work {
        public DeleteCircle {
            members = List.copyOf(members);
        }
    }

    /** A task of {@code leader} has done the work for this table too, or failed for it too. */
    record InCircle(TableName leader) implements Work {}
}
