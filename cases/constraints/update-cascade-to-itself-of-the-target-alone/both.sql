create table node (id int primary key, code text unique, up text, updated_at timestamptz default '2025-01-01');
