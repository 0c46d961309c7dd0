create table t (id int primary key, v bit(5));
insert into t values (7, null);
