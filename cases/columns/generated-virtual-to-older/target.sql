create table stored (id int primary key, a int, twice int generated always as (a * 2) stored);
create table plain (id int primary key, a int, twice int);
create table otherwise (id int primary key, a int, twice int generated always as (a * 3) stored);
