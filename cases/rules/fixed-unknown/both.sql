create table t (id int primary key, region text); insert into t values (1, 'x');
