create table plain (id int primary key, v varbit);
create table stamped (id int primary key, v varbit, updated_at timestamptz not null default '2024-01-01');
create table keyed (k varbit primary key, n int);
