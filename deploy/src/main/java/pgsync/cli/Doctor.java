package pgsync.cli;

import java.util.function.Consumer;
import pgsync.config.Settings;
import pgsync.coordinator.examine.Finding;

/** Looks at two databases before a run. */
@FunctionalInterface
public interface Doctor {
    /**
     * Tells each finding as soon as there is one, and writes nothing. Servers that cannot be reached are findings; throws
     * {@link pgsync.error.Refused} and {@link pgsync.config.InvalidConfig} where a run would not begin.
     */
    void examine(Settings settings, Consumer<Finding> tell);
}
