create table t (id int, v text); create table t_1 (check (id < 10)) inherits (t); insert into t_1 values (1, 'v'); insert into t values (20, 'root');
