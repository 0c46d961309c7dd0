create table plain (id int primary key, v timestamp);
create table stamped (id int primary key, v timestamp, updated_at timestamptz not null default '2024-01-01');
create table keyed (k timestamp primary key, n int);
