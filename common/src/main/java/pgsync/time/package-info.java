/** Sleeping, made replaceable. Never reads a clock. */
@NullMarked
package pgsync.time;

import org.jspecify.annotations.NullMarked;
