-- What the target itself sees of every write, in a schema that is not synchronized. Shares no code with the product: which task a
-- transaction works for is read from the row lock that it holds.
create schema audit;

-- One row a change of a task's status, fence or owner.
create table audit.step (
    number     bigint generated always as identity primary key,
    at         timestamptz not null default clock_timestamp(),
    tx         bigint not null default txid_current(),
    said_by    text not null default current_setting('application_name'),
    task       bigint not null,
    old_status text not null,
    status     text not null,
    old_fence  bigint not null,
    fence      bigint not null,
    old_owner  uuid,
    owner      uuid
);
create index on audit.step (task);

-- One row a statement that changed an audited table. Without a task: nothing held its fence.
create table audit.write (
    number  bigint generated always as identity primary key,
    at      timestamptz not null default clock_timestamp(),
    tx      bigint not null default txid_current(),
    said_by text not null default current_setting('application_name'),
    tab     text not null,
    op      text not null,
    changed bigint not null,
    task    bigint,
    fence   bigint,
    owner   uuid
);

-- What must never be. Written by transactions that committed, so each is damage that was done.
create table audit.finding (
    number  bigint generated always as identity primary key,
    at      timestamptz not null default clock_timestamp(),
    said_by text not null default current_setting('application_name'),
    kind    text not null,
    detail  text not null
);

-- Keys that were deleted here. The source never uses a key again.
create table audit.gone (
    tab text not null,
    id  bigint not null,
    primary key (tab, id)
);

-- A node that the test killed or froze, with what it had in work at that moment.
create table audit.death (
    at    timestamptz not null,
    how   text not null,
    node  uuid not null,
    task  bigint not null,
    fence bigint not null
);

create table audit.kill (at timestamptz not null);

-- How long a writing transaction is held open, so that faults meet it.
create table audit.slowness (seconds float8 not null);
insert into audit.slowness values (0);

create function audit.step() returns trigger language plpgsql as $$
begin
    insert into audit.step (task, old_status, status, old_fence, fence, old_owner, owner)
    values (new.id, old.status, new.status, old.fence, new.fence, old.owner, new.owner);
    if new.fence < old.fence then
        insert into audit.finding (kind, detail) values ('a fence went back', new.id || ': ' || old.fence || ' to ' || new.fence);
    end if;
    if new.status = 'DONE' and 'pgsync ' || old.owner is distinct from current_setting('application_name') then
        insert into audit.finding (kind, detail) values ('a task was ended by somebody else than its owner', new.id || ' of ' || coalesce(old.owner::text, 'nobody'));
    end if;
    return null;
end
$$;

create function audit.found(p_kind text, p_table text, p_ids bigint[]) returns void language sql as $$
    insert into audit.finding (kind, detail)
    select p_kind, p_table || ': ' || cardinality(p_ids) || ' rows such as ' || p_ids[1] where cardinality(p_ids) > 0
$$;

-- The row of the task that this transaction has locked FOR SHARE, or has changed after it did.
create function audit.remember(p_table text, p_op text, p_changed bigint) returns void language plpgsql as $$
declare
    v_tx   text := (txid_current() % 4294967296)::text;
    v_task pgsync.task%rowtype;
begin
    select * into v_task from pgsync.task where status = 'CLAIMED' and v_tx in (xmax::text, xmin::text) limit 1;
    insert into audit.write (tab, op, changed, task, fence, owner) values (p_table, p_op, p_changed, v_task.id, v_task.fence, v_task.owner);
    if p_changed > 0 and v_task.id is null then
        insert into audit.finding (kind, detail) values ('a write without a fence', p_op || ' ' || p_table);
    elsif p_changed > 0 and 'pgsync ' || v_task.owner <> current_setting('application_name') then
        insert into audit.finding (kind, detail) values ('a write on a task of somebody else', p_op || ' ' || p_table);
    end if;
    perform pg_sleep(seconds) from audit.slowness where seconds > 0 and p_changed > 0;
end
$$;

create function audit.inserted() returns trigger language plpgsql as $$
begin
    perform audit.found('a deleted row came back', tg_table_name,
                        (select array_agg(n.id) from new_rows n join audit.gone g on g.tab = tg_table_name and g.id = n.id));
    perform audit.remember(tg_table_name, tg_op, (select count(*) from new_rows));
    return null;
end
$$;

create function audit.updated() returns trigger language plpgsql as $$
begin
    perform audit.found('a version went back', tg_table_name,
                        (select array_agg(n.id) from new_rows n join old_rows o using (id) where n.version < o.version));
    perform audit.remember(tg_table_name, tg_op, (select count(*) from new_rows));
    return null;
end
$$;

create function audit.deleted() returns trigger language plpgsql as $$
begin
    insert into audit.gone select tg_table_name, o.id from old_rows o on conflict do nothing;
    perform audit.remember(tg_table_name, tg_op, (select count(*) from old_rows));
    return null;
end
$$;

-- Deferred: asked at the very end of the transaction that wrote.
create function audit.at_commit() returns trigger language plpgsql as $$
begin
    if new.task is not null and not exists (select 1 from pgsync.task t where t.id = new.task and t.fence = new.fence) then
        insert into audit.finding (kind, detail) values ('a fence moved before the commit', 'task ' || new.task || ', ' || new.tab);
    end if;
    return null;
end
$$;

create constraint trigger at_commit after insert on audit.write deferrable initially deferred
    for each row execute procedure audit.at_commit();
alter table audit.write enable always trigger at_commit;

create trigger audit_step after update on pgsync.task for each row
    when (old.status <> new.status or old.fence <> new.fence or old.owner is distinct from new.owner
          or new.status = 'DONE' and old.finished_at is distinct from new.finished_at) execute procedure audit.step();
alter table pgsync.task enable always trigger audit_step;

create function audit.watch(p_table text) returns void language plpgsql as $$
begin
    execute format('create trigger audit_i after insert on %I referencing new table as new_rows
                    for each statement execute procedure audit.inserted()', p_table);
    execute format('create trigger audit_u after update on %I referencing new table as new_rows old table as old_rows
                    for each statement execute procedure audit.updated()', p_table);
    execute format('create trigger audit_d after delete on %I referencing old table as old_rows
                    for each statement execute procedure audit.deleted()', p_table);
    execute format('alter table %I enable always trigger audit_i, enable always trigger audit_u, enable always trigger audit_d', p_table);
end
$$;

-- Tasks whose DONE was committed more than once.
create view audit.doubled as
select task, count(*) as times from audit.step where status = 'DONE' group by task having count(*) > 1;

-- For each task that a dead or frozen node had: how long until it was taken away from it, and until somebody else had it.
-- Cancelled counts as both: its run was closed. Who was only frozen may be the next one to take it.
create view audit.requeue as
select d.at, d.how, d.node, d.task,
       min(s.at) filter (where s.fence > d.fence) - d.at as taken_away_after,
       min(s.at) filter (where s.fence > d.fence and (s.status = 'CANCELLED' or s.status = 'CLAIMED' and (s.owner <> d.node or d.how = 'frozen'))) - d.at as claimed_after,
       bool_or(s.status = 'DONE' and s.fence = d.fence) as was_done_after_all
  from audit.death d left join audit.step s on s.task = d.task and s.at > d.at
 group by d.at, d.how, d.node, d.task;

-- Those that say how soon others take over: nobody else was killed meanwhile.
create view audit.measured as
select * from audit.requeue r
 where r.how = 'killed' and not exists (select 1 from audit.kill k where k.at > r.at and k.at < r.at + r.claimed_after);
