create table plain (id int primary key, v timestamptz);
create table stamped (id int primary key, v timestamptz, updated_at timestamptz not null default '2024-01-01');
create table keyed (k timestamptz primary key, n int);
