create table item (id int primary key, v text, updated_at timestamptz default '2025-01-01');
