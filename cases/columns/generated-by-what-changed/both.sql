create table t (id int primary key, d date, y int generated always as (extract(year from d)) stored);
create table left_out (id int primary key, d date, y int generated always as (extract(year from d)) stored);
