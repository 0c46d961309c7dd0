insert into t values (1, 'v', 'a'), (2, 'v', 'a'), (3, 'v', 'a'), (4, 'v', 'a'), (5, 'v', 'a');
