/** Turns what is there into what to do. Takes table pairs, states and settings, gives an ordered plan; never touches a row, never waits. */
@NullMarked
package pgsync.coordinator.plan;

import org.jspecify.annotations.NullMarked;
