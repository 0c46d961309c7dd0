insert into t values (row(null, null), 1, 'nulls'), (row(1, null), 2, 'one'), (row(null, ''), 3, 'empty'), (row(2, 'x'), 4, 'both');
