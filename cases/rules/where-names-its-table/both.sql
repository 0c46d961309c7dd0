create table t (id int primary key, kind text, updated_at timestamptz default now());
