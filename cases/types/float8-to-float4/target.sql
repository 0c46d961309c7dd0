create table t (id int primary key, v float4);
insert into t values (7, null);
