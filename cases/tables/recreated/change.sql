drop table t; create table t (v text, id int primary key); insert into t select 'v', i from generate_series(1, 20) i; update t set v = 'w' where id = 1;
