insert into t values (1, 'a'), (2, 'b'), (null, 'c'), (null, 'c'); insert into n values (1, 'a'), (null, 'b');
