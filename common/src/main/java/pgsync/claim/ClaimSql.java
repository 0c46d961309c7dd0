package pgsync.claim;

/** The SQL of {@code pgsync.task}. Only {@link Claims} reads it; {@code FENCE} and {@code DONE} are the worker's, inside its transactions. */
public final class ClaimSql {
    private ClaimSql() {}

    /**
     * {@code $1} task, {@code $2} node, {@code $3} identity of the node's source or null. One row when the claim is won: run, fence,
     * attempt, steps done, snapshot, spec, mode, how far the source had come. No row when somebody else has it, it is not due, its run is
     * over or reads another source, an earlier stage is still open, or nobody has heard of us lately: then it would be taken from us at
     * once. A slice that was begun in another snapshot keeps no name of one: it may have left rows of that one behind.
     */
    static final String CLAIM = """
            update pgsync.task t
               set status = 'CLAIMED', fence = t.fence + 1, owner = $2, attempt = t.attempt + 1,
                   snapshot = case when t.kind = 'COPY' and t.attempt > 0 and t.snapshot is distinct from r.snapshot then null
                                   else r.snapshot end,
                   started_at = clock_timestamp()
              from pgsync.run r
             where t.id = $1 and r.id = t.run_id and r.state = 'running' and not r.cancel_requested
               and ($3::text is null or pgsync.same_source(r.source_identity, $3))
               and pgsync.lives($2)
               and t.status = 'PENDING' and t.not_before <= clock_timestamp()
               and not exists (select 1 from pgsync.task e
                                where e.run_id = t.run_id and e.gate = t.gate and e.stage < t.stage
                                  and e.status in ('PENDING', 'CLAIMED'))
            returning t.run_id, t.fence, t.attempt, t.position, r.snapshot, t.spec,
                      coalesce((select s.mode from pgsync.table_state s
                                 where s.schema_name = t.schema_name and s.table_name = t.table_name), 'unknown'),
                      r.source_reached
            """;

    /**
     * First statement of every transaction that writes the target. Parameters: task, fence (JDBC). No row: another owner has
     * the task, so nothing may be written. FOR SHARE makes a takeover wait for our commit instead of overtaking it.
     */
    public static final String FENCE =
            "select 1 from pgsync.task where id = %d and fence = %d and status = 'CLAIMED' for share";

    /** {@code $1} task, {@code $2} fence, {@code $3} milliseconds, {@code $4} reason. Back to the queue after a while. */
    static final String RETRY = """
            update pgsync.task
               set status = 'PENDING', owner = null, not_before = clock_timestamp() + $3 * interval '1 millisecond', last_error = $4
             where id = $1 and fence = $2 and status = 'CLAIMED'
            """;

    /**
     * {@code $1} task, {@code $2} fence. Back to the queue at once, and the attempt does not count. Unless the run has another
     * snapshot by now: then it is no first attempt any more, since slices that are done were read in the old one.
     */
    static final String GIVE_BACK = """
            update pgsync.task t
               set status = 'PENDING', owner = null, not_before = clock_timestamp(),
                   attempt = case when t.snapshot is not distinct from r.snapshot then t.attempt - 1 else t.attempt end
              from pgsync.run r
             where t.id = $1 and t.fence = $2 and t.status = 'CLAIMED' and r.id = t.run_id
            """;

    /** {@code $1} task, {@code $2} node, {@code $3} fence or null for any. A claim of ours that nobody works on. */
    static final String TAKE_BACK = """
            update pgsync.task set status = 'PENDING', fence = fence + 1, owner = null, not_before = clock_timestamp()
             where id = $1 and owner = $2 and status = 'CLAIMED' and ($3::bigint is null or fence = $3)
            """;

    /** {@code $1} node. Its claims: task, fence. */
    static final String OURS = "select id, fence from pgsync.task where owner = $1 and status = 'CLAIMED'";

    /** {@code $1} task, {@code $2} fence, {@code $3} reason, {@code $4} remedy, {@code $5} the delete guard. One row: run, schema, table; none when the fence is lost. */
    static final String FAIL = """
            update pgsync.task
               set status = 'FAILED', owner = null, finished_at = clock_timestamp(), last_error = $3, remedy = $4, guard = $5
             where id = $1 and fence = $2 and status = 'CLAIMED'
            returning run_id, schema_name, table_name
            """;

    /** {@code $1} run, {@code $2} schema, {@code $3} table. What is left of a failed table is not begun any more. */
    public static final String CANCEL_REST_OF_TABLE = """
            update pgsync.task
               set status = 'CANCELLED', fence = fence + 1, finished_at = clock_timestamp()
             where run_id = $1 and schema_name = $2 and table_name = $3 and status = 'PENDING'
            """;

    /** {@code $1} run. The run gives up: what is pending is cancelled, what is claimed ends by itself. */
    static final String CANCEL_RUN = "update pgsync.run set cancel_requested = true where id = $1";

    static final String SETTLE = "select pgsync.settle_table($1, $2, $3)";
}
