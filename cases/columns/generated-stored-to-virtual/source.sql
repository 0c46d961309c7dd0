create table t (id int primary key, a int, twice int generated always as (a * 2) stored); insert into t (id, a) select i, i from generate_series(1, 20) i;
create table otherwise (id int primary key, a int, twice int generated always as (a * 2) stored); insert into otherwise (id, a) values (1, 1);
