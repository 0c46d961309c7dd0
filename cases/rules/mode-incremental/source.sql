insert into t (id, v, kind) select i, 'v', (array['a', 'b'])[i % 2 + 1] from generate_series(1, 40) i;
