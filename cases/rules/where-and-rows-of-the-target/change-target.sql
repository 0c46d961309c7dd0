insert into t values (100, 'x', 'a'), (101, 'y', 'b');
