create table item (id int primary key, updated_at timestamptz not null default '2025-01-01', level int default 7);
