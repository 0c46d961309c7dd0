-- What many machines need beyond one: who else is there, runs that were asked for and nobody has begun, and indexes for schemas
-- of ten thousand tables.

-- cluster: cluster.name of a node of a cluster, null for a process that works alone. slots: tasks at a time. http: address of its
-- status pages. note: why it does no work, null while it does.
alter table pgsync.node
    add column cluster         text,
    add column slots           int not null default 0,
    add column http            text,
    add column source_identity text,
    add column note            text;

-- cluster: the cluster whose coordinators drive the run and take it over from each other, null for a run of one process.
-- request: what was asked for, JSON. A run that was asked for and that nobody has begun is 'planning' without a coordinator.
-- report: the outcome of a dry run, JSON, since it leaves nothing in sync_log. exit_code, error, remedy: why it ended before its
-- tables were published.
alter table pgsync.run
    alter column coordinator drop not null,
    alter column source_identity drop not null,
    alter column settings_fingerprint drop not null,
    add column cluster        text,
    add column request        text,
    add column dry_run        boolean not null default false,
    add column tables         int,
    add column tasks          int,
    add column rows_estimated bigint,
    add column report         text,
    add column exit_code      int,
    add column error          text,
    add column remedy         text,
    add constraint run_at_work_has_source check (state <> 'running' or source_identity is not null);

create index run_open on pgsync.run (cluster) where state in ('planning', 'running');
create index run_by_time on pgsync.run (started_at);

-- The dearest task that is due is found without reading the others.
create index task_due on pgsync.task (run_id, cost desc, id) where status = 'PENDING';
create index task_claimed on pgsync.task (owner) where status = 'CLAIMED';
create index table_state_held on pgsync.table_state (current_run) where current_run is not null;

-- How often a task was taken from a dead or frozen owner: one that kills whoever runs it must end some time.
alter table pgsync.task add column requeues int not null default 0;

-- The newest line of a table, for whoever lists tables.
create index sync_log_of_table on pgsync.sync_log (schema_name, table_name, id desc);

-- One run at a time may wait for a coordinator to take it up.
create unique index run_one_asked on pgsync.run (cluster) where state = 'planning' and coordinator is null;

-- Whether two identities name one source. A role that may not read the system identifier writes 'unknown' in its place.
create function pgsync.same_source(a text, b text) returns boolean
language sql immutable set search_path = pg_catalog as $$
    select a = b
        or (substr(a, strpos(a, '/')) = substr(b, strpos(b, '/')) and 'unknown' in (split_part(a, '/', 1), split_part(b, '/', 1)))
$$;

-- Whether a node has said within the lease that it lives. Only the clock of this server counts.
create function pgsync.lives(p_node uuid) returns boolean
language sql volatile set search_path = pg_catalog as $$
    select exists (select 1 from pgsync.node where id = p_node and heartbeat > clock_timestamp() - interval '5 seconds')
$$;
