create table node (id int primary key, up int references node, updated_at timestamptz default '2025-01-01');
