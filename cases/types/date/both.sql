create table plain (id int primary key, v date);
create table stamped (id int primary key, v date, updated_at timestamptz not null default '2024-01-01');
create table keyed (k date primary key, n int);
