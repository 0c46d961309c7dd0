create table t (id int primary key, v bigint);
insert into t values (1, 9223372036854775807), (2, null);
