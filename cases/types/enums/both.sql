create type mood as enum ('it''s', 'say "hi"', 'a,b', '{}', ' ', 'NULL', 'null', '\', '(', 'ünïcödé', '');
create table t (id int primary key, m mood, list mood[]);
create table keyed (k mood primary key, v int);
create table stamped (k mood, n int, v int, updated_at timestamptz not null default '2024-01-01', primary key (k, n));
