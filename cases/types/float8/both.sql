create table plain (id int primary key, v float8);
create table stamped (id int primary key, v float8, updated_at timestamptz not null default '2024-01-01');
create table keyed (k float8 primary key, n int);
