create table t (id int primary key, v timestamp(0));
insert into t values (7, null);
