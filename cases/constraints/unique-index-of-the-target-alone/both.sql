create table u (id int primary key, name text, updated_at timestamptz default '2025-01-01');
create table other (id int primary key, updated_at timestamptz default '2025-01-01');
