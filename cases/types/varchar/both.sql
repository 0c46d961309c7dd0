create table plain (id int primary key, v varchar(5));
create table stamped (id int primary key, v varchar(5), updated_at timestamptz not null default '2024-01-01');
create table keyed (k varchar(5) primary key, n int);
