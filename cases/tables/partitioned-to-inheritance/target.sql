create table t (id int primary key, v text); create table t_1 (check (id < 10)) inherits (t); insert into t_1 values (5, 'mine');
