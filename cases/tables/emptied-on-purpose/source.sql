insert into t values (1), (2); insert into n values (1);
