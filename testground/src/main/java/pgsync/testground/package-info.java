/**
 * Ground to run against: PostgreSQL servers of several majors, a shop schema with changes in it, an oracle that compares two databases,
 * and what fails between machines: a faulty network in front of a server, network namespaces that can be cut apart.
 * Takes a major and settings, gives running servers that end with this JVM. Never uses a class of the product, so that a fault of
 * the product cannot hide itself.
 */
@NullMarked
package pgsync.testground;

import org.jspecify.annotations.NullMarked;
