create table t (id int primary key, v uuid);
insert into t values (1, md5('x')::uuid), (2, null);
