create table t (id int primary key, twice int generated always as (id * 2) stored); create table u (id int primary key, n int generated always as identity);
