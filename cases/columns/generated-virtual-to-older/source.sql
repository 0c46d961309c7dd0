create table stored (id int primary key, a int, twice int generated always as (a * 2) virtual); insert into stored (id, a) select i, i from generate_series(1, 20) i;
create table plain (id int primary key, a int, twice int generated always as (a * 2)); insert into plain (id, a) select i, i from generate_series(1, 20) i;
create table otherwise (id int primary key, a int, twice int generated always as (a * 2)); insert into otherwise (id, a) values (1, 1);
