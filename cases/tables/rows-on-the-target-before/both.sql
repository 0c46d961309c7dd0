create table t (id int primary key, v text); create table n (a int); insert into t select i, 'v' from generate_series(1, 20) i; insert into n values (1), (2);
