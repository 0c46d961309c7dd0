/**
 * What the state tables say, for people: nodes, runs, tables. Takes a pool on the target, gives records shaped as HTTP and
 * {@code pgsync status} show them. Never writes, never asks the cluster, never reads a row of a synchronized table.
 */
@NullMarked
package pgsync.status;

import org.jspecify.annotations.NullMarked;
