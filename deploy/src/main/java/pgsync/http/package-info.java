/**
 * A node's status over HTTP: health, cluster, runs, tables, events, metrics, dashboard. Takes a view of the process it runs in and
 * a pool on the target, gives a server. Never decides anything about a run but by asking for one, never waits on an event loop, and
 * never answers with a secret, a row or a stack trace.
 */
@NullMarked
package pgsync.http;

import org.jspecify.annotations.NullMarked;
