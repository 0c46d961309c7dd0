package pgsync.task;

import java.util.UUID;

/** Names one run, also to people: it stands in {@code pgsync.sync_log}. */
public record RunId(UUID value) {
    public static RunId parse(String text) {
        return new RunId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
