/**
 * Everything about reaching a server: one description made from every form of a connection string, turned into both drivers'
 * options here and nowhere else. Takes text and surroundings, gives pools and sessions; never runs a statement of ours, and no
 * message or {@code toString} of it holds a password.
 */
@NullMarked
package pgsync.connect;

import org.jspecify.annotations.NullMarked;
