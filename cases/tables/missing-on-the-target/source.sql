create table t (id int primary key); create table gone (id int); insert into t values (1);
