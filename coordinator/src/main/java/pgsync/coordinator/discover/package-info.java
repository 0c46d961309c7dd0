/** Looks at both sides and pairs their tables. Takes two connections and the settings, gives pairs and refusals with a remedy each; never reads a row of a user table, never writes but a temporary table without rows that is rolled back. */
@NullMarked
package pgsync.coordinator.discover;

import org.jspecify.annotations.NullMarked;
