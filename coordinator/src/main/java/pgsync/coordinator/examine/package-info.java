/**
 * Takes what discovery and planning found, and looks at the rest that a run rests on: rights, room for connections, the schema of its own
 * state, indexes. Gives findings, each with what can be done about it. Reads only.
 */
@NullMarked
package pgsync.coordinator.examine;

import org.jspecify.annotations.NullMarked;
