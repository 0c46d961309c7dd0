insert into t values (1, '{a}');
insert into other values (1);
