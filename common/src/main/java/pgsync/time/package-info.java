/** Sleeping, made replaceable, and lengths of time as people write them. Never reads a clock. */
@NullMarked
package pgsync.time;

import org.jspecify.annotations.NullMarked;
