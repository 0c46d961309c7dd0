create table t (id int primary key, v int);
insert into t values (1, 2147483647), (2, -2147483648), (3, 0);
