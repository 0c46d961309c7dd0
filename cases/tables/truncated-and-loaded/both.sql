create table t (id int primary key, v text, updated_at timestamptz not null);
