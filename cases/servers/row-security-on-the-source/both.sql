create table part (id int primary key, updated_at timestamptz default '2025-01-01');
