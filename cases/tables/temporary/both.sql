create table t (id int primary key); create temp table t2 (id int); insert into t2 values (1);
