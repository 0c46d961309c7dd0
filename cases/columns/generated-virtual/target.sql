create table one (id int primary key, a int, twice int generated always as (a * 2) stored); create table two (id int primary key, a int, twice int generated always as (a * 2) virtual);
