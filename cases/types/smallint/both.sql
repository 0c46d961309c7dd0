create table plain (id int primary key, v smallint);
create table stamped (id int primary key, v smallint, updated_at timestamptz not null default '2024-01-01');
create table keyed (k smallint primary key, n int);
