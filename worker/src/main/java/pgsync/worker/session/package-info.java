/** A worker's two connections: the source in a snapshot, the target in fenced transactions. Takes claims, gives transactions; nothing else begins or commits one. */
@NullMarked
package pgsync.worker.session;

import org.jspecify.annotations.NullMarked;
