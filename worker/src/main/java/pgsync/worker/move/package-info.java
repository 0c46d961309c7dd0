/** Moves COPY bytes from one connection to another. Takes SQL text and connections, gives row and byte counts; the only package that sees the driver's COPY. Never decodes a value. */
@NullMarked
package pgsync.worker.move;

import org.jspecify.annotations.NullMarked;
