create table t (id int primary key, v numeric(10,2)[]);
insert into t values (7, null);
