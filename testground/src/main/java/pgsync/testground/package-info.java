/**
 * Ground to run against: PostgreSQL servers of several majors, a shop schema with changes in it, and an oracle that compares two databases.
 * Takes a major and settings, gives running servers that end with this JVM. Never uses a class of the product, so that a fault of
 * the product cannot hide itself.
 */
@NullMarked
package pgsync.testground;

import org.jspecify.annotations.NullMarked;
