create table t (id int primary key, a int, b int generated always as (a * 3) stored); create table left_out (id int primary key, a int, b int generated always as (a * 3) stored);
