package pgsync.coordinator.ledger;

import pgsync.coordinator.moment.OldestTransaction;

/** The SQL of the run's books. Only {@link Ledger} and {@link DeadRuns} read it. */
final class LedgerSql {
    private LedgerSql() {}

    /**
     * {@code $1} schemas, {@code $2} tables, in pairs. One row for each that is known. What a schema of an older pgsync lacks stands
     * in {@code absent}: whoever writes nothing does not bring it forward either.
     */
    static final String STATES = """
            select x.*
              from (select null::text as files, null::text as files_read, null::text as source_position) as absent
             cross join lateral (
                select s.schema_name, s.table_name, s.source_identity, s.phase, s.watermark, s.watermark_column, s.position,
                       s.copy_horizon, s.copy_run, s.shape, files, files_read, source_position
                  from pgsync.table_state s
                  join unnest($1::text[], $2::text[]) as w (schema_name, table_name) using (schema_name, table_name)) x
            """;

    /** {@code $1} runs. The slices of first copies that they began: table, spec, whether it is in the target. */
    static final String SLICES = """
            select t.schema_name, t.table_name, t.spec, t.status = 'DONE' as copied
              from pgsync.task t
             where t.run_id = any ($1) and t.kind = 'COPY'
             order by t.id
            """;

    /**
     * {@code $1} node, {@code $2} schemas, {@code $3} tables, {@code $4} whether the node takes runs over. Open runs of others: run,
     * coordinator, age of its heartbeat in milliseconds, whether PostgreSQL still has a connection of it, whether it holds one of
     * the tables. A run of a cluster lives as long as any coordinator of the cluster does: it would be taken over.
     */
    static final String LIVE_RUNS = """
            select r.id, r.coordinator, n.heartbeat,
                   (extract(epoch from clock_timestamp() - coalesce(n.heartbeat, r.started_at)) * 1000)::bigint as age,
                   exists (select 1 from pg_catalog.pg_stat_activity a
                            where left(a.application_name, 43) = 'pgsync ' || coalesce(n.id, r.coordinator)) as connected,
                   exists (select 1 from pg_catalog.pg_stat_activity a
                            where left(a.application_name, 43) = 'pgsync ' || $1::uuid) as we_are_seen,
                   exists (select 1 from pgsync.table_state s
                             join unnest($2::text[], $3::text[]) as w (schema_name, table_name) using (schema_name, table_name)
                            where s.current_run = r.id) as in_the_way,
                   r.mode, r.requested_by
              from pgsync.run r
              left join lateral (select m.id, m.heartbeat from pgsync.node m
                                  where m.id = r.coordinator
                                     or (m.cluster = r.cluster and m.role = 'coordinator' and (m.id <> $1::uuid or $4))
                                  order by m.heartbeat desc limit 1) n on true
             where r.state in ('planning', 'running') and r.coordinator <> $1::uuid
            """;

    /** {@code $1} run. Fences off every open task: whoever still works on one cannot commit. */
    static final String FENCE_OFF = """
            update pgsync.task
               set status = 'CANCELLED', fence = fence + 1, owner = null, finished_at = clock_timestamp()
             where run_id = $1 and status in ('PENDING', 'CLAIMED')
            """;

    /** {@code $1} run, {@code $2} status for the log, {@code $3} reason. History for tables whose books are still open. */
    static final String LOG_UNFINISHED = """
            insert into pgsync.sync_log (run_id, schema_name, table_name, mode, start_time, end_time, status, rows_upserted,
                                         rows_deleted, rows_unchanged, bytes, watermark_from, watermark_to, error)
            select $1, s.schema_name, s.table_name, coalesce(s.mode, 'unknown'), r.started_at, clock_timestamp(), $2,
                   coalesce(sum(t.rows_upserted), 0), coalesce(sum(t.rows_deleted), 0), coalesce(sum(t.rows_unchanged), 0),
                   coalesce(sum(t.bytes), 0), s.watermark, s.watermark, $3
              from pgsync.table_state s
              join pgsync.run r on r.id = $1
              left join pgsync.task t on t.run_id = $1 and t.schema_name = s.schema_name and t.table_name = s.table_name
                                     and t.started_at >= r.started_at
             where s.current_run = $1
             group by s.schema_name, s.table_name, s.mode, r.started_at, s.watermark
            on conflict on constraint sync_log_once_a_run do nothing
            """;

    /** {@code $1} run. */
    static final String RELEASE = "update pgsync.table_state set current_run = null where current_run = $1";

    /** {@code $1} run, {@code $2} state. */
    static final String FINISH = """
            update pgsync.run set state = $2, finished_at = clock_timestamp()
             where id = $1 and state in ('planning', 'running')
            """;

    /** {@code $1} run, {@code $2} a JSON list. A run that warns without end does not fill the table. */
    static final String KEEP_NOTES = """
            update pgsync.run set notes = notes || $2::jsonb where id = $1 and jsonb_array_length(notes) < 2000
            """;

    /** {@code $1} application name, {@code $2} run. Ends what a dead run left running, its workers' too; our own role's backends may always be ended. */
    static final String TERMINATE = """
            select pg_catalog.pg_terminate_backend(a.pid) from pg_catalog.pg_stat_activity a
             where left(a.application_name, 43) = $1
                or left(a.application_name, 43) in (select 'pgsync ' || t.owner from pgsync.task t
                                                     where t.run_id = $2 and t.status = 'CLAIMED')
            """;

    /** {@code $1} run. Ends transactions of whoever works on the run: they hold rows that closing needs. */
    static final String TERMINATE_OWNERS = """
            select pg_catalog.pg_terminate_backend(a.pid) from pg_catalog.pg_stat_activity a
             where a.xact_start is not null and a.pid <> pg_catalog.pg_backend_pid()
               and left(a.application_name, 43) in (select 'pgsync ' || t.owner from pgsync.task t
                                                     where t.run_id = $1 and t.status = 'CLAIMED')
            """;

    /**
     * {@code $1} run, {@code $2} mode, {@code $3} requested by, {@code $4} coordinator, {@code $5} snapshot, {@code $6} horizon,
     * {@code $7} source, {@code $8} fingerprint, {@code $9} cluster, {@code $10} tables, {@code $11} tasks, {@code $12} rows. A run
     * that was asked for is there already. No row when another coordinator has taken it over.
     */
    static final String OPEN_RUN = """
            insert into pgsync.run as r (id, mode, state, requested_by, coordinator, snapshot, horizon, source_identity,
                                         settings_fingerprint, cluster, tables, tasks, rows_estimated, source_reached)
            values ($1, $2, 'running', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (id) do update
               set state = 'running', snapshot = excluded.snapshot, horizon = excluded.horizon,
                   source_identity = excluded.source_identity, settings_fingerprint = excluded.settings_fingerprint,
                   tables = excluded.tables, tasks = excluded.tasks, rows_estimated = excluded.rows_estimated,
                   source_reached = excluded.source_reached
             where r.coordinator = excluded.coordinator and r.state = 'planning'
            returning r.id
            """;

    /** {@code $1} run that holds them, {@code $2} schemas, {@code $3} tables, in pairs. Nothing is known of what was set back until it is compared. */
    static final String SET_BACK = """
            update pgsync.table_state s set phase = 'new'
              from unnest($2::text[], $3::text[]) as w (schema_name, table_name)
             where s.schema_name = w.schema_name and s.table_name = w.table_name and s.phase = 'live' and s.current_run = $1
            """;

    /**
     * Takes the tables for a run. A table whose columns changed since its last run is new until a run has compared all of it. So is one
     * whose watermark lies after what the source's clock says now, which goes back with the clock.
     * {@code $1} run, {@code $2} source, {@code $3} horizon, then arrays: {@code $4} schemas, {@code $5}
     * tables, {@code $6} modes, {@code $7} watermark columns, {@code $8} is a first copy, {@code $9} shapes,
     * {@code $10} files, {@code $11} positions of the source, {@code $12} stamps from which unfinished upserts go on.
     * One row for each table taken; none for a table that another live run holds.
     */
    static final String HOLD = """
            insert into pgsync.table_state as s (schema_name, table_name, source_identity, phase, mode, watermark_column, shape,
                                                 copy_run, copy_horizon, current_run, files_read, source_position,
                                                 position)
            select w.schema_name, w.table_name, $2, case when w.copying then 'copying' else 'new' end, w.mode,
                   w.watermark_column, w.shape, case when w.copying then $1::uuid end,
                   case when w.copying then $3::timestamptz end, $1::uuid, w.files,
                   w.source_position, w.resumed_at
              from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[], $10::text[],
                          $11::text[], $12::text[])
                   as w (schema_name, table_name, mode, watermark_column, copying, shape, files, source_position, resumed_at)
            on conflict (schema_name, table_name) do update
               set current_run = excluded.current_run, source_identity = excluded.source_identity, mode = excluded.mode,
                   shape = excluded.shape, files_read = excluded.files_read,
                   source_position = excluded.source_position,
                   phase = case when excluded.phase = 'copying' then 'copying'
                                when s.source_identity <> excluded.source_identity or s.phase = 'copying'
                                  or s.shape is distinct from excluded.shape
                                  or s.watermark > $3::timestamptz + interval '%1$d seconds' then 'new'
                                else s.phase end,
                   watermark = case when s.source_identity = excluded.source_identity
                                     and s.watermark_column is not distinct from excluded.watermark_column
                                    then case when s.watermark > $3::timestamptz + interval '%1$d seconds' then $3::timestamptz
                                              else s.watermark end end,
                   position = case when s.source_identity = excluded.source_identity
                                    and s.watermark_column is not distinct from excluded.watermark_column
                                   then excluded.position end,
                   watermark_column = excluded.watermark_column,
                   copy_horizon = case when excluded.mode = 'resume' then s.copy_horizon else excluded.copy_horizon end,
                   copy_run = excluded.copy_run
             where s.current_run is null
            returning schema_name, table_name
            """.formatted(OldestTransaction.MARGIN.toSeconds());

    /** {@code $1} new run, {@code $2} runs that began the copies, {@code $3} schemas, {@code $4} tables. Done slices belong to the new run; their snapshot has no name any more that could be mistaken for another one's. */
    static final String ADOPT = """
            update pgsync.task t set run_id = $1, snapshot = null
              from unnest($3::text[], $4::text[]) as w (schema_name, table_name)
             where t.run_id = any ($2) and t.schema_name = w.schema_name and t.table_name = w.table_name
               and t.kind = 'COPY' and t.status = 'DONE'
            """;

    /** {@code $1} run, then arrays: {@code $2} schemas, {@code $3} tables, {@code $4} kinds, {@code $5} gates, {@code $6} stages, {@code $7} costs, {@code $8} specs. */
    static final String TASKS = """
            insert into pgsync.task (run_id, schema_name, table_name, kind, gate, stage, cost, spec)
            select $1, w.schema_name, w.table_name, w.kind, w.gate, w.stage, w.cost, w.spec
              from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::text[])
                   as w (schema_name, table_name, kind, gate, stage, cost, spec)
            """;

    /** {@code $1} run, then arrays: {@code $2} schemas, {@code $3} tables, {@code $4} reasons, {@code $5} remedies. */
    static final String SKIPPED = """
            insert into pgsync.sync_log (run_id, schema_name, table_name, mode, start_time, end_time, status, error, remedy)
            select $1, w.schema_name, w.table_name, 'none', clock_timestamp(), clock_timestamp(), 'skipped', w.reason, w.remedy
              from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as w (schema_name, table_name, reason, remedy)
            """;

    /** {@code $1} run, {@code $2} at most. Ids that may be claimed now, dearest first. */
    static final String DUE = """
            select t.id from pgsync.task t
             where t.run_id = $1 and t.status = 'PENDING' and t.not_before <= clock_timestamp()
               and not exists (select 1 from pgsync.task e
                                where e.run_id = t.run_id and e.gate = t.gate and e.stage < t.stage
                                  and e.status in ('PENDING', 'CLAIMED'))
             order by t.cost desc, t.id
             limit $2
            """;

    /**
     * {@code $1} run, {@code $2} coordinator. One row: 0 when no task is open, whether someone asked to cancel, whether the run is
     * still ours, its snapshot. Asked after every task, so it counts no further than 1.
     */
    static final String OPEN = """
            select (select count(*) from (select 1 from pgsync.task t
                                           where t.run_id = $1 and t.status in ('PENDING', 'CLAIMED') limit 1) o) as open,
                   r.cancel_requested, r.coordinator = $2 as ours, r.snapshot
              from pgsync.run r where r.id = $1
            """;

    /** {@code $1} run. Cancels what nobody has begun; one row for each table concerned. */
    static final String CANCEL_PENDING = """
            with gone as (
                update pgsync.task set status = 'CANCELLED', fence = fence + 1, finished_at = clock_timestamp()
                 where run_id = $1 and status = 'PENDING'
                returning schema_name, table_name)
            select distinct schema_name, table_name from gone
            """;

    /** {@code $1} run, {@code $2} coordinator. One row when the run is still this coordinator's; nobody takes it over meanwhile. */
    static final String KEEP = "select 1 from pgsync.run where id = $1 and coordinator = $2 for update";

    static final String SETTLE = "select pgsync.settle_table($1, $2, $3)";

    /**
     * {@code $1} run, {@code $2} snapshot, {@code $3} coordinator. Slices that are done keep no name of the old one: after a restart of the source the
     * new one may have the same. Slices nobody began are no first attempts any more, so they go through the stage: a row may
     * have moved into them from a slice that is done. Those that somebody began may have written rows of the old snapshot.
     */
    static final String NEW_SNAPSHOT = """
            with opened as (update pgsync.run set snapshot = $2
                             where id = $1 and coordinator = $3 and state = 'running' returning id)
            update pgsync.task t
               set snapshot = case when t.status = 'PENDING' and t.attempt = 0 then $2 end,
                   attempt = case when t.status = 'PENDING' then greatest(t.attempt, 1) else t.attempt end
              from opened
             where t.run_id = opened.id and t.kind = 'COPY' and t.status in ('PENDING', 'DONE')
            """;

    /** {@code $1} run, {@code $2} last id seen. Lines of history that came since, in order. */
    static final String ENDED = """
            select id, schema_name, table_name, mode, status, guard, rows_upserted, rows_deleted, rows_unchanged, bytes,
                   to_char(watermark_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as watermark_from,
                   to_char(watermark_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as watermark_to,
                   error, remedy, (extract(epoch from end_time - start_time) * 1000)::bigint as took
              from pgsync.sync_log
             where run_id = $1 and id > $2
             order by id
            """;

    /** {@code $1} run. Its tasks are of no use any more unless they are slices of an unfinished copy. */
    static final String FORGET_TASKS = """
            delete from pgsync.task t
             where t.run_id in (select r.id from pgsync.run r
                                 where r.state in ('done', 'failed', 'cancelled') and r.id <> $1
                                   and r.finished_at < clock_timestamp() - interval '1 day')
               and not exists (select 1 from pgsync.table_state s where s.copy_run = t.run_id)
            """;

    /**
     * {@code $1} age in seconds, {@code $2} at most. Runs that ended longer ago, the oldest first, with their history; the counters of
     * monitoring keep them. What is left is what somebody still asks: a copy that is not complete, what is known of a table (its newest
     * line), and the newest run of each kind, by which a schedule knows its last one and monitoring what the last verification found.
     * {@code offset 0} keeps PostgreSQL from joining: runs are asked one by one until there are enough, and not all of a long history
     * with all of their lines for a hundred of them.
     */
    static final String FORGET_RUNS = """
            with old as (
                select r.id from pgsync.run r
                 where r.started_at < now() - $1::float8 * interval '1 second'
                   and r.finished_at < now() - $1::float8 * interval '1 second'
                   and r.id not in (select s.copy_run from pgsync.table_state s where s.copy_run is not null)
                   and not exists (select 1 from pgsync.table_state s where s.current_run = r.id offset 0)
                   and not exists (select 1 from pgsync.task t where t.run_id = r.id offset 0)
                   and exists (select 1 from pgsync.run n
                                where n.started_at > r.started_at and n.cluster is not distinct from r.cluster
                                  and n.requested_by = r.requested_by and n.mode = r.mode and n.state = r.state
                                offset 0)
                   and not exists (select 1 from pgsync.sync_log l
                                    where l.run_id = r.id
                                      and not exists (select 1 from pgsync.sync_log n
                                                       where n.schema_name = l.schema_name and n.table_name = l.table_name
                                                         and n.id > l.id)
                                    offset 0)
                 order by r.started_at
                 limit $2
                   for update skip locked),
            lines as (delete from pgsync.sync_log l using old where l.run_id = old.id),
            gone as (
                delete from pgsync.run r using old where r.id = old.id
                returning r.state, extract(epoch from r.finished_at - r.started_at)::float8 as seconds)
            insert into pgsync.forgotten_runs as f (state, runs, seconds)
            select g.state, count(*), sum(g.seconds) from gone g group by g.state
            on conflict (state) do update set runs = f.runs + excluded.runs, seconds = f.seconds + excluded.seconds
            """;

    /** {@code $1} run, {@code $2} node. Claims of nodes that said nothing for the lease, or left: task, owner, fence, how often that happened. */
    static final String ORPHANS = """
            select t.id, t.owner, t.fence, t.requeues, t.schema_name, t.table_name from pgsync.task t
             where t.status = 'CLAIMED' and t.run_id = $1 and t.owner <> $2 and not pgsync.lives(t.owner)
             order by t.id
            """;

    /** {@code $1} task, {@code $2} owner, {@code $3} fence. One row when it was still theirs and they still say nothing. Waits for the owner's transaction. */
    static final String REQUEUE = """
            update pgsync.task
               set status = 'PENDING', fence = fence + 1, owner = null, requeues = requeues + 1, not_before = clock_timestamp()
             where id = $1 and owner = $2 and fence = $3 and status = 'CLAIMED' and not pgsync.lives($2)
            returning id
            """;

    /** {@code $1} task, {@code $2} owner, {@code $3} fence, {@code $4} reason, {@code $5} remedy. The same for a task that has ended too many owners: one row, run, schema, table. */
    static final String CONDEMN = """
            update pgsync.task
               set status = 'FAILED', fence = fence + 1, owner = null, finished_at = clock_timestamp(), last_error = $4, remedy = $5
             where id = $1 and owner = $2 and fence = $3 and status = 'CLAIMED' and not pgsync.lives($2)
            returning run_id, schema_name, table_name
            """;

    /** {@code $1} cluster. Slots of all nodes of it that live. */
    static final String SLOTS = """
            select coalesce(sum(n.slots), 0) from pgsync.node n
             where n.cluster = $1 and n.heartbeat > clock_timestamp() - interval '5 seconds'
            """;

    /** {@code $1} cluster. Coordinators that live, oldest first. */
    static final String COORDINATORS = """
            select n.id, n.address from pgsync.node n
             where n.cluster = $1 and n.role = 'coordinator' and n.heartbeat > clock_timestamp() - interval '5 seconds'
             order by n.started_at, n.id
            """;

    /**
     * {@code $1} cluster. The heir is who drives the run when its driver does not live: of the coordinators that do, the oldest
     * that is not known to read another source than the run.
     */
    static final String OPEN_RUNS = """
            select r.id, r.state, r.coordinator, coalesce(pgsync.lives(r.coordinator), false) as lives, r.request, r.requested_by, r.cancel_requested,
                   r.horizon, r.snapshot, r.source_reached,
                   (select n.id from pgsync.node n
                     where n.cluster = r.cluster and n.role = 'coordinator'
                       and n.heartbeat > clock_timestamp() - interval '5 seconds'
                       and (r.source_identity is null or n.source_identity is null
                            or pgsync.same_source(r.source_identity, n.source_identity))
                     order by n.started_at, n.id limit 1) as heir
              from pgsync.run r
             where r.cluster = $1 and r.state in ('planning', 'running')
             order by r.started_at
            """;

    /** {@code $1} cluster, {@code $2} who asks for scheduled runs. One row: the time, and when the last one was asked for. */
    static final String LAST_SCHEDULED = """
            select clock_timestamp() as now,
                   (select max(r.started_at) from pgsync.run r where r.cluster = $1 and r.requested_by = $2) as last
            """;

    /** {@code $1} run, {@code $2} new driver, {@code $3} old driver or null. */
    static final String TAKE_OVER = """
            update pgsync.run r set coordinator = $2
             where r.id = $1 and r.state in ('planning', 'running')
               and r.coordinator is not distinct from $3::uuid and ($3::uuid is null or $3 = $2 or not pgsync.lives($3))
            returning r.id
            """;

    /** {@code $1} run, {@code $2} driver. One row when it is theirs and not published. */
    static final String PLANNED = "select 1 from pgsync.run where id = $1 and coordinator = $2 and state = 'planning'";

    /** {@code $1} run, {@code $2} driver. */
    static final String LET_GO = """
            update pgsync.run r set coordinator = null
             where r.id = $1 and r.coordinator = $2 and r.state = 'planning'
               and not exists (select 1 from pgsync.run o
                                where o.cluster = r.cluster and o.state = 'planning' and o.coordinator is null)
            """;

    /** {@code $1} run, {@code $2} driver, {@code $3} exit code, {@code $4} error, {@code $5} remedy. */
    static final String CANNOT_BEGIN = """
            update pgsync.run
               set state = 'failed', finished_at = clock_timestamp(), exit_code = $3, error = $4, remedy = $5
             where id = $1 and coordinator = $2 and state = 'planning'
            """;

    /** {@code $1} run, {@code $2} driver, {@code $3} report, {@code $4} state. */
    static final String REHEARSED = """
            update pgsync.run set state = $4, finished_at = clock_timestamp(), report = $3
             where id = $1 and coordinator = $2 and state = 'planning'
            """;

    /** {@code $1} run, {@code $2} driver. One row when somebody asked for it and the run was not published. */
    static final String CANCELLED = """
            update pgsync.run set state = 'cancelled', finished_at = clock_timestamp()
             where id = $1 and coordinator = $2 and state = 'planning' and cancel_requested
            returning id
            """;

    static final String FORGET_NODES =
            "delete from pgsync.node where heartbeat < clock_timestamp() - interval '1 hour'";
}
