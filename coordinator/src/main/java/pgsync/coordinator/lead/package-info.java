/**
 * Coordinators of one cluster among each other: who leads, who drives which run, what is begun next. Takes requests and a schedule,
 * gives runs to {@code SyncRun}; decides by the target alone, so that two halves of a split cluster agree.
 */
@NullMarked
package pgsync.coordinator.lead;

import org.jspecify.annotations.NullMarked;
