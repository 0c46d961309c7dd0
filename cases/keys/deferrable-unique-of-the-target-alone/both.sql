create table t (id int primary key, u int, updated_at timestamptz default '2025-01-01');
