create table t (id int primary key, v float4);
insert into t values (1, 0.1), (2, null);
