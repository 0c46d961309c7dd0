create table t (id int, region text, v text, primary key (region, id)); insert into t values (1, 'a', 'x'), (1, 'b', 'y');
