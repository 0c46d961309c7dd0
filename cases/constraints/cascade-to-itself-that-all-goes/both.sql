create table node (id int primary key, up int, updated_at timestamptz default '2025-01-01');
