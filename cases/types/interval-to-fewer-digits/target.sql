create table t (id int primary key, v interval(0));
insert into t values (7, null);
