create table t (id int primary key, v date);
insert into t values (1, '2024-07-01'), (2, 'infinity'), (3, '4713-01-01 BC');
