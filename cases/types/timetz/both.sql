create table plain (id int primary key, v timetz);
create table stamped (id int primary key, v timetz, updated_at timestamptz not null default '2024-01-01');
create table keyed (k timetz primary key, n int);
