/**
 * The product shown at work. Takes nothing but this machine: brings two servers, fills one, synchronizes with a cluster of
 * processes of the product, kills one of them and lets the oracle judge. Never loaded by another command, since its servers are not on their class path.
 */
@NullMarked
package pgsync.demo;

import org.jspecify.annotations.NullMarked;
