package pgsync.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/** Prepares the logs of libraries before the first of them is loaded; commands that need none of them never pay for it. */
final class Logging {
    // Kept, since java.util.logging forgets a logger that nobody holds, and its level with it.
    private static final java.util.logging.Logger JDBC = java.util.logging.Logger.getLogger("org.postgresql");

    private Logging() {}

    static void prepare(boolean verbose) {
        System.setProperty("hazelcast.logging.type", "slf4j");
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        // The driver logs what it also throws, with connection properties: once is enough, and ours says no secrets.
        LogManager.getLogManager().reset();
        JDBC.setLevel(java.util.logging.Level.OFF);
        if (verbose && LoggerFactory.getLogger("pgsync") instanceof Logger ours) {
            ours.setLevel(Level.DEBUG);
            if (LoggerFactory.getLogger("com.hazelcast") instanceof Logger hazelcast) {
                hazelcast.setLevel(Level.WARN);
            }
        }
    }
}
