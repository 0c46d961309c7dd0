create table strict (id int primary key, n int, updated_at timestamptz default '2025-01-01');
create table other (id int primary key, updated_at timestamptz default '2025-01-01');
