/** Waiting for statements and quoting names. Takes Vert.x futures and names, gives values and SQL text; never decides what to run. */
@NullMarked
package pgsync.sql;

import org.jspecify.annotations.NullMarked;
