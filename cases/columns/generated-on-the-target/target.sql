create table t (id int primary key, a int, twice int generated always as (a * 2) stored); create table left_out (id int primary key, a int, twice int generated always as (a * 2) stored);
