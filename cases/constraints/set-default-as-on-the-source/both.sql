create table parent (id int primary key, updated_at timestamptz default '2025-01-01');
create table child (id int primary key, parent int default 1 references parent on delete set default, updated_at timestamptz default '2025-01-01');
