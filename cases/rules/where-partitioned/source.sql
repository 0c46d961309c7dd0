insert into t select i, (array['a', 'b'])[i % 2 + 1], 'v' from generate_series(1, 40) i;
