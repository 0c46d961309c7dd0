insert into t select i, 'v', (array['a', 'b'])[i % 2 + 1] from generate_series(1, 20) i;
