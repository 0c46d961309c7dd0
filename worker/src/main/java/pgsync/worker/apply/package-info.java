/** Does the steps of a task: copy, upsert, reconcile, delete, replace. Takes a claim and two sessions, gives counts; writes only through the session's fenced transactions. */
@NullMarked
package pgsync.worker.apply;

import org.jspecify.annotations.NullMarked;
