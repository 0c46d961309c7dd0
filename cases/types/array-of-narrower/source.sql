create table t (id int primary key, v numeric(10,4)[]);
insert into t values (1, '{1.2345}'), (2, null);
