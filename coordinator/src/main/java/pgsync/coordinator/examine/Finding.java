package pgsync.coordinator.examine;

import org.jspecify.annotations.Nullable;
import pgsync.task.TableName;

/**
 * One thing that was looked at before a run.
 *
 * @param table the only one it is about, null for more or none
 * @param message one or more sentences without row values and secrets
 * @param remedy what a person can do, null where nothing is to be done
 */
public record Finding(
        Level level,
        About about,
        @Nullable TableName table,
        String message,
        @Nullable String remedy) {
    /** How much it matters, the worst last. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Good to know. */
        NOTE,
        /** A run works, but not as well, or not as exactly, as it could. */
        WARNING,
        /** A run would leave the table out and say so. */
        SKIP,
        /** A run would not begin, or nothing of it would be done. */
        STOP,
        /** A server cannot be reached, so nothing was looked at behind it. */
        UNREACHABLE
    }

    public enum About {
        SOURCE,
        TARGET,
        TABLES,
        /** The run as a whole. */
        RUN
    }

    static Finding ok(About about, String message) {
        return new Finding(Level.OK, about, null, message, null);
    }

    static Finding note(About about, String message, @Nullable String remedy) {
        return new Finding(Level.NOTE, about, null, message, remedy);
    }

    static Finding warning(About about, String message, String remedy) {
        return new Finding(Level.WARNING, about, null, message, remedy);
    }

    static Finding stop(About about, String message, String remedy) {
        return new Finding(Level.STOP, about, null, message, remedy);
    }
}
