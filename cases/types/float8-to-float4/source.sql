create table t (id int primary key, v float8);
insert into t values (1, 0.1), (2, null);
