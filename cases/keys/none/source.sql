insert into t values (1, 'x'), (1, 'x'), (1, 'x'), (null, null), (null, null), (2, null); insert into s values (1, '2024-01-01'), (1, '2024-01-01'), (2, null);
