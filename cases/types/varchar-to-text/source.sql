create table t (id int primary key, v varchar(10));
insert into t values (1, 'abc'), (2, ''), (3, 'x   '), (4, 'NULL');
