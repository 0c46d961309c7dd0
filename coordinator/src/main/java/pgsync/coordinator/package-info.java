/** One run from what is there to what became of it. Takes settings and two databases, gives a report. Read {@code SyncRun.run()} first. */
@NullMarked
package pgsync.coordinator;

import org.jspecify.annotations.NullMarked;
