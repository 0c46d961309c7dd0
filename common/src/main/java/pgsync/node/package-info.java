/** One process as the others see it: a row with a heartbeat in the target. Never decides who is dead; that is the coordinator, by the target's clock. */
@NullMarked
package pgsync.node;

import org.jspecify.annotations.NullMarked;
