-- A table that was truncated and loaded again, swapped with another or written anew has rows that no watermark finds. So it is kept
-- in which files both sides had their rows. files_read: of the run that holds the table, or held it last, and over all runs that
-- work on one first copy; files: of the last run that was done, the only one after which both sides are known to be equal.
alter table pgsync.table_state
    add column files      text,
    add column files_read text;

create or replace function pgsync.settle_table(p_run uuid, p_schema text, p_table text) returns boolean
language plpgsql set search_path = pg_catalog as $$
declare
    v_state  pgsync.table_state%rowtype;
    v_run    pgsync.run%rowtype;
    v_failed pgsync.task%rowtype;
    v_status text;
    v_to     timestamptz;
begin
    -- Two last slices that end at the same time would each still see the other one open: one waits here for the other, and the
    -- statements after this one see what it committed.
    select * into v_state from pgsync.table_state
     where schema_name = p_schema and table_name = p_table and current_run = p_run
       for update;
    if not found then
        return false;
    end if;
    if exists (select 1 from pgsync.task
                where run_id = p_run and schema_name = p_schema and table_name = p_table
                  and status in ('PENDING', 'CLAIMED')) then
        return false;
    end if;

    select * into v_run from pgsync.run where id = p_run;
    select * into v_failed from pgsync.task
     where run_id = p_run and schema_name = p_schema and table_name = p_table and status = 'FAILED'
     order by finished_at limit 1;
    v_status := case when v_failed.id is not null then 'failed'
                     when exists (select 1 from pgsync.task
                                   where run_id = p_run and schema_name = p_schema and table_name = p_table
                                     and status = 'CANCELLED') then 'cancelled'
                     else 'done' end;
    v_to := case when v_status = 'done' and v_state.watermark_column is not null
                 then greatest(v_state.watermark, v_run.horizon)
                 else v_state.watermark end;

    insert into pgsync.sync_log (run_id, schema_name, table_name, mode, start_time, end_time, status, rows_upserted,
                                 rows_deleted, rows_unchanged, bytes, watermark_from, watermark_to, error, remedy, guard)
    select p_run, p_schema, p_table, coalesce(v_state.mode, 'unknown'),
           coalesce(min(t.started_at) filter (where t.started_at >= v_run.started_at), v_run.started_at), clock_timestamp(),
           v_status,
           coalesce(sum(t.rows_upserted) filter (where t.started_at >= v_run.started_at), 0),
           coalesce(sum(t.rows_deleted) filter (where t.started_at >= v_run.started_at), 0),
           coalesce(sum(t.rows_unchanged) filter (where t.started_at >= v_run.started_at), 0),
           coalesce(sum(t.bytes) filter (where t.started_at >= v_run.started_at), 0),
           v_state.watermark, v_to, v_failed.last_error, v_failed.remedy, coalesce(v_failed.guard, false)
      from pgsync.task t
     where t.run_id = p_run and t.schema_name = p_schema and t.table_name = p_table;

    update pgsync.table_state
       set current_run  = null,
           watermark    = v_to,
           phase        = case when v_status = 'done' then 'live' else phase end,
           position     = case when v_status = 'done' then null else position end,
           copy_run     = case when v_status = 'done' then null else copy_run end,
           copy_horizon = case when v_status = 'done' then null else copy_horizon end,
           files        = case when v_status = 'done' then files_read else files end,
           last_success = case when v_status = 'done' then clock_timestamp() else last_success end,
           last_error   = v_failed.last_error
     where schema_name = p_schema and table_name = p_table;
    return true;
end
$$;
