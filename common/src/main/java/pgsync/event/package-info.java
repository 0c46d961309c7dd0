/** What a run tells while it works, as values. Gives events to whoever listens; never carries row data or secrets. */
@NullMarked
package pgsync.event;

import org.jspecify.annotations.NullMarked;
