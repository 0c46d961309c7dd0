insert into t (id, at, v) select i, '2024-01-01', 'v' from generate_series(1, 20) i;
