create table parent (id int primary key, updated_at timestamptz default '2025-01-01');
create table child (id int primary key, parent int constraint belongs references parent, kind text default 'a', updated_at timestamptz default '2025-01-01');
