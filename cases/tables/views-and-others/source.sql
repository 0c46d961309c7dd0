insert into t values (1); insert into member values (1); select setval('s', 100);
