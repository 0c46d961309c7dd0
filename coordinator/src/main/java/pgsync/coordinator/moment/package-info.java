/** The moment of the source that a run shows: first the horizon, then the snapshot. Takes a pool, gives both; never reads a user table. */
@NullMarked
package pgsync.coordinator.moment;

import org.jspecify.annotations.NullMarked;
