create table node (id int primary key, up int references node on delete set null, updated_at timestamptz default '2025-01-01');
create table parent (id int primary key, updated_at timestamptz default '2025-01-01');
create table child (id int primary key, parent int references parent on delete set null, updated_at timestamptz default '2025-01-01');
