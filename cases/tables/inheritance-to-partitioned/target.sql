create table t (id int, v text) partition by range (id); create table t_1 partition of t for values from (minvalue) to (10); create table t_2 partition of t default;
