create table t (id int primary key) partition by range (id); create table t_1 partition of t for values from (1) to (11); create table t_2 partition of t for values from (11) to (100);
