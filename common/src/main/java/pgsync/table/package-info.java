/** What PostgreSQL says its tables are. Takes a connection, gives one {@code Catalog} of a whole database side; never reads a row of a user table. */
@NullMarked
package pgsync.table;

import org.jspecify.annotations.NullMarked;
