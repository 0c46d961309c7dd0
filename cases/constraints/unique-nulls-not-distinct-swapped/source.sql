insert into t values (1, null, 'x'), (2, 'a', 'x'), (3, null, null), (4, 'b', null);
