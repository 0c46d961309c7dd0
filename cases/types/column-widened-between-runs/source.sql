insert into t select i, 'v', i from generate_series(1, 50) i;
