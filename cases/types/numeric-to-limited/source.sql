create table t (id int primary key, v numeric);
insert into t values (1, 1.2345), (2, null);
