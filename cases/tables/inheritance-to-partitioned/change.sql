insert into t values (21, 'more');
insert into t_1 values (2, 'w');
