create table t (id int primary key, v float8);
insert into t values (7, null);
