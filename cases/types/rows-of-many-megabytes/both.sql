create table t (id int primary key, v text, b bytea, j jsonb, updated_at timestamptz not null default '2024-01-01');
