package pgsync.config;

/**
 * How a run is told.
 *
 * @param json events as one JSON object a line on standard output
 * @param verbose phases, statements and timings too
 */
public record OutputConfig(boolean json, boolean verbose) {
    public static final OutputConfig DEFAULT = new OutputConfig(false, false);
}
