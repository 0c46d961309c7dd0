package pgsync.task;

/** Rows and bytes of a step, a task or a table. {@code bytes} are COPY bytes read from the source. */
public record Counts(long upserted, long deleted, long unchanged, long bytes) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    public Counts plus(Counts more) {
        return new Counts(
                upserted + more.upserted, deleted + more.deleted, unchanged + more.unchanged, bytes + more.bytes);
    }

    public static Counts upserted(long upserted, long unchanged, long bytes) {
        return new Counts(upserted, 0, unchanged, bytes);
    }

    public static Counts deleted(long deleted) {
        return new Counts(0, deleted, 0, 0);
    }
}
