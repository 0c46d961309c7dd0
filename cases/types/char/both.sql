create table plain (id int primary key, v char(5));
create table stamped (id int primary key, v char(5), updated_at timestamptz not null default '2024-01-01');
create table keyed (k char(5) primary key, n int);
