create table t (id int primary key, v interval);
insert into t values (1, '1.6 s'), (2, null);
