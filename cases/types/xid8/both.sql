create table plain (id int primary key, v xid8);
create table stamped (id int primary key, v xid8, updated_at timestamptz not null default '2024-01-01');
create table keyed (k xid8 primary key, n int);
