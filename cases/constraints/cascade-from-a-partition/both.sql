create table parent (id int primary key, updated_at timestamptz default '2025-01-01') partition by range (id);
create table low partition of parent for values from (0) to (5);
create table high partition of parent for values from (5) to (100);
create table child (id int primary key, parent int, updated_at timestamptz default '2025-01-01');
