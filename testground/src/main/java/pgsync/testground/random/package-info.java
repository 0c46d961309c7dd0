/**
 * Schemas as ugly as real ones, made by chance. Takes a seed, gives statements for a source and a target, and statements that change
 * the source later; the same seed gives the same statements on every machine. Never talks to a server, and never says what the
 * product will do with a table beyond "this one must be refused".
 */
@NullMarked
package pgsync.testground.random;

import org.jspecify.annotations.NullMarked;
