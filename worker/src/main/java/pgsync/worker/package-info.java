/** The loop that works. Takes claims from a task source, runs each with a task runner, records what became of it. Never decides what there is to do. */
@NullMarked
package pgsync.worker;

import org.jspecify.annotations.NullMarked;
