package pgsync.task;

/** Names one unit of work for all time: a row of {@code pgsync.task}. */
public record TaskId(long value) {
    @Override
    public String toString() {
        return "task " + value;
    }
}
