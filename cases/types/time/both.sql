create table plain (id int primary key, v time);
create table stamped (id int primary key, v time, updated_at timestamptz not null default '2024-01-01');
create table keyed (k time primary key, n int);
