create table t (id int primary key, v text, kind text, updated_at timestamptz default '2024-01-01');
