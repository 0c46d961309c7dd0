create table u (id int primary key, n int unique deferrable, updated_at timestamptz default '2025-01-01');
