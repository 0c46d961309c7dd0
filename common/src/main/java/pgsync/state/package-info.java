/** The schema {@code pgsync} of the target: made on first use, kept by numbered migrations. Takes a connection, gives tables; never reads a user table. */
@NullMarked
package pgsync.state;

import org.jspecify.annotations.NullMarked;
