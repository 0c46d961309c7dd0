/** What there is to do and what became of it, as plain data. Takes nothing, gives records, never touches a database or a clock. */
@NullMarked
package pgsync.task;

import org.jspecify.annotations.NullMarked;
