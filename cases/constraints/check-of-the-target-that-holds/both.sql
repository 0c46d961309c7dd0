create table picky (id int primary key, n int, updated_at timestamptz default '2025-01-01');
