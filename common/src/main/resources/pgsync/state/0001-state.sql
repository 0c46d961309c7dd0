-- Asked for first: "if not exists" wants the right to make schemas even where somebody made this one and gave it to us.
do $$
begin
    if not exists (select from pg_catalog.pg_namespace where nspname = 'pgsync') then
        create schema pgsync;
    end if;
end
$$;

create table pgsync.migration (
    version    int primary key,
    applied_at timestamptz not null default now()
);

-- One row a process. A heartbeat older than the lease means dead, frozen or cut off; only the target's clock is asked.
create table pgsync.node (
    id           uuid primary key,
    name         text not null,
    role         text not null,
    version      text not null,
    address      text,
    started_at   timestamptz not null default clock_timestamp(),
    heartbeat    timestamptz not null default clock_timestamp()
);

create table pgsync.run (
    id                   uuid primary key,
    mode                 text not null,
    state                text not null default 'planning',
    requested_by         text not null,
    coordinator          uuid not null,
    started_at           timestamptz not null default clock_timestamp(),
    finished_at          timestamptz,
    cancel_requested     boolean not null default false,
    snapshot             text,
    horizon              timestamptz,
    source_identity      text not null,
    settings_fingerprint text not null,
    constraint run_state_known check (state in ('planning', 'running', 'done', 'failed', 'cancelled')),
    constraint run_finished_has_time check ((state in ('done', 'failed', 'cancelled')) = (finished_at is not null))
);

-- What is known of a target table, kept across runs. A table is held by at most one live run: current_run.
create table pgsync.table_state (
    schema_name      text not null,
    table_name       text not null,
    source_identity  text not null,
    phase            text not null default 'new',
    mode             text,
    watermark        timestamptz,
    watermark_column text,
    position         text,
    copy_run         uuid,
    copy_horizon     timestamptz,
    shape            text,
    current_run      uuid references pgsync.run (id),
    last_success     timestamptz,
    last_verified    timestamptz,
    last_error       text,
    primary key (schema_name, table_name),
    constraint table_state_phase_known check (phase in ('new', 'copying', 'live'))
);

create table pgsync.task (
    id             bigint generated always as identity primary key,
    run_id         uuid not null references pgsync.run (id),
    schema_name    text not null,
    table_name     text not null,
    kind           text not null,
    gate           text not null,
    stage          int not null default 0,
    cost           bigint not null default 0,
    status         text not null default 'PENDING',
    fence          bigint not null default 0,
    owner          uuid,
    attempt        int not null default 0,
    not_before     timestamptz not null default clock_timestamp(),
    position       int not null default 0,
    snapshot       text,
    rows_upserted  bigint not null default 0,
    rows_deleted   bigint not null default 0,
    rows_unchanged bigint not null default 0,
    bytes          bigint not null default 0,
    started_at     timestamptz,
    finished_at    timestamptz,
    last_error     text,
    remedy         text,
    guard          boolean not null default false,
    spec           text not null,
    constraint task_status_known check (status in ('PENDING', 'CLAIMED', 'DONE', 'FAILED', 'CANCELLED')),
    constraint task_claimed_has_owner check (status <> 'CLAIMED' or owner is not null)
);

create index task_open on pgsync.task (run_id, gate, stage) where status in ('PENDING', 'CLAIMED');
create index task_of_table on pgsync.task (run_id, schema_name, table_name);

create table pgsync.sync_log (
    id             bigint generated always as identity primary key,
    run_id         uuid not null,
    schema_name    text not null,
    table_name     text not null,
    mode           text not null,
    start_time     timestamptz not null,
    end_time       timestamptz not null,
    status         text not null,
    rows_upserted  bigint not null default 0,
    rows_deleted   bigint not null default 0,
    rows_unchanged bigint not null default 0,
    bytes          bigint not null default 0,
    watermark_from timestamptz,
    watermark_to   timestamptz,
    error          text,
    remedy         text,
    guard          boolean not null default false,
    constraint sync_log_status_known check (status in ('done', 'failed', 'skipped', 'cancelled')),
    constraint sync_log_once_a_run unique (run_id, schema_name, table_name)
);

create index sync_log_by_time on pgsync.sync_log (start_time);

-- Closes the books of one table in one run when its last task has ended: a line of history, the watermark, the hold.
-- Called inside the transaction that ends a task, so that rows, watermark and history commit together or not at all.
-- Returns true when this call was the one that closed them.
create function pgsync.settle_table(p_run uuid, p_schema text, p_table text) returns boolean
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
           last_success = case when v_status = 'done' then clock_timestamp() else last_success end,
           last_error   = v_failed.last_error
     where schema_name = p_schema and table_name = p_table;
    return true;
end
$$;
