package pgsync.cli;

import org.jspecify.annotations.Nullable;
import pgsync.cli.output.Situation;
import pgsync.config.Settings;

/** Finds out how a cluster stands. */
@FunctionalInterface
public interface Situations {
    /** How many runs are shown. */
    int RUNS = 10;
    /** How many tables that failed are shown. */
    int FAILED = 20;
    /** How many tables that are behind are shown. */
    int BEHIND = 5;

    /**
     * Opens a way to look; whether it leads anywhere shows at the first look.
     *
     * @param addresses of nodes that are asked, as {@code -cluster} was given; null to read the target itself
     */
    Look open(Settings settings, @Nullable String addresses);

    /** A connection to look through, as often as wanted. One thread at a time. */
    interface Look extends AutoCloseable {
        /**
         * Throws {@link pgsync.error.StepFailed} when the target cannot be read, {@link pgsync.error.ClusterUnreachable} when no node
         * answers.
         */
        Seen now();

        @Override
        void close();
    }

    /** What was seen. */
    sealed interface Seen {
        /** Nothing was ever synchronized into this target. */
        record NeverUsed() implements Seen {}

        record Stands(Situation situation) implements Seen {}
    }
}
