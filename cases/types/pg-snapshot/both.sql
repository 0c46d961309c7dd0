create table plain (id int primary key, v pg_snapshot);
create table stamped (id int primary key, v pg_snapshot, updated_at timestamptz not null default '2024-01-01');
