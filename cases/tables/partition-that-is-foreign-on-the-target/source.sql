create table t_high partition of t for values from (10) to (20);
insert into t values (1, 'a'), (2, 'b'), (11, 'c'), (12, 'd'), (12, 'd');
