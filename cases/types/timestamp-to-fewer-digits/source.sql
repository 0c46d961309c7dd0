create table t (id int primary key, v timestamp);
insert into t values (1, '2024-01-01 00:00:00.6'), (2, null);
