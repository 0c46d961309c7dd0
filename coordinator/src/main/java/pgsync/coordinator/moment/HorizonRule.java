package pgsync.coordinator.moment;

import io.vertx.sqlclient.SqlConnection;

/** How the horizon is found. Replaced only by the tests that show which rows other rules lose. */
@FunctionalInterface
public interface HorizonRule {
    /** Reads it on a connection without an open transaction; waits for the source. */
    Horizon read(SqlConnection source);
}
