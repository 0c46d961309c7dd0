insert into t values (2, 1, 'b');
