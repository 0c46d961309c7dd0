create table one (id int primary key, is_default boolean, updated_at timestamptz default '2025-01-01');
create table several (id int primary key, is_default boolean, updated_at timestamptz default '2025-01-01');
insert into one select i, i = 3 from generate_series(1, 8) i;
insert into several select i, i in (3, 5) from generate_series(1, 8) i;
