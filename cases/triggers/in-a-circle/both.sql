create table a (id int primary key, b int, pos int, updated_at timestamptz default '2025-01-01');
create table b (id int primary key, a int references a, pos int, updated_at timestamptz default '2025-01-01');
alter table a add foreign key (b) references b;
insert into a select i, null, i from generate_series(1, 8) i;
insert into b select i, i, i from generate_series(1, 8) i;
update a set b = id;
