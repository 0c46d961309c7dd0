create table t (id int primary key, u int, v text, unique nulls not distinct (u)); insert into t values (1, null, 'a'), (2, 2, 'b'), (3, 3, 'c');
create table n (a int, v text, unique nulls not distinct (a)); insert into n values (1, 'a'), (null, 'b'), (2, 'c');
