insert into t (id, "a b", d, n) select i, ' abc ' || i, '2024-01-01', i from generate_series(1, 10) i;
