create table item (id int primary key, code text, updated_at timestamptz not null default '2025-01-01');
