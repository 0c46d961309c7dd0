create table plain (id int primary key, v name);
create table stamped (id int primary key, v name, updated_at timestamptz not null default '2024-01-01');
create table keyed (k name primary key, n int);
