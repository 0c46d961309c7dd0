package pgsync.sql;

import pgsync.error.StepFailed;
import pgsync.error.Trouble;

/**
 * How far a server's log has come, in bytes. A source may be several servers, of which the standbys lag. Whatever could be seen of one at
 * a place in its log can be seen of every other that has come as far (manual, 26.4 "Hot Standby"), and need not be seen of one that has not.
 */
public final class LogPlace {
    /**
     * One row, one column: bytes, or null of a standby that has replayed nothing. That of a primary is where the next record begins, behind
     * the header of a page if there is one in between; a standby that has all of it may end before that header, so it does not count.
     * Fails where the role may not call these functions, and on clouds that have none of them.
     */
    public static final String ASK = """
            select p.place - case when p.place % p.page <= 40 then p.place % p.page else 0 end
              from (select pg_catalog.pg_wal_lsn_diff(
                               case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
                                    else pg_catalog.pg_current_wal_insert_lsn() end, '0/0')::pg_catalog.int8 as place,
                           pg_catalog.current_setting('wal_block_size')::pg_catalog.int8 as page) p
            """;

    /**
     * Goes before the begin of a snapshot, in one message with it, so that a pooler does not bring them to two servers. It is
     * answered before the snapshot is taken: the other way round the server might come to the place in between.
     */
    public static final String ASK_BEFORE = "begin isolation level read committed read only;" + ASK + ";commit;";

    private LogPlace() {}

    /** Throws {@link StepFailed} when the server is not at {@code reached}, since its snapshot might lack what was seen there. */
    public static void refuseBehind(String step, long place, long reached) {
        if (place < reached) {
            var reason = "this server of the source lags %d bytes of log behind the one that the run began with"
                    .formatted(reached - place);
            throw new StepFailed(Trouble.SOURCE_LAGS, step, reason, new IllegalStateException(reason));
        }
    }
}
