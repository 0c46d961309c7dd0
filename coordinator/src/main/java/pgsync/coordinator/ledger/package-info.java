/** The run's books in the target: what is known of a table, who holds it, which tasks are open, what ended. Takes plans, gives facts; every change is a compare-and-set. */
@NullMarked
package pgsync.coordinator.ledger;

import org.jspecify.annotations.NullMarked;
