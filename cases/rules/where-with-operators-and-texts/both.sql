create table t (id int primary key, v text, tags jsonb not null, updated_at timestamptz not null default '2024-01-01');
