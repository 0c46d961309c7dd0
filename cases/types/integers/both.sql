create table plain (id int primary key, v bigint);
create table stamped (id int primary key, v bigint, updated_at timestamptz not null default '2024-01-01');
create table keyed (k bigint primary key, n int);
