insert into t values (2); insert into member values (2);
