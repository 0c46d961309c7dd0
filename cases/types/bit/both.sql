create table plain (id int primary key, v bit(9));
create table stamped (id int primary key, v bit(9), updated_at timestamptz not null default '2024-01-01');
create table keyed (k bit(9) primary key, n int);
