create table plain (id int primary key, v uuid);
create table stamped (id int primary key, v uuid, updated_at timestamptz not null default '2024-01-01');
create table keyed (k uuid primary key, n int);
