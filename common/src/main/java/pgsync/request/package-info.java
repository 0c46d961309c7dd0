/**
 * Runs that somebody asks a cluster for. Takes what is wanted, leaves a row in the target that any coordinator of the cluster can
 * take up; never begins a run itself.
 */
@NullMarked
package pgsync.request;

import org.jspecify.annotations.NullMarked;
