create table plain (id int primary key, v "char");
create table stamped (id int primary key, v "char", updated_at timestamptz not null default '2024-01-01');
create table keyed (k "char" primary key, n int);
