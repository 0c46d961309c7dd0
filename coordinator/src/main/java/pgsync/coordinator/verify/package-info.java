/**
 * Takes tables and a moment of the source; gives the rows that differ, counted and by example. Reads with its own sessions, which may
 * not write, and compares texts and their hashes: it shares no code with what writes rows, so that a fault there cannot hide itself
 * here. Never writes.
 */
@NullMarked
package pgsync.coordinator.verify;

import org.jspecify.annotations.NullMarked;
