create table t (id int primary key, v bit(3));
insert into t values (1, B'101'), (2, null);
