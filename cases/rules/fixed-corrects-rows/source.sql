create table t (id int primary key, region text);
insert into t values (1, 'x'), (2, 'x'), (3, 'x'), (4, null);
