insert into t values (12, 8);
