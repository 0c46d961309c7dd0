create table t (id int primary key, v text, kind text, changed timestamptz not null default '2024-01-01', updated_at timestamptz not null default '2024-01-01');
