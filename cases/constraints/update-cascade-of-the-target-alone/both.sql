create table parent (id int primary key, code text unique, updated_at timestamptz default '2025-01-01');
create table child (id int primary key, code text, updated_at timestamptz default '2025-01-01');
