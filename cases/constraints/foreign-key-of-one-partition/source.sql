insert into parent values (1); insert into t values (1, 1), (2, null), (11, 7);
