create table item (id int primary key, pos int, updated_at timestamptz default '2025-01-01');
create table compared (id int primary key, pos int);
insert into item select i, i from generate_series(1, 8) i;
insert into compared select i, i from generate_series(1, 8) i;
