package pgsync.status;

/** What is asked of the state tables. Only {@link Status} reads it. Moments come out as ISO 8601 text in UTC. */
final class StatusSql {
    private StatusSql() {}

    /** {@code $1} cluster. One row for each process that wrote its name there and did not leave. Dead is as the coordinator counts it. */
    static final String NODES = """
            select n.id, n.name, n.role, n.address, n.http, n.version, n.slots, n.note,
                   (extract(epoch from clock_timestamp() - n.heartbeat) * 1000)::bigint as heartbeat_age,
                   n.heartbeat > clock_timestamp() - interval '5 seconds' as alive,
                   (select count(*) from pgsync.task t where t.owner = n.id and t.status = 'CLAIMED')::int as tasks
              from pgsync.node n
             where n.cluster = $1
             order by n.started_at, n.id
             limit 1000
            """;

    // Of an open run the tasks know what was done so far, of an ended one the history: its tasks are forgotten after a
    // day.
    // Slices that an earlier run copied belong to this one without having been done by it.
    private static final String RUN = """
            select r.id, r.mode, r.state, r.dry_run, r.requested_by, r.cluster, r.coordinator, r.cancel_requested,
                   to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as started_at,
                   to_char(r.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as finished_at,
                   r.snapshot, to_char(r.horizon at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as horizon,
                   coalesce(r.tasks, t.tasks) as tasks, r.rows_estimated, r.exit_code, r.error, r.remedy,
                   l.differences, r.notes,
                   coalesce(r.tables, nullif(l.tables + h.tables, 0)) as tables,
                   l.done, l.failed, l.guarded, l.skipped, l.cancelled, h.tables as open,
                   case when t.tasks is null then l.upserted else t.upserted end as upserted,
                   case when t.tasks is null then l.deleted else t.deleted end as deleted,
                   case when t.tasks is null then l.unchanged else t.unchanged end as unchanged,
                   case when t.tasks is null then l.bytes else t.bytes end as bytes,
                   extract(epoch from coalesce(r.finished_at, clock_timestamp()) - r.started_at)::float8 as seconds,
                   t.ended_cost / nullif(t.cost, 0) as progress
              from pgsync.run r
             cross join lateral (
                   select count(*)::int as tables,
                          (count(*) filter (where g.status = 'done'))::int as done,
                          (count(*) filter (where g.status = 'failed' and not g.guard))::int as failed,
                          (count(*) filter (where g.status = 'failed' and g.guard))::int as guarded,
                          (count(*) filter (where g.status = 'skipped'))::int as skipped,
                          (count(*) filter (where g.status = 'cancelled'))::int as cancelled,
                          coalesce(sum(g.rows_upserted), 0)::bigint as upserted,
                          coalesce(sum(g.rows_deleted), 0)::bigint as deleted,
                          coalesce(sum(g.rows_unchanged), 0)::bigint as unchanged,
                          coalesce(sum(g.bytes), 0)::bigint as bytes,
                          sum((g.differences ->> 'different')::bigint + (g.differences ->> 'missing')::bigint
                              + (g.differences ->> 'extra')::bigint)::bigint as differences
                     from (select h.status, h.guard, h.rows_upserted, h.rows_deleted, h.rows_unchanged, h.bytes,
                                  null::jsonb as differences
                             from pgsync.sync_log h where h.run_id = r.id
                           union all
                           select case when e.status = 'guard' then 'failed' else e.status end, e.status = 'guard',
                                  e."rowsUpserted", e."rowsDeleted", e."rowsUnchanged", e.bytes, e.differences
                             from jsonb_to_recordset(r.report::jsonb) as e (status text, "rowsUpserted" bigint,
                                  "rowsDeleted" bigint, "rowsUnchanged" bigint, bytes bigint, differences jsonb)) g) l
             cross join lateral (select count(*)::int as tables from pgsync.table_state s where s.current_run = r.id) h
             left join lateral (
                   select count(*)::int as tasks,
                          coalesce(sum(k.rows_upserted), 0)::bigint as upserted,
                          coalesce(sum(k.rows_deleted), 0)::bigint as deleted,
                          coalesce(sum(k.rows_unchanged), 0)::bigint as unchanged,
                          coalesce(sum(k.bytes), 0)::bigint as bytes,
                          sum(k.cost + 1)::float8 as cost,
                          coalesce(sum(k.cost + 1) filter (where k.status not in ('PENDING', 'CLAIMED')), 0)::float8 as ended_cost
                     from pgsync.task k
                    where k.run_id = r.id and (k.status <> 'DONE' or k.started_at >= r.started_at)
                   ) t on r.state = 'running'
            """;

    /** {@code $1} at most. Newest first. */
    static final String RUNS = RUN + """
             where r.id in (select n.id from pgsync.run n order by n.started_at desc, n.id limit $1)
             order by r.started_at desc, r.id
            """;

    /** {@code $1} run. One row, none when there is no such run. */
    static final String ONE_RUN = RUN + """
             where r.id = $1
            """;

    /** {@code $1} at most. Runs that are open or ended within the last half minute, and the newest one. Newest first. */
    static final String RECENT_RUNS = RUN + """
             where r.id in (select n.id from pgsync.run n
                             where n.state in ('planning', 'running')
                                or n.started_at > clock_timestamp() - interval '30 days'
                               and n.finished_at > clock_timestamp() - interval '30 seconds'
                                or n.id = (select w.id from pgsync.run w order by w.started_at desc, w.id limit 1)
                             order by n.started_at desc, n.id
                             limit $1)
             order by r.started_at desc, r.id
            """;

    private static final String LOG_COLUMNS = """
            l.mode, case when l.guard then 'guard' else l.status end as status,
            to_char(l.start_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start_time,
            to_char(l.end_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as end_time,
            l.rows_upserted, l.rows_deleted, l.rows_unchanged, l.bytes,
            to_char(l.watermark_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as watermark_from,
            to_char(l.watermark_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as watermark_to,
            l.error, l.remedy, null::text as differences
            """;

    private static final String TASK_COLUMNS = """
            coalesce(s.mode, 'unknown') as mode, case when t.begun then 'running' else 'waiting' end as status,
            to_char(t.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start_time, null::text as end_time,
            t.rows_upserted, t.rows_deleted, t.rows_unchanged, t.bytes,
            to_char(s.watermark at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as watermark_from,
            null::text as watermark_to, t.last_error as error, t.remedy, null::text as differences
            """;

    private static final String TASKS_OF_TABLE = """
            (select count(*)::int as tasks, (count(*) filter (where k.status = 'DONE'))::int as tasks_done,
                    coalesce(bool_or(k.status = 'CLAIMED' or k.started_at >= r.started_at), false) as begun,
                    min(k.started_at) filter (where k.started_at >= r.started_at) as started_at,
                    coalesce(sum(k.rows_upserted) filter (where k.started_at >= r.started_at), 0)::bigint as rows_upserted,
                    coalesce(sum(k.rows_deleted) filter (where k.started_at >= r.started_at), 0)::bigint as rows_deleted,
                    coalesce(sum(k.rows_unchanged) filter (where k.started_at >= r.started_at), 0)::bigint as rows_unchanged,
                    coalesce(sum(k.bytes) filter (where k.started_at >= r.started_at), 0)::bigint as bytes,
                    max(k.last_error) as last_error, max(k.remedy) as remedy
               from pgsync.task k
              where k.run_id = r.id and k.schema_name = p.schema_name and k.table_name = p.table_name)
            """;

    /**
     * {@code $1} run, {@code $2} schema and {@code $3} table after which the page begins, both empty for the first page, {@code $4}
     * at most. In the order of names.
     */
    static final String TABLES_OF_RUN = """
            with page as (
                select x.schema_name, x.table_name, x.line
                  from ((select l.schema_name, l.table_name, l.id as line from pgsync.sync_log l
                          where l.run_id = $1 and (l.schema_name, l.table_name) > ($2::text, $3::text)
                          order by l.schema_name, l.table_name limit $4)
                        union all
                        (select s.schema_name, s.table_name, null from pgsync.table_state s
                          where s.current_run = $1 and (s.schema_name, s.table_name) > ($2::text, $3::text)
                          order by s.schema_name, s.table_name limit $4)
                        union all
                        (select e.schema, e."table", -1 from pgsync.run d
                          cross join lateral jsonb_to_recordset(d.report::jsonb) as e (schema text, "table" text)
                          where d.id = $1 and (e.schema, e."table") > ($2::text, $3::text)
                          order by 1, 2 limit $4)) x
                 order by x.schema_name, x.table_name
                 limit $4)
            select p.schema_name, p.table_name, 0::bigint as line, t.tasks, t.tasks_done,
            """ + TASK_COLUMNS + """
              from page p
              join pgsync.run r on r.id = $1
              join pgsync.table_state s on s.schema_name = p.schema_name and s.table_name = p.table_name
             cross join lateral
            """ + TASKS_OF_TABLE + """
             t
             where p.line is null
            union all
            select p.schema_name, p.table_name, l.id, null, null,
            """ + LOG_COLUMNS + """
              from page p
              join pgsync.sync_log l on l.id = p.line
            union all
            select p.schema_name, p.table_name, 0, null, null, e.mode, e.status, null, null, e."rowsUpserted", e."rowsDeleted",
                   e."rowsUnchanged", e.bytes, null, null, e.error, e.remedy, e.differences::text
              from page p
              join pgsync.run d on d.id = $1
             cross join lateral jsonb_to_recordset(d.report::jsonb) as e (schema text, "table" text, mode text, status text,
                   "rowsUpserted" bigint, "rowsDeleted" bigint, "rowsUnchanged" bigint, bytes bigint, error text, remedy text, differences jsonb)
             where p.line = -1 and e.schema = p.schema_name and e."table" = p.table_name
             order by 1, 2
            """;

    /** {@code $1} run. How many tables it ended, holds or, dry, reports. */
    static final String COUNT_TABLES_OF_RUN = """
            select (select count(*) from pgsync.sync_log where run_id = $1)
                   + (select count(*) from pgsync.table_state where current_run = $1)
                   + coalesce((select jsonb_array_length(report::jsonb) from pgsync.run where id = $1), 0)
            """;

    /**
     * {@code $1} part of the name, {@code $2} state, both null for all; {@code $3} sort, {@code $4} descending, {@code $5} at most,
     * {@code $6} how many to leave out. At least one row, with the length of the whole list; its names are null when the page is empty.
     */
    static final String TABLES = """
            with known as (
                select s.schema_name, s.table_name,
                       case when s.current_run is not null then 'running'
                            when s.last_error is not null then 'failed'
                            when s.last_success is not null then 'done'
                            else 'new' end as state,
                       s.mode, s.watermark_column, s.watermark, s.last_success, s.last_verified, s.last_error, s.current_run
                  from pgsync.table_state s
                union all
                select l.schema_name, l.table_name, 'skipped', null, null, null, null, null, l.error, null
                  from pgsync.sync_log l
                 where l.run_id = (select r.id from pgsync.run r
                                     where r.mode <> 'verify' and not r.dry_run and r.state <> 'planning'
                                     order by r.started_at desc, r.id limit 1)
                   and l.status = 'skipped'
                   and not exists (select 1 from pgsync.table_state s
                                    where s.schema_name = l.schema_name and s.table_name = l.table_name)),
            chosen as (
                select k.* from known k
                 where ($1::text is null or position(lower($1::text) in lower(k.schema_name || '.' || k.table_name)) > 0)
                   and ($2::text is null or k.state = $2::text)),
            ranked as (
                select c.*,
                       case $3::text
                            when 'lag' then - extract(epoch from coalesce(c.watermark, c.last_success))::float8
                            when 'watermark' then extract(epoch from c.watermark)::float8
                            when 'success' then extract(epoch from c.last_success)::float8
                            when 'state' then array_position(array['failed', 'running', 'new', 'skipped', 'done'], c.state)
                       end as rank
                  from chosen c),
            page as (
                select row_number() over () as place, o.*
                  from (select r.* from ranked r
                         order by case when not $4::boolean then r.rank end nulls last,
                                  case when $4::boolean then r.rank end desc nulls last,
                                  case when $4::boolean and $3::text = 'name' then r.schema_name end desc,
                                  case when $4::boolean and $3::text = 'name' then r.table_name end desc,
                                  r.schema_name, r.table_name
                         limit $5 offset $6) o)
            select n.total, p.schema_name, p.table_name, p.state, p.mode, p.watermark_column,
                   to_char(p.watermark at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as watermark,
                   greatest(extract(epoch from clock_timestamp() - coalesce(p.watermark, p.last_success)), 0)::float8 as lag,
                   coalesce(p.watermark, p.last_success) is not null as has_lag,
                   to_char(p.last_success at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_success,
                   to_char(p.last_verified at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_verified,
                   p.last_error, p.current_run, l.run_id, case when l.guard then 'guard' else l.status end as status,
                   to_char(l.start_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start_time,
                   to_char(l.end_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as end_time,
                   l.rows_upserted, l.rows_deleted, l.rows_unchanged, l.bytes, l.error, l.remedy
              from (select count(*) as total from chosen) n
              left join page p on true
              left join lateral (select g.* from pgsync.sync_log g
                                  where g.schema_name = p.schema_name and g.table_name = p.table_name
                                  order by g.id desc limit 1) l on true
             order by p.place
            """;

    /** The newest line of history, 0 when there is none. */
    static final String LAST_LINE = "select coalesce(max(id), 0) from pgsync.sync_log";

    /** {@code $1} line, {@code $2} at most. Tables that ended, by lines of history after that one, in order. */
    static final String ENDED_TABLES = """
            select l.id as line, l.run_id, l.schema_name, l.table_name, null::int as tasks, null::int as tasks_done,
            """ + LOG_COLUMNS + """
              from pgsync.sync_log l
             where l.id > $1
             order by l.id
             limit $2
            """;

    /** {@code $1} at most. Tables that somebody works on now. */
    static final String TABLES_IN_WORK = """
            select 0::bigint as line, p.run_id, p.schema_name, p.table_name, t.tasks, t.tasks_done,
            """ + TASK_COLUMNS + """
              from (select distinct c.run_id, c.schema_name, c.table_name from pgsync.task c
                     where c.status = 'CLAIMED' order by 1, 2, 3 limit $1) p
              join pgsync.run r on r.id = p.run_id
              join pgsync.table_state s on s.schema_name = p.schema_name and s.table_name = p.table_name
             cross join lateral
            """ + TASKS_OF_TABLE + """
             t
             order by 2, 3, 4
            """;

    /** Runs that ended: state, how many, seconds in all. With those that were forgotten, so these only grow. */
    static final String ENDED_RUNS = """
            select e.state, sum(e.runs)::bigint as runs, sum(e.seconds)::float8 as seconds
              from (select state, count(*) as runs, sum(extract(epoch from finished_at - started_at))::float8 as seconds
                      from pgsync.run where finished_at is not null group by state
                    union all
                    select state, runs, seconds from pgsync.forgotten_runs) e
             group by e.state
            """;

    /** One row: what the last verification that ended well found, null before the first. One report is read, not all of them. */
    static final String LAST_DIFFERENCES = """
            select sum((e -> 'differences' ->> 'different')::bigint + (e -> 'differences' ->> 'missing')::bigint
                       + (e -> 'differences' ->> 'extra')::bigint)::bigint as differences
              from pgsync.run r
             cross join lateral jsonb_array_elements(r.report::jsonb) e
             where r.id = (select v.id from pgsync.run v
                            where v.mode = 'verify' and v.state = 'done'
                            order by v.finished_at desc limit 1)
            """;

    /** Tasks of open runs: status, how many. */
    static final String TASKS = """
            select lower(t.status) as status, count(*) as tasks from pgsync.task t
             where t.run_id in (select r.id from pgsync.run r where r.state in ('planning', 'running'))
             group by t.status
            """;

    /** {@code $1} at most. When each table last ended well, the longest ago first. */
    static final String SUCCESSES = """
            select schema_name, table_name, extract(epoch from last_success)::float8 as success
              from pgsync.table_state where last_success is not null order by last_success limit $1
            """;
}
