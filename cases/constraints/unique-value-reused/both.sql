create table u (id int primary key, name text unique, updated_at timestamptz default '2025-01-01');
