insert into t values (1); insert into n values (1);
