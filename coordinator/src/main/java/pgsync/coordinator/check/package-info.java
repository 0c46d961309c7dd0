/** Looks at what a run left behind. Takes the tables that were written, gives the foreign keys that do not hold; never writes a user table. */
@NullMarked
package pgsync.coordinator.check;

import org.jspecify.annotations.NullMarked;
