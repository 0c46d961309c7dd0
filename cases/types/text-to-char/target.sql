create table t (id int primary key, v char(5));
insert into t values (7, null);
