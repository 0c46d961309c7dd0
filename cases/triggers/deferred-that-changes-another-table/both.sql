create table parent (id int primary key, children int not null default 0, updated_at timestamptz default '2025-01-01');
create table child (id int primary key, parent int, updated_at timestamptz default '2025-01-01');
insert into parent select i, 1 from generate_series(1, 8) i;
insert into child select i, i from generate_series(1, 8) i;
