/**
 * A cluster seen from outside, over the HTTP of its nodes. Takes their addresses and a token; gives what they answer as values, and
 * a run of theirs as if it were one of ours. Never joins the cluster and never touches a database.
 */
@NullMarked
package pgsync.remote;

import org.jspecify.annotations.NullMarked;
