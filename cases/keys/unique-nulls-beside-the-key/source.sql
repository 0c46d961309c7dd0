insert into t values (1, null, 'a'), (2, 2, 'b'), (3, 3, 'c');
