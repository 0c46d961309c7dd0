create table t (id int primary key, v text, updated_at timestamptz default '2025-01-01');
create table tally (id int primary key, n int, updated_at timestamptz default '2025-01-01');
