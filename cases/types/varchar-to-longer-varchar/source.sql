create table t (id int primary key, v varchar(3));
insert into t values (1, 'abc'), (2, ''), (3, 'x  ');
